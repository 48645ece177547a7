// `@profile`: what a call costs is recorded however it ends, and told to a client that asks.
import { runInNewContext } from "node:vm";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { textResult, type CallResult, type Next, type PolicyCall } from "../../../templates/runtime/call/tool-call.js";
import { createContextCall } from "../../../templates/runtime/context/call.js";
import type { Metrics } from "../../../templates/runtime/contracts/index.js";
import { countServer } from "../../../templates/runtime/lifecycle/resources.js";
import {
  addBackground,
  addCall,
  enterCall,
  leaveCall,
  removeCall,
} from "../../../templates/runtime/lifecycle/running.js";
import { exposeMetrics } from "../../../templates/runtime/metrics/exposition.js";
import { measureHeap } from "../../../templates/runtime/metrics/heap.js";
import { forwardMetrics } from "../../../templates/runtime/metrics/registry.js";
import { cache } from "../../../templates/runtime/policies/cache.js";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import type { Policy } from "../../../templates/runtime/policies/policy.js";
import { profile } from "../../../templates/runtime/policies/profile.js";
import { callWith, done, tool } from "./calls.js";

interface Observation {
  readonly name: string;
  readonly value: number;
  readonly labels: unknown;
}

const heap = vi.hoisted(() => ({ bytes: 1_000 }));
vi.mock("node:v8", () => ({ getHeapStatistics: () => ({ used_heap_size: heap.bytes }) }));

let seen: Observation[] = [];
const sink: Metrics = {
  increment: () => undefined,
  gauge: () => undefined,
  record: (name, value, labels) => void seen.push({ name, value, labels }),
};
const forget = forwardMetrics(sink);
afterAll(forget);

afterEach(() => {
  seen = [];
  heap.bytes = 1_000;
  vi.useRealTimers();
});

const compose = (inner: Next, ...policies: readonly Policy[]) => composePolicies<PolicyCall>({ policies, tool, inner });
const deltas = () => seen.filter(({ name }) => name === "mcp_tool_heap_delta_bytes");
const delta = (value: number, exclusive: boolean) => ({
  name: "mcp_tool_heap_delta_bytes",
  value,
  labels: { exclusive: String(exclusive), tool: "lookup" },
});

function allocating(bytes: number): Next {
  return () => {
    heap.bytes += bytes;
    return Promise.resolve(done);
  };
}

const asking = () => callWith({ environment: { meta: { "mcpgen/profile": true } } });

/** A call that goes on until it is told to end. */
function held(): { readonly run: Next; end(): void } {
  let end = (): void => undefined;
  const ended = new Promise<CallResult>((resolve) => (end = () => resolve(done)));
  return { run: () => ended, end: () => end() };
}

test("what the heap has grown by is recorded, the result is as it was", async () => {
  expect(await compose(allocating(500), profile())(callWith())).toBe(done);
  expect(deltas()).toEqual([delta(500, true)]);
  expect(seen.map(({ name }) => name)).toEqual([
    "mcp_tool_heap_delta_bytes",
    "mcp_tool_heap_peak_bytes",
    "mcp_tool_profiled_seconds",
  ]);
});

test("a delta below zero has a bucket of its own size", async () => {
  await compose(allocating(-20_000), profile({ what: "memory" }))(callWith());
  expect(deltas()).toEqual([delta(-20_000, true)]);
  const lines = (await exposeMetrics()).split("\n");
  const labels = 'exclusive="true",tool="lookup"';
  expect(lines).toContain(`mcp_tool_heap_delta_bytes_bucket{${labels},le="-16000"} 1`);
  expect(lines).toContain(`mcp_tool_heap_delta_bytes_bucket{${labels},le="-64000"} 0`);
});

test("a call that throws is recorded, and throws", async () => {
  const failing: Next = () => {
    heap.bytes += 7;
    return Promise.reject(new Error("no"));
  };
  await expect(compose(failing, profile({ what: "memory" }))(asking())).rejects.toThrow("no");
  expect(deltas()).toEqual([delta(7, true)]);
});

test("one thing alone is measured where the tag says so", async () => {
  await compose(allocating(1), profile({ what: "time" }))(callWith());
  expect(seen.map(({ name }) => name)).toEqual(["mcp_tool_profiled_seconds"]);
});

test("calls that overlap are not exclusive, neither of them", async () => {
  const [first, second] = [held(), held()];
  const both = [first, second].map(({ run }) => compose(run, profile({ what: "memory" }))(callWith()));
  first.end();
  second.end();
  await Promise.all(both);
  await compose(allocating(3), profile({ what: "memory" }))(callWith());
  expect(deltas()).toEqual([delta(0, false), delta(0, false), delta(3, true)]);
});

const own = { tool: "lookup", abort: () => undefined };
const other = { tool: "other", abort: () => undefined };

test.each([
  ["began and ended meanwhile", [], [() => addCall(other), () => removeCall(other)]],
  ["returned at once", [], [() => enterCall("other"), leaveCall]],
  ["was there before", [() => addCall(own), () => addCall(other)], [() => removeCall(other)]],
])("a call of a tool without the tag that %s counts", async (_, before, meanwhile) => {
  for (const step of before) step();
  const ours = held();
  const running = compose(ours.run, profile({ what: "memory" }))(callWith());
  for (const step of meanwhile) step();
  ours.end();
  await running;
  removeCall(own);
  expect(deltas()).toEqual([delta(0, false)]);
});

test("what goes on after a call has left it behind counts", async () => {
  const left = held();
  addBackground(left.run(callWith()));
  addCall(own);
  await compose(allocating(1), profile({ what: "memory" }))(callWith());
  removeCall(own);
  left.end();
  expect(deltas()).toEqual([delta(1, false)]);
});

test("a client that asks is told in the result, beside what stands there", async () => {
  const run = compose(() => Promise.resolve({ ...done, _meta: { own: 1 } }), profile());
  expect(await run(callWith())).not.toHaveProperty("_meta.mcpgen/profile");
  expect(await run(asking())).toEqual({
    ...done,
    _meta: {
      own: 1,
      "mcpgen/profile": { exclusive: true, milliseconds: expect.any(Number), heapDeltaBytes: 0, heapPeakBytes: 0 },
    },
  });
});

test("the numbers go all the way from a request's `_meta` to its answer's", async () => {
  const definition = { name: "lookup", input: z.strictObject({}), result: "text", policies: [profile()] } as const;
  const call = createContextCall({
    tool: { ...definition, call: () => "sunny" },
    surface: { inputSchema: tool.inputSchema },
    server: "shop",
  });
  const { signal } = new AbortController();
  const ask = (meta: Readonly<Record<string, unknown>>) => call({}, { signal, meta });
  expect(await ask({ "mcpgen/profile": true })).toMatchObject({
    kind: "result",
    result: { content: [{ text: "sunny" }], _meta: { "mcpgen/profile": { exclusive: true, heapDeltaBytes: 0 } } },
  });
  expect(await ask({ "mcpgen/profile": "yes" })).toEqual({ kind: "result", result: textResult("sunny") });
});

test("a result that is kept holds no numbers of the call that computed it", async () => {
  const run = compose(allocating(1), cache({ ttl: "1h" }), profile());
  expect(await run(asking())).toHaveProperty(["_meta", "mcpgen/profile", "heapDeltaBytes"], 1);
  expect(await run(asking())).toEqual(done);
});

test("the peak is what was seen every 50 ms", () => {
  vi.useFakeTimers();
  const end = measureHeap({ watch: true });
  heap.bytes = 5_000;
  vi.advanceTimersByTime(50);
  heap.bytes = 1_500;
  expect(end()).toEqual({ delta: 500, peak: 4_000 });
  expect(vi.getTimerCount()).toBe(0);
});

test("a sink that fails fails no call", async () => {
  const undo = forwardMetrics({
    ...sink,
    record: () => {
      throw new Error("full");
    },
  });
  expect(await compose(allocating(1), profile())(callWith())).toBe(done);
  undo();
});

test("the pauses of the garbage collector are measured while a server with the tag serves", async () => {
  // What the tests above have asked for begins, and ends, with this server.
  await countServer()();
  const close = countServer();
  compose(allocating(1), profile());
  const { setFlagsFromString } = await vi.importActual<typeof import("node:v8")>("node:v8");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  await vi.waitFor(async () =>
    expect(await exposeMetrics()).toContain('nodejs_gc_duration_seconds_count{kind="major"}'),
  );
  await close();
  await new Promise((resolve) => setImmediate(resolve));
  seen = [];
  collect();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(seen).toEqual([]);
});

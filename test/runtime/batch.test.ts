// `defineBatch`: several items in one call. Order, bounds, deadline, cancellation, and what one item's failure does.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { createContextCall } from "../../templates/runtime/context/call.js";
import { retry } from "../../templates/runtime/policies/retry.js";
import type { PolicyCall } from "../../templates/runtime/call/tool-call.js";
import type { Policy } from "../../templates/runtime/policies/policy.js";
import { timeout } from "../../templates/runtime/policies/timeout.js";
import { defineBatch } from "../../templates/runtime/tools/batch.js";
import type { Contracts } from "../../templates/runtime/call/tool-call.js";
import { outcomeOf } from "./policies/calls.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const item = z.strictObject({ name: z.string(), takes: z.number().optional() });
type Item = z.output<typeof item>;

interface Options {
  readonly concurrency?: number;
  readonly policies?: readonly Policy[];
  readonly coalesces?: true;
}

function serve(work: (item: Item, given: Contracts) => unknown, { concurrency = 8, ...options }: Options = {}) {
  const output = z.string().optional();
  const definition = { name: "runAll", item, max: 100, output, result: "text", call: work } as const;
  const properties = { name: { type: "string" }, takes: { type: "number", default: 1 } };
  const items = { type: "array", items: { type: "object", properties } };
  const inputSchema = { type: "object", properties: { items }, $defs: { part: {} } };
  const tool = defineBatch({ ...definition, ...options, concurrency });
  const surface = { name: "runAll", inputSchema, outputSchema: {} };
  const call = createContextCall({ tool, surface, server: "shop" });
  return (list: readonly Item[], environment: Partial<Parameters<typeof call>[1]> = {}) =>
    outcomeOf(Promise.resolve(call({ items: list }, { signal: new AbortController().signal, ...environment })));
}

/** Takes as long as the item says, counts how many are under way, and notes who was begun. */
function worker() {
  const state = { inside: 0, most: 0, begun: [] as string[] };
  const work = async ({ name, takes = 0 }: Item): Promise<string> => {
    state.begun.push(name);
    state.inside += 1;
    state.most = Math.max(state.most, state.inside);
    await new Promise((resolve) => setTimeout(resolve, takes));
    state.inside -= 1;
    if (name.startsWith("bad")) throw Object.assign(new Error(`No ${name}.`), { status: 404 });
    return name.toUpperCase();
  };
  return { state, work };
}

const resultOf = (outcome: ReturnType<typeof outcomeOf>) =>
  (outcome()?.value as { readonly result?: object } | undefined)?.result;
const named = (...names: readonly string[]): readonly Item[] => names.map((name) => ({ name, takes: 10 }));
const succeed = (index: number, value: string) => ({ index, ok: true, value });
const fail = (index: number, code: string, retryable: boolean) => ({ index, ok: false, error: { code, retryable } });

test("results stand in the order of the items, whenever each of them is done", async () => {
  const { work } = worker();
  const list = Array.from({ length: 50 }, (_, index) => ({ name: `n${index}`, takes: (index * 37) % 101 }));
  const outcome = serve(work)(list);
  await vi.runAllTimersAsync();
  expect(resultOf(outcome)).toMatchObject({
    structuredContent: { results: list.map(({ name }, index) => succeed(index, name.toUpperCase())), succeeded: 50 },
  });
});

test("so many at once, begun in their order", async () => {
  const { state, work } = worker();
  const list = Array.from({ length: 30 }, (_, index) => ({ name: `n${index}`, takes: 1 + ((index * 13) % 7) }));
  serve(work, { concurrency: 3 })(list);
  await vi.runAllTimersAsync();
  expect(state.begun).toEqual(list.map(({ name }) => name));
  expect(state).toMatchObject({ inside: 0, most: 3 });
});

test("an item's failure is that item's; only where all fail the call does", async () => {
  const run = serve(worker().work);
  const [some, all] = [run(named("a", "bad", "c")), run(named("bad", "bad"))];
  await vi.runAllTimersAsync();
  const error = { code: "notFound", message: "No bad.", retryable: false };
  const value = {
    results: [succeed(0, "A"), { index: 1, ok: false, error }, succeed(2, "C")],
    succeeded: 2,
    failed: 1,
  };
  expect(resultOf(some)).toEqual({
    content: [{ type: "text", text: JSON.stringify(value) }],
    structuredContent: value,
  });
  expect(resultOf(all)).toMatchObject({ isError: true, structuredContent: { succeeded: 0, failed: 2 } });
});

test("what went wrong within the server is told to nobody", async () => {
  const outcome = serve(({ name }) => {
    if (name === "type") return 5;
    throw name === "down" ? Object.assign(new Error("pg at 10.0.0.1"), { code: "ECONNREFUSED" }) : new Error("secret");
  })(named("bug", "down", "type"));
  await vi.runAllTimersAsync();
  expect(JSON.stringify(resultOf(outcome))).not.toMatch(/secret|10\.0/);
  expect(resultOf(outcome)).toMatchObject({
    structuredContent: { results: [fail(0, "bug", false), fail(1, "unavailable", true), fail(2, "bug", false)] },
  });
});

test("nothing is null in a list of results", async () => {
  const outcome = serve(() => undefined)(named("a"));
  await vi.runAllTimersAsync();
  expect(resultOf(outcome)).toMatchObject({ structuredContent: { results: [{ index: 0, ok: true, value: null }] } });
});

test("one deadline is for all items: what is not done by then is late, what is not begun never is", async () => {
  const { state, work } = worker();
  const list = [50, 120, 500, 10].map((takes, index) => ({ name: `n${index}`, takes }));
  const outcome = serve(work, { concurrency: 1, policies: [timeout({ total: "200ms" })] })(list);
  await vi.advanceTimersByTimeAsync(199);
  expect(outcome()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(2);
  expect(resultOf(outcome)).toMatchObject({
    structuredContent: {
      results: [succeed(0, "N0"), succeed(1, "N1"), fail(2, "deadline", true), fail(3, "deadline", true)],
      failed: 2,
    },
  });
  expect(state.begun).toEqual(["n0", "n1", "n2"]);
  expect(JSON.stringify(resultOf(outcome))).toContain("The time of the call was up before this item was begun.");
});

test("a cancelled call begins no more items, and gets no answer", async () => {
  const { state, work } = worker();
  const controller = new AbortController();
  const outcome = serve(work, { concurrency: 2 })(named("a", "b", "c", "d"), { signal: controller.signal });
  await vi.advanceTimersByTimeAsync(5);
  controller.abort();
  await vi.runAllTimersAsync();
  expect(state.begun).toEqual(["a", "b"]);
  expect(outcome()?.value).toEqual({ kind: "cancelled" });
});

test("items that are the same are one call, where the function changes nothing", async () => {
  const [shared, apart] = [worker(), worker()];
  const list = named("a", "bad", "a", "bad");
  const outcome = serve(shared.work, { coalesces: true })(list);
  serve(apart.work)(list);
  await vi.runAllTimersAsync();
  expect(shared.state.begun).toEqual(["a", "bad"]);
  expect(apart.state.begun).toEqual(["a", "bad", "a", "bad"]);
  expect(resultOf(outcome)).toMatchObject({
    structuredContent: {
      results: [succeed(0, "A"), fail(1, "notFound", false), succeed(2, "A"), fail(3, "notFound", false)],
    },
  });
});

test("policies are around each item, and see it as they would see a call", async () => {
  const seen: unknown[] = [];
  const look: Policy = {
    kind: "cache",
    bind: ({ inputSchema }) => {
      seen.push(inputSchema);
      return (call: PolicyCall, next) => (seen.push(call.wire), next(call));
    },
  };
  const tried = new Set<string>();
  const once = ({ name }: Item): string => {
    if (tried.has(name)) return name;
    tried.add(name);
    throw Object.assign(new Error("Not now."), { status: 503 });
  };
  const outcome = serve(once, { policies: [look, retry({ attempts: 2, base: "10ms" })] })([
    { name: "a" },
    { name: "b" },
  ]);
  await vi.runAllTimersAsync();
  const properties = { name: { type: "string" }, takes: { type: "number", default: 1 } };
  expect(seen).toEqual([{ type: "object", properties, $defs: { part: {} } }, { name: "a" }, { name: "b" }]);
  expect(resultOf(outcome)).toMatchObject({ structuredContent: { succeeded: 2 } });
});

test("progress is how many items are done", async () => {
  const reports: unknown[] = [];
  const work = ({ name }: Item, { progress, context }: Contracts): string => {
    progress(90, 100);
    context.progress(95, 100);
    return name;
  };
  serve(work, { concurrency: 1 })(named("a", "b"), { sendProgress: (report) => reports.push(report) });
  await vi.runAllTimersAsync();
  expect(reports).toEqual([
    { progress: 1, total: 2 },
    { progress: 2, total: 2 },
  ]);
});

test("too many items, none, or one that is wrong are refused before any is begun", async () => {
  const { state, work } = worker();
  const run = serve(work);
  const [many, none, wrong] = [run(named(...Array<string>(101).fill("a"))), run([]), run([{ name: 5 } as never])];
  await vi.runAllTimersAsync();
  for (const outcome of [many, none, wrong])
    expect(resultOf(outcome)).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("`items") as string }],
    });
  expect(state.begun).toEqual([]);
});

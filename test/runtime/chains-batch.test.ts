// `@batch` of functions that take what tools give: a step is run for each item, and one that takes nothing once for all.
import { beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { currentScope } from "../../templates/runtime/call/scope.js";
import { defineBatchChain } from "../../templates/runtime/chains/batch.js";
import { step } from "../../templates/runtime/chains/chain.js";
import { handTools, handed } from "../../templates/runtime/chains/handed.js";
import { createContextCall } from "../../templates/runtime/context/call.js";
import type { ItemResult } from "../../templates/runtime/contracts/database.js";
import { defineServer } from "../../templates/runtime/dispatch/server.js";
import type { Surface } from "../../templates/runtime/dispatch/surface.js";
import { attemptTimeout } from "../../templates/runtime/policies/attempt-timeout.js";
import { retry } from "../../templates/runtime/policies/retry.js";
import { defineTool } from "../../templates/runtime/tools/definition.js";

const seen: { readonly what: string; readonly deadline: number | undefined }[] = [];
const signals: AbortSignal[] = [];
let failures = 0;
let open = (): void => undefined;

beforeEach(() => {
  seen.length = 0;
  signals.length = 0;
  failures = 0;
});

function note(what: string, signal?: AbortSignal): void {
  seen.push({ what, deadline: currentScope()?.deadline });
  if (signal) signals.push(signal);
}

const rate = defineTool({
  name: "rate",
  input: z.strictObject({}),
  output: z.number(),
  result: "text",
  call: (_, { signal }) => {
    note("rate", signal);
    if (failures > 0) {
      failures -= 1;
      throw Object.assign(new Error("later"), { status: 503, expose: true });
    }
    return 2;
  },
});

const slow = defineTool({
  name: "slow",
  input: z.strictObject({}),
  output: z.number(),
  result: "text",
  call: async (_, { signal }) => {
    note("slow", signal);
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    note("slow ends");
    return 3;
  },
});

const size = defineTool({
  name: "size",
  input: z.strictObject({ id: z.string() }),
  output: z.number(),
  result: "text",
  call: ({ id }) => {
    note(`size ${id}`);
    if (id === "") throw Object.assign(new Error("No id."), { status: 400, expose: true });
    return id.length;
  },
});

const prices = defineBatchChain({
  name: "prices",
  item: z.strictObject({ id: z.string() }),
  max: 10,
  concurrency: 2,
  output: z.number(),
  result: "text",
  policies: [retry({ attempts: 2, base: "1ms" })],
  steps: { long: step<() => number>(size, ["id"]), times: step<() => number>(rate, []) },
  call: ({ long, times }) => long * times,
});

const waits = defineBatchChain({
  name: "waits",
  item: z.strictObject({ id: z.string() }),
  max: 10,
  concurrency: 1,
  output: z.number(),
  result: "text",
  policies: [attemptTimeout({ each: "20ms" })],
  steps: { given: step<() => number>(slow, []) },
  call: ({ given, id }) => {
    note(id);
    return given;
  },
});

const asks = defineBatchChain({
  name: "asks",
  item: z.strictObject({ id: z.string() }),
  max: 10,
  concurrency: 2,
  output: z.number(),
  result: "text",
  tools: handTools({ ask: handed<(id: string) => Promise<number>>({ tool: size, takes: ["id"] }) }),
  call: ({ id }, _given, { ask }) => ask(`${id}!`),
});

const tools = [rate, slow, size, prices, waits, asks];
const surface = {
  tools: tools.map(({ name, input, result }) => ({
    name,
    inputSchema: z.toJSONSchema(input, { io: "input" }),
    ...(result === "structured" && { outputSchema: {} }),
  })),
} as unknown as Surface;
const server = defineServer({ name: "batches", version: "1", tools, surface, calls: createContextCall });

async function call(name: string, ...ids: readonly string[]): Promise<readonly unknown[]> {
  const given = { name, arguments: { items: ids.map((id) => ({ id })) } };
  const reply = await server.methods.get("tools/call")?.(given, { signal: new AbortController().signal });
  const { result } = reply as unknown as { result: { structuredContent: { results: ItemResult<number>[] } } };
  return result.structuredContent.results.map((each) => (each.ok ? each.value : each.error.message));
}

function times(what: string): number {
  return seen.filter((each) => each.what === what).length;
}

test("a step is run for each item, whose failure names it; one without arguments once for each call", async () => {
  expect(await call("prices", "a", "", "abc", "ab")).toEqual([2, 'step "long" (size): No id.', 6, 4]);
  expect(times("rate")).toBe(1);
  expect(times("size abc")).toBe(1);
  await call("prices", "a");
  expect(times("rate")).toBe(2);
});

test("what has failed for all is run again for the items that try again", async () => {
  failures = 1;
  expect(await call("prices", "a", "ab")).toEqual([2, 4]);
  expect(times("rate")).toBe(2);
  failures = 99;
  expect(await call("prices", "a", "ab")).toEqual(['step "times" (rate): later', 'step "times" (rate): later']);
});

test("an item that ends takes nothing from the others: the step goes on, in a signal of all of them", async () => {
  vi.useFakeTimers();
  const answer = call("waits", "a", "b");
  await vi.advanceTimersByTimeAsync(30);
  expect(signals[0]?.aborted).toBe(false);
  open();
  const [first, second] = await answer;
  vi.useRealTimers();
  expect(first).toContain("did not finish within 20 ms");
  expect(second).toBe(3);
  expect(seen.map(({ what }) => what)).toEqual(["slow", "slow ends", "b"]);
  expect(seen.map(({ deadline }) => deadline !== undefined)).toEqual([false, false, true]);
});

test("each item calls the tool that it is handed", async () => {
  expect(await call("asks", "a", "abc")).toEqual([2, 4]);
});

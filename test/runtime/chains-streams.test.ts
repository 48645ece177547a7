// Streams that take what tools give: a step is run when the stream is opened, a tool that is handed over can be called
// as long as the stream lives, and each page has the time of its own call.
import { beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { currentScope } from "../../templates/runtime/call/scope.js";
import { step } from "../../templates/runtime/chains/chain.js";
import { handTools, handed } from "../../templates/runtime/chains/handed.js";
import { createContextCall } from "../../templates/runtime/context/call.js";
import { defineServer } from "../../templates/runtime/dispatch/server.js";
import type { Surface } from "../../templates/runtime/dispatch/surface.js";
import { timeout } from "../../templates/runtime/policies/timeout.js";
import { defineCollectionChain } from "../../templates/runtime/streams/collect-chain.js";
import { definePagesChain } from "../../templates/runtime/streams/pages-chain.js";
import { defineTool } from "../../templates/runtime/tools/definition.js";
import { useFakeTime } from "./support/streams.js";

interface Seen {
  readonly what: string;
  readonly requestId: string | undefined;
  readonly deadline: number | undefined;
}

const seen: Seen[] = [];
const signals: AbortSignal[] = [];
let isBroken = false;

beforeEach(() => {
  seen.length = 0;
  signals.length = 0;
  isBroken = false;
});

useFakeTime();

function note(what: string): void {
  const scope = currentScope();
  seen.push({ what, requestId: scope?.requestId, deadline: scope?.deadline });
}

const open = defineTool({
  name: "open",
  input: z.strictObject({ site: z.string() }),
  output: z.number(),
  result: "text",
  call: ({ site }, { signal }) => {
    note(`open ${site}`);
    signals.push(signal);
    if (isBroken) throw Object.assign(new Error("Closed."), { status: 400, expose: true });
    return site.length;
  },
});

const measure = defineTool({
  name: "measure",
  input: z.strictObject({ page: z.number() }),
  output: z.number(),
  result: "text",
  call: ({ page }, { signal }) => {
    note(`measure ${String(page)}`);
    signals.push(signal);
    if (isBroken) throw Object.assign(new Error("Broken."), { status: 400, expose: true });
    return page * 10;
  },
});

const chain = {
  steps: { size: step<() => number>(open, ["site"]) },
  tools: handTools({ ask: handed<(page: number) => Promise<number>>({ tool: measure, takes: ["page"] }) }),
};

async function* read(size: number, ask: (page: number) => Promise<number>): AsyncGenerator<number> {
  for (let page = 1; page <= size; page += 1) yield await ask(page);
}

const paged = definePagesChain({
  name: "paged",
  input: z.strictObject({ site: z.string() }),
  output: z.number(),
  size: 2,
  max: 10,
  maxBytes: 90_000,
  ttl: "5m",
  policies: [timeout({ total: "30s" })],
  ...chain,
  call: ({ size }, _given, { ask }) => read(size, ask),
});

const collected = defineCollectionChain({
  name: "collected",
  input: z.strictObject({ site: z.string() }),
  output: z.number(),
  max: 10,
  maxBytes: 90_000,
  ...chain,
  call: ({ size }, _given, { ask }) => read(size, ask),
});

const tools = [open, measure, paged, collected];
const surface = {
  tools: tools.map(({ name, input, result }) => ({
    name,
    inputSchema: z.toJSONSchema(input, { io: "input" }),
    ...(result === "structured" && { outputSchema: {} }),
  })),
} as unknown as Surface;
const server = defineServer({ name: "streams", version: "1", tools, surface, calls: createContextCall });

interface Answer {
  readonly items?: readonly number[];
  readonly nextCursor?: string;
  readonly truncated?: boolean;
}

async function call(name: string, given: object): Promise<Answer | string> {
  const environment = { signal: new AbortController().signal };
  const reply = await server.methods.get("tools/call")?.({ name, arguments: given }, environment);
  const { result } = reply as unknown as { result: { content: { text: string }[]; structuredContent?: Answer } };
  return result.structuredContent ?? result.content[0]?.text ?? "";
}

async function firstPage(site: string): Promise<string> {
  const answer = await call("paged", { site });
  expect(answer).toMatchObject({ items: [10, 20] });
  return typeof answer === "string" ? "" : (answer.nextCursor ?? "");
}

test("a step is run for the first page alone, and a tool that is handed over whenever it is called", async () => {
  const cursor = await firstPage("abcd");
  expect(await call("paged", { site: "abcd", cursor })).toEqual({ items: [30, 40] });
  expect(seen.map(({ what }) => what)).toEqual(["open abcd", "measure 1", "measure 2", "measure 3", "measure 4"]);
  expect(new Set(seen.map(({ requestId }) => requestId)).size).toBe(1);
});

test("what the step takes belongs to the cursor", async () => {
  const cursor = await firstPage("abcd");
  expect(await call("paged", { site: "abc", cursor })).toContain("This cursor goes on with other arguments.");
  expect(await call("paged", { site: "abcd", cursor })).toEqual({ items: [30, 40] });
});

test("a tool that is called for a later page has the time of that page", async () => {
  const cursor = await firstPage("abcd");
  const [first] = seen;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await call("paged", { site: "abcd", cursor })).toEqual({ items: [30, 40] });
  const last = seen.at(-1);
  expect((last?.deadline ?? 0) - (first?.deadline ?? 0)).toBeGreaterThanOrEqual(60_000);
});

test("a step that fails opens nothing, and is named", async () => {
  isBroken = true;
  expect(await call("paged", { site: "abcd" })).toBe('step "size" (open): Closed.');
  expect(await call("collected", { site: "abcd" })).toBe('step "size" (open): Closed.');
});

test("a tool that fails for a later page is named, behind how far the stream had come", async () => {
  const cursor = await firstPage("abcd");
  isBroken = true;
  const answer = await call("paged", { site: "abcd", cursor });
  expect(answer).toMatchObject({ items: [30] });
  const next = typeof answer === "string" ? "" : answer.nextCursor;
  expect(await call("paged", { site: "abcd", cursor: next })).toBe(
    'step "ask" (measure): Broken. This was after 3 items.',
  );
});

test("the tool goes on to be callable between pages, and stops with the stream", async () => {
  const cursor = await firstPage("abc");
  expect(signals.at(-1)?.aborted).toBe(false);
  expect(await call("paged", { site: "abc", cursor })).toEqual({ items: [30] });
  expect(signals.at(-1)?.aborted).toBe(true);
});

test("all of it in one answer takes the step and calls the tool alike", async () => {
  expect(await call("collected", { site: "abc" })).toEqual({ items: [10, 20, 30], truncated: false });
  expect(seen.map(({ what }) => what)).toEqual(["open abc", "measure 1", "measure 2", "measure 3"]);
});

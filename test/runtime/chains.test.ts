// Tools that take what other tools give: one call, with each step's own policies, and errors that say where.
import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { currentScope } from "../../templates/runtime/call/scope.js";
import { defineChain, step } from "../../templates/runtime/chains/chain.js";
import { createContextCall } from "../../templates/runtime/context/call.js";
import { defineServer } from "../../templates/runtime/dispatch/server.js";
import type { Surface } from "../../templates/runtime/dispatch/surface.js";
import { cache } from "../../templates/runtime/policies/cache.js";
import { retry } from "../../templates/runtime/policies/retry.js";
import { timeout } from "../../templates/runtime/policies/timeout.js";
import { defineTool, type ToolDefinition } from "../../templates/runtime/tools/definition.js";

interface Seen {
  readonly tool: string;
  readonly requestId: string | undefined;
  readonly deadline: number | undefined;
}

const seen: Seen[] = [];
const signals: AbortSignal[] = [];
let failures = 0;

beforeEach(() => {
  seen.length = 0;
  signals.length = 0;
  failures = 0;
});

function note(tool: string, signal: AbortSignal): void {
  const scope = currentScope();
  seen.push({ tool, requestId: scope?.requestId, deadline: scope?.deadline });
  signals.push(signal);
}

const input = z.strictObject({ city: z.string() });

function readWeather(city: string, signal: AbortSignal): number | string | null {
  note("weather", signal);
  if (failures > 0) {
    failures -= 1;
    throw Object.assign(new Error("later"), { status: 503, expose: true, ...(city === "Rome" && { retryAfter: 7 }) });
  }
  return city === "5" ? "5" : city === "null" ? null : 5;
}

const weather = defineTool({
  name: "weather",
  input,
  output: z.union([z.number(), z.string()]).nullable(),
  result: "text",
  policies: [retry({ attempts: 2, base: "1ms" })],
  call: ({ city }, { signal }) => readWeather(city, signal),
});

const forecast = defineChain({
  name: "forecast",
  input: z.strictObject({ city: z.string(), days: z.number() }),
  result: "text",
  policies: [timeout({ total: "5s" })],
  steps: { now: step<typeof readWeather>(weather, ["city"]) },
  call: ({ now, days }, { signal }) => {
    note("forecast", signal);
    return `${typeof now} ${String(now)} ${String(days)}`;
  },
});

const kept = defineTool({
  name: "kept",
  input,
  output: z.string(),
  result: "text",
  policies: [cache({ ttl: "1m" })],
  call: ({ city }, { signal }) => {
    note("kept", signal);
    return city;
  },
});

const takesKept = defineChain({
  name: "takesKept",
  input,
  result: "text",
  steps: { one: step<(city: string) => string>(kept, ["city"]) },
  call: ({ one }) => `${one}!`,
});

const waits = defineTool({
  name: "waits",
  input: z.strictObject({}),
  result: "text",
  call: (_, { signal }) => {
    note("waits", signal);
    return new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason as Error));
    });
  },
});

const both = defineChain({
  name: "both",
  input,
  result: "text",
  steps: { slow: step<() => string>(waits, []), now: step<typeof readWeather>(weather, ["city"]) },
  call: ({ slow, now }) => slow + String(now),
});

const large = defineTool({
  name: "large",
  input: z.strictObject({}),
  output: z.object({ text: z.string() }),
  result: "structured",
  call: () => ({ text: "x".repeat(150_000) }),
});

const measures = defineChain({
  name: "measures",
  input: z.strictObject({}),
  result: "text",
  steps: { whole: step<() => { text: string }>(large, []) },
  call: ({ whole }) => String(whole.text.length),
});

const tools: readonly ToolDefinition[] = [weather, forecast, kept, takesKept, waits, both, large, measures];
const surface = {
  tools: tools.map((tool) => ({
    name: tool.name,
    inputSchema: z.toJSONSchema(tool.input),
    ...(tool.result === "structured" && tool.output && { outputSchema: z.toJSONSchema(tool.output) }),
  })),
} as unknown as Surface;
const server = defineServer({ name: "chains", version: "1", tools, surface, calls: createContextCall });

async function call(name: string, given: object, signal = new AbortController().signal): Promise<string> {
  const reply = await server.methods.get("tools/call")?.({ name, arguments: given }, { signal });
  const { result } = reply as unknown as { result: { content: { text: string }[]; structuredContent?: object } };
  expect(Object.keys(result)).not.toContain("structuredContent");
  return result.content[0]?.text ?? "";
}

test("steps are of one call: one id, one deadline; the outer function is called behind them", async () => {
  expect(await call("forecast", { city: "Oslo", days: 2 })).toBe("number 5 2");
  expect(seen.map(({ tool }) => tool)).toEqual(["weather", "forecast"]);
  expect(new Set(seen.map(({ requestId }) => requestId)).size).toBe(1);
  expect(new Set(seen.map(({ deadline }) => deadline)).size).toBe(1);
  expect(seen[0]?.deadline).toBeTypeOf("number");
});

test("a text is taken as the value that it was made of, and clients get the text alone", async () => {
  expect(await call("forecast", { city: "5", days: 1 })).toBe("string 5 1");
  expect(await call("forecast", { city: "null", days: 1 })).toBe("object null 1");
  expect(await call("weather", { city: "5" })).toBe("5");
});

test("a step is tried again by its own policy, and what it fails with says where and keeps its kind", async () => {
  failures = 1;
  expect(await call("forecast", { city: "Oslo", days: 2 })).toBe("number 5 2");
  expect(seen.map(({ tool }) => tool)).toEqual(["weather", "weather", "forecast"]);
  failures = 9;
  expect(await call("forecast", { city: "Rome", days: 2 })).toBe('step "now" (weather): later Retry in 7 s.');
});

test("what is kept of a step is kept for its clients too", async () => {
  expect(await call("takesKept", { city: "Oslo" })).toBe("Oslo!");
  expect(await call("takesKept", { city: "Oslo" })).toBe("Oslo!");
  expect(await call("kept", { city: "Oslo" })).toBe("Oslo");
  expect(seen).toHaveLength(1);
});

test("of two steps at once the first that fails stops the other", async () => {
  failures = 9;
  expect(await call("both", { city: "Oslo" })).toBe('step "now" (weather): later');
  expect(seen[0]?.tool).toBe("waits");
  expect(signals[0]?.aborted).toBe(true);
});

test("whoever cancels the call stops its steps", async () => {
  const controller = new AbortController();
  const reply = server.methods.get("tools/call")?.(
    { name: "both", arguments: { city: "Oslo" } },
    { signal: controller.signal },
  );
  await new Promise((resolve) => setTimeout(resolve, 10));
  controller.abort();
  expect(await reply).toEqual({ kind: "cancelled" });
  expect(signals[0]?.aborted).toBe(true);
});

test("the limit of an answer is for clients, not for other tools", async () => {
  expect(await call("measures", {})).toBe("150000");
  expect(await call("large", {})).toContain("more than the 100 kB");
});

// Tools that take what other tools give: one call, with each step's own policies, and errors that say where.
import { beforeEach, expect, test } from "vitest";
import * as z from "zod";
import { currentScope } from "../../templates/runtime/call/scope.js";
import { defineChain, step } from "../../templates/runtime/chains/chain.js";
import { handTools, handed } from "../../templates/runtime/chains/handed.js";
import { createContextCall } from "../../templates/runtime/context/call.js";
import { defineServer } from "../../templates/runtime/dispatch/server.js";
import type { Surface } from "../../templates/runtime/dispatch/surface.js";
import { dateCodec } from "../../templates/runtime/codecs/index.js";
import { cache } from "../../templates/runtime/policies/cache.js";
import { retry } from "../../templates/runtime/policies/retry.js";
import { timeout } from "../../templates/runtime/policies/timeout.js";
import { defineTool, type ToolDefinition } from "../../templates/runtime/tools/definition.js";

interface Seen {
  readonly tool: string;
  /** As a line of the log has it. */
  readonly logged: string | undefined;
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
  readings.length = 0;
});

function note(tool: string, signal: AbortSignal): void {
  const scope = currentScope();
  seen.push({ tool, logged: scope?.tool, requestId: scope?.requestId, deadline: scope?.deadline });
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

type ReadWeather = (city?: unknown) => Promise<number | string | null>;

const readings: Promise<unknown>[] = [];

const compare = defineChain({
  name: "compare",
  input: z.strictObject({ first: z.string(), second: z.string().optional() }),
  result: "text",
  policies: [timeout({ total: "5s" })],
  tools: handTools({ read: handed<ReadWeather>({ tool: weather, takes: ["city"] }) }),
  call: async ({ first, second }, { signal }, { read }) => {
    note("compare", signal);
    const all = second === undefined ? [await read(first)] : await Promise.all([read(first), read(second)]);
    return all.map((each) => `${typeof each} ${String(each)}`).join(", ");
  },
});

const takesBoth = defineChain({
  name: "takesBoth",
  input,
  result: "text",
  steps: { one: step<(city: string) => string>(kept, ["city"]) },
  tools: handTools({ again: handed<(city: string) => Promise<string>>({ tool: kept, takes: ["city"] }) }),
  call: async ({ one }, _given, { again }) => `${one} ${await again(one)} ${await again("Bergen")}`,
});

const leaves = defineChain({
  name: "leaves",
  input: z.strictObject({ how: z.enum(["returns", "throws"]) }),
  result: "text",
  tools: handTools({
    wait: handed<() => Promise<unknown>>({ tool: waits, takes: [] }),
    read: handed<ReadWeather>({ tool: weather, takes: ["city"] }),
  }),
  call: async ({ how }, _given, { wait, read }) => {
    readings.push(
      wait().catch((error: unknown) => error),
      new Promise((resolve) => setTimeout(resolve, 20)).then(() => read("late")).catch((error: unknown) => error),
    );
    // Nobody hears of this one.
    void wait();
    if (how === "throws") await read(5);
    return "left";
  },
});

const dated = defineTool({
  name: "dated",
  input: z.strictObject({ at: dateCodec, tags: z.array(z.string()), size: z.number().default(3) }),
  output: z.strictObject({ at: dateCodec, size: z.number(), tags: z.array(z.string()) }),
  result: "structured",
  call: ({ at, size, tags }) => ({ at, size, tags }),
});

interface Dated {
  at: Date;
  size: number;
  tags: string[];
}

const sends = defineChain({
  name: "sends",
  input: z.strictObject({ how: z.enum(["rest", "whole", "wrong"]) }),
  result: "text",
  tools: handTools({
    list: handed<(at: Date, ...tags: string[]) => Promise<Dated>>({ tool: dated, takes: ["at", "tags"], rest: true }),
    all: handed<(given: object) => Promise<Dated>>({ tool: dated }),
  }),
  call: async ({ how }, _given, { list, all }) => {
    const at = new Date(0);
    const whole = { at, tags: ["c"], size: 5 };
    const { at: got, ...rest } =
      how === "rest" ? await list(at, "a", "b") : await all(how === "whole" ? whole : { ...whole, at: "x", more: 1 });
    return `${got.toISOString()} ${JSON.stringify(rest)}`;
  },
});

const outermost = defineChain({
  name: "outermost",
  input: z.strictObject({ first: z.string() }),
  result: "text",
  tools: handTools({ ask: handed<(first: string) => Promise<string>>({ tool: compare, takes: ["first", "second"] }) }),
  call: ({ first }, _given, { ask }) => ask(first),
});

const callers = [compare, takesBoth, leaves, dated, sends, outermost];
const tools: readonly ToolDefinition[] = [...callers, weather, forecast, kept, takesKept, waits, both, large, measures];
const surface = {
  tools: tools.map((tool) => ({
    name: tool.name,
    inputSchema: z.toJSONSchema(tool.input, { io: "input", unrepresentable: "any" }),
    ...(tool.result === "structured" &&
      tool.output && { outputSchema: z.toJSONSchema(tool.output, { io: "input", unrepresentable: "any" }) }),
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
  expect(seen.map(({ logged }) => logged)).toEqual(["weather", "forecast"]);
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

test("a tool that is handed over runs in the call of the function: one id, one deadline, values as they are", async () => {
  expect(await call("compare", { first: "Oslo", second: "5" })).toBe("number 5, string 5");
  expect(seen.map(({ tool }) => tool)).toEqual(["compare", "weather", "weather"]);
  expect(seen.map(({ logged }) => logged)).toEqual(["compare", "weather", "weather"]);
  expect(new Set(seen.map(({ requestId }) => requestId)).size).toBe(1);
  expect(new Set(seen.map(({ deadline }) => deadline)).size).toBe(1);
  expect(seen[1]?.deadline).toBeTypeOf("number");
});

test("it is tried again by its own policy, and what it fails with says where and keeps its kind", async () => {
  failures = 1;
  expect(await call("compare", { first: "Oslo" })).toBe("number 5");
  expect(seen.map(({ tool }) => tool)).toEqual(["compare", "weather", "weather"]);
  failures = 9;
  expect(await call("compare", { first: "Rome" })).toBe('step "read" (weather): later Retry in 7 s.');
  failures = 9;
  expect(await call("outermost", { first: "Rome" })).toBe(
    'step "ask" (compare): step "read" (weather): later Retry in 7 s.',
  );
});

test("a tool that is taken first and called again is computed once: its cache serves both, and its clients", async () => {
  expect(await call("takesBoth", { city: "Rome" })).toBe("Rome Rome Bergen");
  expect(await call("kept", { city: "Bergen" })).toBe("Bergen");
  expect(seen.map(({ tool }) => tool)).toEqual(["kept", "kept"]);
});

test("what still runs when the function has settled is aborted, and nothing can be begun", async () => {
  expect(await call("leaves", { how: "returns" })).toBe("left");
  expect(signals).toHaveLength(2);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  expect((await Promise.all(readings)).map(String)).toEqual([
    'StepFailure: step "wait" (waits): failed',
    "AbortError: The tool that called it has settled.",
  ]);
  expect(seen.map(({ tool }) => tool)).toEqual(["waits", "waits"]);
});

test("the first that fails settles the function, which stops the others", async () => {
  expect(await call("leaves", { how: "throws" })).toBe(
    'step "read" (weather): Invalid arguments for `weather`:\n- `city`: expected a string, got 5',
  );
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});

test("whoever cancels the call stops the tools that it calls", async () => {
  const controller = new AbortController();
  const reply = server.methods.get("tools/call")?.(
    { name: "leaves", arguments: { how: "returns" } },
    { signal: controller.signal },
  );
  controller.abort();
  expect(await reply).toEqual({ kind: "cancelled" });
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});

test("arguments are sent as clients send them: encoded, checked, with the tool's defaults", async () => {
  expect(await call("sends", { how: "rest" })).toBe('1970-01-01T00:00:00.000Z {"size":3,"tags":["a","b"]}');
  expect(await call("sends", { how: "whole" })).toBe('1970-01-01T00:00:00.000Z {"size":5,"tags":["c"]}');
  expect(await call("sends", { how: "wrong" })).toMatch(
    /^step "all" \(dated\): Invalid arguments for `dated`:\n- `at`/,
  );
});

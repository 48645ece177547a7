// What opens a circuit, who gets through, and what its probes decide. On a clock of the test's own.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { createRefusal } from "../../../templates/runtime/errors/refusal.js";
import { countServer } from "../../../templates/runtime/lifecycle/resources.js";
import { attemptTimeout } from "../../../templates/runtime/policies/attempt-timeout.js";
import { circuit } from "../../../templates/runtime/policies/circuit.js";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import type { Next } from "../../../templates/runtime/call/tool-call.js";
import type { Policy } from "../../../templates/runtime/policies/policy.js";
import { retry } from "../../../templates/runtime/policies/retry.js";
import { timeout } from "../../../templates/runtime/policies/timeout.js";
import { countsOf } from "../support/metrics.js";
import { callWith, done, outcomeOf, tool } from "./calls.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const failure = (status: number) => Object.assign(new Error("no"), { status });
const compose = (policies: readonly Policy[], inner: Next, name: string = tool.name): Next =>
  composePolicies({ policies, tool: { ...tool, name }, inner });

/** A dependency that does what it is told next, and counts. */
function dependency() {
  const state = { calls: 0, answer: (): Promise<typeof done> => Promise.resolve(done) };
  const next: Next = () => ((state.calls += 1), state.answer());
  return { state, next };
}

const after = async <T>(milliseconds: number, settle: () => Promise<T>): Promise<T> => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return settle();
};

const kindOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "ok",
    (error: unknown) => (classifyError(error).kind === "overloaded" ? "refused" : classifyError(error).kind),
  );

async function repeat(times: number, run: Next): Promise<readonly string[]> {
  const kinds: string[] = [];
  for (let index = 0; index < times; index += 1) kinds.push(await kindOf(run(callWith())));
  return kinds;
}

test("a dependency that fails is left alone after ten calls: refused at once, with a hint, without a call", async () => {
  const { state, next } = dependency();
  state.answer = () => Promise.reject(failure(503));
  const run = compose([circuit()], next);
  expect(new Set(await repeat(10, run))).toEqual(new Set(["unavailable"]));
  await vi.advanceTimersByTimeAsync(10_500);
  expect(await repeat(5, run)).toEqual(Array.from({ length: 5 }, () => "refused"));
  expect(state.calls).toBe(10);
  const error = outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(0);
  expect(error()?.error).toMatchObject({
    code: "CIRCUIT_OPEN",
    retryAfter: 20,
    message: "`lookup` is not available at the moment: what it depends on keeps failing.",
  });
});

test("dies and recovers: one probe, then closed", async () => {
  const before = countsOf("mcp_circuit_transitions_total");
  const { state, next } = dependency();
  state.answer = () => Promise.reject(failure(503));
  const run = compose([circuit()], next);
  await repeat(12, run);
  expect(countsOf("mcp_circuit_state")).toEqual({ lookup: 2 });
  await vi.advanceTimersByTimeAsync(30_000);
  state.answer = () => after(100, () => Promise.resolve(done));
  state.calls = 0;
  const outcomes = Array.from({ length: 50 }, () => outcomeOf(run(callWith())));
  await vi.advanceTimersByTimeAsync(0);
  expect(countsOf("mcp_circuit_state")).toEqual({ lookup: 1 });
  expect(outcomes.filter((outcome) => outcome()?.error !== undefined)).toHaveLength(49);
  await vi.advanceTimersByTimeAsync(100);
  expect(state.calls).toBe(1);
  expect(outcomes.filter((outcome) => outcome()?.value === done)).toHaveLength(1);
  state.answer = () => Promise.resolve(done);
  expect(new Set(await repeat(20, run))).toEqual(new Set(["ok"]));
  expect(countsOf("mcp_circuit_state")).toEqual({});
  expect(countsOf("mcp_circuit_transitions_total", before)).toEqual({
    "lookup open": 1,
    "lookup halfOpen": 1,
    "lookup closed": 1,
  });
});

test.each<[string, Error]>([
  ["bad input", failure(400)],
  ["what is not there", failure(404)],
  ["a conflict", failure(409)],
  ["a denial", failure(403)],
  ["a rate limit", failure(429)],
  ["a bug", new TypeError("x")],
  ["overload", createRefusal({ code: "POOL_EXHAUSTED", message: "x" })],
  ["its own cancel", Object.assign(new Error("x"), { name: "AbortError" })],
])("%s never counts, however often", async (_what, error) => {
  const { state, next } = dependency();
  state.answer = () => Promise.reject(error);
  const run = compose([circuit()], next);
  await repeat(100, run);
  expect(state.calls).toBe(100);
  state.answer = () => Promise.resolve(done);
  expect(await repeat(1, run)).toEqual(["ok"]);
});

test("cancelled calls never count, whatever their attempts fail with", async () => {
  const { state, next } = dependency();
  state.answer = () => after(100, () => Promise.reject(failure(503)));
  const run = compose([circuit()], next);
  for (let index = 0; index < 30; index += 1) {
    const controller = new AbortController();
    outcomeOf(run(callWith({ signal: controller.signal })));
    controller.abort(failure(503));
  }
  await vi.advanceTimersByTimeAsync(1_000);
  state.answer = () => Promise.resolve(done);
  expect(await repeat(1, run)).toEqual(["ok"]);
});

test("a late success from before it opened does not close it", async () => {
  const { state, next } = dependency();
  const run = compose([circuit()], next);
  state.answer = () => after(5_000, () => Promise.resolve(done));
  const early = outcomeOf(run(callWith()));
  state.answer = () => Promise.reject(failure(503));
  await repeat(10, run);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(early()).toEqual({ value: done });
  expect(await repeat(1, run)).toEqual(["refused"]);
});

test("a late failure from before it opened does not decide about the probe", async () => {
  const { state, next } = dependency();
  const run = compose([circuit()], next);
  state.answer = () => after(30_500, () => Promise.reject(failure(503)));
  outcomeOf(run(callWith()));
  state.answer = () => Promise.reject(failure(503));
  await repeat(10, run);
  await vi.advanceTimersByTimeAsync(30_000);
  state.answer = () => after(1_000, () => Promise.resolve(done));
  const probe = outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(probe()).toEqual({ value: done });
  state.answer = () => Promise.resolve(done);
  expect(await repeat(3, run)).toEqual(["ok", "ok", "ok"]);
});

test("a probe that hangs ends: half open does not stick", async () => {
  const { state, next } = dependency();
  const run = compose([circuit({ reset: "1s" })], next);
  state.answer = () => Promise.reject(failure(503));
  await repeat(10, run);
  await vi.advanceTimersByTimeAsync(1_000);
  state.answer = () => new Promise(() => undefined);
  const probe = outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(29_999);
  expect(await repeat(1, run)).toEqual(["refused"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(classifyError(probe()?.error).kind).toBe("timeout");
  // It has failed: open for twice as long.
  await vi.advanceTimersByTimeAsync(1_999);
  expect(await repeat(1, run)).toEqual(["refused"]);
  await vi.advanceTimersByTimeAsync(1);
  state.answer = () => Promise.resolve(done);
  expect(await repeat(2, run)).toEqual(["ok", "ok"]);
});

test("a probe that is cancelled or has bad input says nothing: the next call is the probe", async () => {
  const { state, next } = dependency();
  const run = compose([circuit()], next);
  state.answer = () => Promise.reject(failure(503));
  await repeat(10, run);
  await vi.advanceTimersByTimeAsync(30_000);
  state.answer = () => new Promise(() => undefined);
  const controller = new AbortController();
  outcomeOf(run(callWith({ signal: controller.signal })));
  expect(await repeat(1, run)).toEqual(["refused"]);
  controller.abort("gone");
  await vi.advanceTimersByTimeAsync(0);
  state.answer = () => Promise.reject(failure(400));
  expect(await repeat(1, run)).toEqual(["invalidInput"]);
  state.answer = () => Promise.resolve(done);
  expect(await repeat(2, run)).toEqual(["ok", "ok"]);
});

test("with retries: it sees every attempt, and its opening ends them", async () => {
  const { state, next } = dependency();
  state.answer = () => Promise.reject(failure(503));
  const run = compose([retry({ attempts: 5 }), circuit({ min: 3 })], next);
  const outcome = outcomeOf(run(callWith()));
  await vi.runAllTimersAsync();
  expect(state.calls).toBe(3);
  expect(outcome()?.error).toMatchObject({ code: "CIRCUIT_OPEN" });
});

test.each<[string, readonly Policy[]]>([
  ["attempts", [attemptTimeout({ each: "1s" })]],
  ["the call", [timeout({ total: "1s" })]],
])("time limits of %s count, also where the function never ends", async (_what, policies) => {
  const { state, next } = dependency();
  state.answer = () => new Promise(() => undefined);
  const run = compose([...policies, circuit()], next);
  for (let index = 0; index < 10; index += 1) outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await repeat(1, run)).toEqual(["refused"]);
});

test("where a call has spent its time waiting for its turn, the dependency is not to blame", async () => {
  const waiting: Policy = { kind: "serialize", bind: () => (call, next) => after(900, () => next(call)) };
  const { state, next } = dependency();
  state.answer = () => new Promise(() => undefined);
  const run = compose([waiting, timeout({ total: "1s" }), circuit()], next);
  for (let index = 0; index < 20; index += 1) outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(state.calls).toBe(20);
  outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(900);
  expect(state.calls).toBe(21);
});

test("tools that name the same circuit share it; others have their own, as has another server", async () => {
  const close = countServer();
  const { state, next } = dependency();
  state.answer = () => Promise.reject(failure(503));
  const weather = circuit({ name: "weather" });
  await repeat(10, compose([weather], next, "today"));
  expect(await repeat(1, compose([circuit({ name: "weather" })], next, "tomorrow"))).toEqual(["refused"]);
  expect(await repeat(1, compose([circuit()], next, "today"))).toEqual(["unavailable"]);
  const elsewhere = composePolicies({ policies: [weather], tool: { ...tool, server: "other" }, inner: next });
  expect(await repeat(1, elsewhere)).toEqual(["unavailable"]);
  await close();
  // The next server of the process begins with what it sees itself.
  expect(await repeat(1, compose([weather], next, "today"))).toEqual(["unavailable"]);
});

test.each([0, -1, 1.5, 50, Number.NaN])("%d is not a rate", (rate) => {
  expect(() => circuit({ rate })).toThrow(RangeError);
});

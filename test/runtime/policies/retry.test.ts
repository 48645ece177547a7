// Retries: what is retried, when, how often, and how it is called off. On a clock and with chances of the test's own.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countServer } from "../../../templates/runtime/lifecycle/resources.js";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { createRefusal } from "../../../templates/runtime/errors/refusal.js";
import { attemptTimeout } from "../../../templates/runtime/policies/attempt-timeout.js";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import type { Next, PolicyCall } from "../../../templates/runtime/call/tool-call.js";
import type { Policy } from "../../../templates/runtime/policies/policy.js";
import { retry } from "../../../templates/runtime/policies/retry.js";
import { timeout } from "../../../templates/runtime/policies/timeout.js";
import { countsOf } from "../support/metrics.js";
import { callWith, done, outcomeOf, tool } from "./calls.js";

const random = vi.spyOn(Math, "random");

beforeEach(() => {
  vi.useFakeTimers();
  random.mockReturnValue(1);
});
afterEach(() => vi.useRealTimers());

const failure = (status: number, members: object = {}) => Object.assign(new Error("no"), { status, ...members });

/** Fails with these, one after the other, then succeeds. */
function failing(errors: readonly unknown[], seen: PolicyCall[] = []) {
  const times: number[] = [];
  const next: Next = (call) => {
    times.push(performance.now());
    seen.push(call);
    const index = times.length - 1;
    if (index >= errors.length) return Promise.resolve(done);
    // A function may throw anything.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    return Promise.reject(errors[index]);
  };
  return { next, times };
}

const compose = (policies: readonly Policy[], inner: Next): Next => composePolicies({ policies, tool, inner });
const gaps = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

test.each<[string, unknown, boolean]>([
  ["400", failure(400), false],
  ["404", failure(404), false],
  ["409", failure(409), false],
  ["401", failure(401), false],
  ["a bug", new TypeError("timeout, 503, ECONNRESET"), false],
  ["an open circuit", createRefusal({ code: "CIRCUIT_OPEN", message: "x", retryAfter: 0 }), false],
  ["overload", createRefusal({ code: "OVERLOADED", message: "x" }), false],
  ["its own cancel", new DOMException("x", "AbortError"), false],
  ["429", failure(429), true],
  ["500", failure(500), true],
  ["503", failure(503), true],
  ["a reset connection, one level down", new TypeError("x", { cause: { code: "ECONNRESET" } }), true],
  ["a timeout", new DOMException("x", "TimeoutError"), true],
])("%s", async (_what, error, retried) => {
  const { next, times } = failing([error, error, error]);
  const outcome = outcomeOf(compose([retry({ attempts: 3 })], next)(callWith()));
  await vi.runAllTimersAsync();
  expect(times).toHaveLength(retried ? 3 : 1);
  expect(outcome()).toEqual({ error });
});

test("503, 503, success: three attempts, each pause at most twice the one before", async () => {
  const { next, times } = failing([failure(503), failure(503)]);
  const outcome = outcomeOf(compose([retry({ attempts: 3 })], next)(callWith()));
  await vi.runAllTimersAsync();
  expect(outcome()).toEqual({ value: done });
  expect(gaps(times)).toEqual([100, 200]);
});

test("full jitter: a pause is any part of its limit, and the limit is capped", async () => {
  const parts = [0.5, 0, 0.25, 1, 1];
  for (const part of parts) random.mockReturnValueOnce(part);
  const { next, times } = failing(parts.map(() => failure(503)));
  outcomeOf(compose([retry({ attempts: 6, base: "1s", cap: "5s" })], next)(callWith()));
  await vi.runAllTimersAsync();
  expect(gaps(times)).toEqual([500, 0, 1_000, 5_000, 5_000]);
});

test("when all fail, exactly so many attempts, and the last error with their number", async () => {
  const cause = new Error("socket");
  const errors = [failure(503), failure(502), failure(503, { cause })];
  const { next, times } = failing(errors);
  const outcome = outcomeOf(compose([retry({ attempts: 3 })], next)(callWith()));
  await vi.runAllTimersAsync();
  expect(times).toHaveLength(3);
  expect(outcome()?.error).toBe(errors[2]);
  expect(errors[2]).toMatchObject({ attempts: 3, cause });
});

test.each([Object.freeze(failure(503)), "text", undefined])("%s is thrown on as it is", async (error) => {
  const { next } = failing([error, error]);
  const outcome = outcomeOf(compose([retry({ attempts: 2 })], next)(callWith()));
  await vi.runAllTimersAsync();
  expect(outcome()).toEqual({ error });
});

test("an error that the function returns is a result", async () => {
  const refused = { content: [], isError: true };
  let calls = 0;
  const next: Next = () => ((calls += 1), Promise.resolve(refused));
  const outcome = outcomeOf(compose([retry({ attempts: 3 })], next)(callWith()));
  await vi.runAllTimersAsync();
  expect(outcome()).toEqual({ value: refused });
  expect(calls).toBe(1);
});

test("Retry-After is kept to where it is longer than the pause", async () => {
  const { next, times } = failing([failure(429, { retryAfter: 1 }), failure(503, { headers: { "retry-after": "0" } })]);
  outcomeOf(compose([retry({ attempts: 3 })], next)(callWith()));
  await vi.runAllTimersAsync();
  expect(gaps(times)).toEqual([1_000, 200]);
});

test("a pause that ends after the deadline is not begun", async () => {
  const error = failure(429, { retryAfter: 3 });
  const { next, times } = failing([error]);
  const outcome = outcomeOf(compose([retry({ attempts: 3 }), timeout({ total: "3s" })], next)(callWith()));
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome()).toEqual({ error });
  expect(times).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("without a deadline nobody sleeps for an hour", async () => {
  const { next, times } = failing([failure(429, { retryAfter: 29 }), failure(429, { retryAfter: 3_600 })]);
  const outcome = outcomeOf(compose([retry({ attempts: 3 })], next)(callWith()));
  await vi.advanceTimersByTimeAsync(29_000);
  expect(times).toHaveLength(2);
  expect(outcome()?.error).toMatchObject({ retryAfter: 3_600, attempts: 2 });
});

test.each<[readonly string[], unknown, number]>([
  [["timeout"], failure(503), 1],
  [["timeout"], new DOMException("x", "TimeoutError"), 2],
  [["409"], failure(409), 2],
  [["409"], failure(503), 1],
  [["conflict"], failure(412), 2],
  [["40001"], Object.assign(new Error("serialization"), { code: "40001" }), 2],
  [["ENOENT"], new Error("x", { cause: { code: "ENOENT" } }), 2],
  [["overloaded", "OVERLOADED", "503"], createRefusal({ code: "OVERLOADED", message: "x" }), 1],
  [["cancelled"], new DOMException("x", "AbortError"), 1],
])("on=%s: %s is %d attempts", async (on, error, attempts) => {
  const { next, times } = failing([error]);
  outcomeOf(compose([retry({ attempts: 2, on })], next)(callWith()));
  await vi.runAllTimersAsync();
  expect(times).toHaveLength(attempts);
});

test("cancelled asleep: settles at once, no further attempt, no timer", async () => {
  const controller = new AbortController();
  const { next, times } = failing([failure(503, { retryAfter: 20 })]);
  const outcome = outcomeOf(compose([retry({ attempts: 3 })], next)(callWith({ signal: controller.signal })));
  await vi.advanceTimersByTimeAsync(5_000);
  controller.abort("gone");
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome()).toEqual({ error: "gone" });
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(times).toHaveLength(1);
});

test("cancelled while an attempt runs that does not listen: settles at once, its failure changes nothing", async () => {
  const controller = new AbortController();
  const before = countsOf("mcp_tool_retries_total");
  let calls = 0;
  const deaf: Next = () => ((calls += 1), new Promise((_, reject) => setTimeout(() => reject(failure(503)), 1_000)));
  const outcome = outcomeOf(compose([retry({ attempts: 3 })], deaf)(callWith({ signal: controller.signal })));
  await vi.advanceTimersByTimeAsync(500);
  const reason = failure(503);
  controller.abort(reason);
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome()).toEqual({ error: reason });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toBe(1);
  expect(countsOf("mcp_tool_retries_total", before)).toEqual({});
});

test("each attempt has a signal of its own, aborted when it ends: what it left running stops before the next", async () => {
  const seen: PolicyCall[] = [];
  const { next } = failing([failure(503)], seen);
  const call = callWith();
  outcomeOf(compose([retry({ attempts: 2 })], next)(call));
  await vi.advanceTimersByTimeAsync(0);
  expect(seen[0]?.signal.aborted).toBe(true);
  await vi.runAllTimersAsync();
  expect(new Set(seen.map(({ signal }) => signal)).size).toBe(2);
  expect(call.signal.aborted).toBe(false);
});

test("an attempt out of time is retried; one deadline ends them all", async () => {
  const starts: number[] = [];
  const hang: Next = () => (starts.push(performance.now()), new Promise(() => undefined));
  const policies = [timeout({ total: "5s" }), retry({ attempts: 9 }), attemptTimeout({ each: "2s" })];
  const outcome = outcomeOf(compose(policies, hang)(callWith()));
  await vi.advanceTimersByTimeAsync(4_999);
  expect(gaps(starts)).toEqual([2_100, 2_200]);
  expect(outcome()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(outcome()?.error).toMatchObject({ message: expect.stringContaining("within 5 s") as string });
  expect(classifyError(outcome()?.error).kind).toBe("timeout");
  expect(vi.getTimerCount()).toBe(0);
});

test("1,000 clients that fail at the same moment do not come back at the same moment", async () => {
  random.mockImplementation(seeded(7));
  const times: number[] = [];
  const start = performance.now();
  const next: Next = () => (times.push(performance.now() - start), Promise.reject(failure(503)));
  const run = compose([retry({ attempts: 3 })], next);
  const outcomes = Array.from({ length: 1_000 }, () => outcomeOf(run(callWith())));
  await vi.runAllTimersAsync();
  expect(outcomes.every((outcome) => outcome()?.error !== undefined)).toBe(true);
  const retries = times.slice(1_000);
  const perTen = new Map<number, number>();
  for (const slot of retries.map((time) => Math.floor(time / 10))) perTen.set(slot, (perTen.get(slot) ?? 0) + 1);
  const peak = Math.max(...perTen.values());
  // A fifth of the calls and ten a second of the last ten seconds is all that the budget has.
  expect(retries).toHaveLength(300);
  expect(peak).toBeLessThanOrEqual(60);
});

test("a budget that is used up comes back with time and calls", async () => {
  const before = countsOf("mcp_tool_retries_total");
  let calls = 0;
  const next: Next = () => ((calls += 1), Promise.reject(failure(503)));
  const run = compose([retry({ attempts: 2 })], next);
  const burst = async (count: number): Promise<number> => {
    calls = 0;
    for (let index = 0; index < count; index += 1) outcomeOf(run(callWith()));
    await vi.advanceTimersByTimeAsync(1_000);
    return calls - count;
  };
  expect(await burst(300)).toBe(160);
  // 0.2 more for each call.
  expect(await burst(100)).toBe(20);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(await burst(50)).toBe(50);
  expect(countsOf("mcp_tool_retries_total", before)).toEqual({
    "retried lookup": 230,
    "exhausted lookup": 230,
    "budget lookup": 220,
  });
});

test("the budget is forgotten with the last server", async () => {
  let calls = 0;
  const next: Next = () => ((calls += 1), Promise.reject(failure(503)));
  const run = compose([retry({ attempts: 2 })], next);
  for (let round = 0; round < 2; round += 1) {
    const close = countServer();
    calls = 0;
    for (let index = 0; index < 300; index += 1) outcomeOf(run(callWith()));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls - 300).toBe(160);
    await close();
  }
});

test.each([0, -1, 1.5, Number.NaN])("%d is not a number of attempts", (attempts) => {
  expect(() => retry({ attempts })).toThrow(RangeError);
});

/** The same chances in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

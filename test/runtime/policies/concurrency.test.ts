// So many at a time, a bounded line, refusal at once: under ten times the load, and when callers give up.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import { concurrency } from "../../../templates/runtime/policies/concurrency.js";
import type { Next } from "../../../templates/runtime/call/tool-call.js";
import type { Policy } from "../../../templates/runtime/policies/policy.js";
import { timeout } from "../../../templates/runtime/policies/timeout.js";
import { countsOf } from "../support/metrics.js";
import { callWith, done, outcomeOf, tool } from "./calls.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const compose = (policies: readonly Policy[], inner: Next): Next => composePolicies({ policies, tool, inner });

/** Takes so long, and counts who is in it. */
function work(milliseconds: number) {
  const state = { inside: 0, most: 0, order: [] as string[] };
  const next: Next = async ({ requestId }) => {
    state.inside += 1;
    state.most = Math.max(state.most, state.inside);
    state.order.push(requestId);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    state.inside -= 1;
    return done;
  };
  return { state, next };
}

test("so many at a time, the others in the order in which they came", async () => {
  const { state, next } = work(100);
  const run = compose([concurrency({ max: 2, queue: 4 })], next);
  const outcomes = ["a", "b", "c", "d", "e", "f"].map((requestId) => outcomeOf(run(callWith({ requestId }))));
  await vi.advanceTimersByTimeAsync(99);
  expect(state.order).toEqual(["a", "b"]);
  await vi.advanceTimersByTimeAsync(201);
  expect(state.order).toEqual(["a", "b", "c", "d", "e", "f"]);
  expect(outcomes.map((outcome) => outcome()?.value)).toEqual(Array.from({ length: 6 }, () => done));
  expect(state.most).toBe(2);
});

test("a full line refuses at once and says when to come back", async () => {
  const { next } = work(3_000);
  const run = compose([concurrency({ max: 2, queue: 4 })], next);
  outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(3_000);
  for (let index = 0; index < 6; index += 1) outcomeOf(run(callWith()));
  const refused = outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(0);
  // Four wait for two places of three seconds each.
  expect(refused()?.error).toMatchObject({ code: "OVERLOADED", retryAfter: 9 });
  expect(classifyError(refused()?.error)).toMatchObject({ kind: "overloaded", exposed: true });
});

test("without a line whoever finds no place is refused", async () => {
  const { next } = work(100);
  const run = compose([concurrency({ max: 1, queue: 0 })], next);
  const [first, second] = [outcomeOf(run(callWith())), outcomeOf(run(callWith()))];
  await vi.advanceTimersByTimeAsync(100);
  expect(first()?.value).toBe(done);
  expect(second()?.error).toMatchObject({ code: "OVERLOADED", retryAfter: 1 });
});

test("who is cancelled in the line leaves it at once and makes room", async () => {
  const { state, next } = work(100);
  const run = compose([concurrency({ max: 1, queue: 2 })], next);
  const controller = new AbortController();
  outcomeOf(run(callWith({ requestId: "a" })));
  const gone = outcomeOf(run(callWith({ requestId: "b", signal: controller.signal })));
  outcomeOf(run(callWith({ requestId: "c" })));
  controller.abort("gone");
  await vi.advanceTimersByTimeAsync(0);
  expect(gone()).toEqual({ error: "gone" });
  const late = outcomeOf(run(callWith({ requestId: "d" })));
  await vi.advanceTimersByTimeAsync(300);
  expect(late()?.value).toBe(done);
  expect(state.order).toEqual(["a", "c", "d"]);
});

test("who is cancelled before it comes does not come in", async () => {
  const { state, next } = work(100);
  const outcome = outcomeOf(compose([concurrency({ max: 1 })], next)(callWith({ signal: AbortSignal.abort("over") })));
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome()).toEqual({ error: "over" });
  expect(state.order).toEqual([]);
});

test("waiting counts against the deadline: out of time in the line, the call is refused and never started", async () => {
  const { state, next } = work(1_500);
  const run = compose([concurrency({ max: 1 }), timeout({ total: "2s" })], next);
  const first = outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(100);
  const second = outcomeOf(run(callWith({ deadline: performance.now() + 1_000 })));
  await vi.advanceTimersByTimeAsync(999);
  expect(second()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(second()?.error).toMatchObject({ code: "OVERLOADED" });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(first()?.value).toBe(done);
  expect(state.order).toHaveLength(1);
  // It has taken no place with it.
  const third = outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(1_500);
  expect(third()?.value).toBe(done);
});

test("what of the deadline is left after waiting is what the function gets", async () => {
  const { next } = work(1_500);
  const run = compose([concurrency({ max: 1 }), timeout({ total: "2s" })], next);
  outcomeOf(run(callWith()));
  const second = outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(classifyError(second()?.error).kind).toBe("timeout");
});

test("a place is given back whatever becomes of the call", async () => {
  let calls = 0;
  const run = compose([concurrency({ max: 2, queue: 1_000 })], () => {
    calls += 1;
    if (calls % 2 === 0) throw new Error("at once");
    return Promise.reject(new Error("later"));
  });
  const outcomes = Array.from({ length: 500 }, () => outcomeOf(run(callWith())));
  await vi.advanceTimersByTimeAsync(0);
  expect(outcomes.every((outcome) => outcome()?.error !== undefined)).toBe(true);
  const controllers = Array.from({ length: 500 }, () => new AbortController());
  const cancelled = controllers.map(({ signal }) => outcomeOf(run(callWith({ signal }))));
  for (const controller of controllers) controller.abort("gone");
  await vi.advanceTimersByTimeAsync(0);
  expect(cancelled.every((outcome) => outcome() !== undefined)).toBe(true);
  calls = 0;
  outcomeOf(run(callWith()));
  outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toBe(2);
});

test("ten times the load for thirty seconds: the line stays within its bound, what is accepted is in time", async () => {
  const { state, next } = work(100);
  const run = compose([concurrency({ max: 8, queue: 32 }), timeout({ total: "1s" })], next);
  const counts = { ok: 0, refused: 0, other: 0 };
  let [pending, mostPending, slowest] = [0, 0, 0];
  // It can do 80 a second; 800 come, eight every ten milliseconds.
  for (let tick = 0; tick < 3_000; tick += 1) {
    for (let index = 0; index < 8; index += 1) {
      const start = performance.now();
      pending += 1;
      run(callWith()).then(
        () => {
          pending -= 1;
          counts.ok += 1;
          slowest = Math.max(slowest, performance.now() - start);
        },
        (error: unknown) => {
          pending -= 1;
          counts[classifyError(error).kind === "overloaded" ? "refused" : "other"] += 1;
        },
      );
    }
    await vi.advanceTimersByTimeAsync(10);
    mostPending = Math.max(mostPending, pending);
    expect(countsOf("mcp_tool_waiting")["lookup concurrency"] ?? 0).toBeLessThanOrEqual(32);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  expect(counts.other).toBe(0);
  expect(counts.ok + counts.refused).toBe(24_000);
  expect(counts.ok).toBeGreaterThanOrEqual(2_400);
  expect(slowest).toBeLessThanOrEqual(500);
  expect(state.most).toBe(8);
  // All that is kept is what runs and what waits.
  expect(mostPending).toBeLessThanOrEqual(40);
  expect(pending).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([0, -1, 1.5, Number.NaN])("%d is not a number of calls at a time", (max) => {
  expect(() => concurrency({ max })).toThrow(RangeError);
});

// Time limits of a call and of its attempts, on a clock of the test's own.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { attemptTimeout } from "../../../templates/runtime/policies/attempt-timeout.js";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import type { Next, PolicyCall } from "../../../templates/runtime/call/tool-call.js";
import type { Policy } from "../../../templates/runtime/policies/policy.js";
import { timeout } from "../../../templates/runtime/policies/timeout.js";
import { callWith, done, outcomeOf, tool } from "./calls.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const compose = (policies: readonly Policy[], inner: Next): Next => composePolicies({ policies, tool, inner });

/** Takes so long, whatever its signal says. */
const slow =
  (milliseconds: number, seen: PolicyCall[] = []): Next =>
  (call) => (seen.push(call), new Promise((resolve) => setTimeout(() => resolve(done), milliseconds)));

const policies: readonly [string, Policy][] = [
  ["timeout", timeout({ total: "2s" })],
  ["attemptTimeout", attemptTimeout({ each: "2s" })],
];

test.each(policies)("%s: in time, the result is the result and no timer is left", async (_, policy) => {
  const seen: PolicyCall[] = [];
  const outcome = outcomeOf(compose([policy], slow(1_999, seen))(callWith()));
  await vi.advanceTimersByTimeAsync(1_999);
  expect(outcome()).toEqual({ value: done });
  expect(vi.getTimerCount()).toBe(0);
  expect(seen[0]?.signal.aborted).toBe(true);
});

test.each(policies)(
  "%s: out of time, it fails at once and the signal is aborted with the reason",
  async (_, policy) => {
    const seen: PolicyCall[] = [];
    const outcome = outcomeOf(compose([policy], slow(9_000, seen))(callWith()));
    await vi.advanceTimersByTimeAsync(1_999);
    expect(outcome()).toBeUndefined();
    expect(seen[0]?.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    const error = outcome()?.error;
    expect(classifyError(error)).toEqual({
      kind: "timeout",
      exposed: true,
      message: "`lookup` did not finish within 2 s and was stopped. What it had begun may have happened.",
    });
    expect(seen[0]?.signal.reason).toBe(error);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(outcome()).toEqual({ error });
  },
);

test.each(policies)("%s: a rejection after the end is nobody's error", async (_, policy) => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  const late: Next = () => new Promise((_resolve, reject) => setTimeout(() => reject(new Error("late")), 5_000));
  const outcome = outcomeOf(compose([policy], late)(callWith()));
  await vi.advanceTimersByTimeAsync(6_000);
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off("unhandledRejection", note);
  expect(classifyError(outcome()?.error).kind).toBe("timeout");
  expect(unhandled).toEqual([]);
});

test.each(policies)("%s: a cancelled call is no timeout, and is not waited for", async (_, policy) => {
  const controller = new AbortController();
  const seen: PolicyCall[] = [];
  const outcome = outcomeOf(compose([policy], slow(9_000, seen))(callWith({ signal: controller.signal })));
  await vi.advanceTimersByTimeAsync(500);
  const reason = new DOMException("The client has cancelled.", "AbortError");
  controller.abort(reason);
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome()).toEqual({ error: reason });
  expect(seen[0]?.signal.reason).toBe(reason);
});

test.each(policies)("%s: what is cancelled already never starts", async (_, policy) => {
  const seen: PolicyCall[] = [];
  const outcome = outcomeOf(compose([policy], slow(1, seen))(callWith({ signal: AbortSignal.abort("over") })));
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome()).toEqual({ error: "over" });
  expect(seen).toEqual([]);
});

test.each(policies)("%s: what is thrown before the first await is a failure like any other", async (_, policy) => {
  const error = new Error("at once");
  const outcome = outcomeOf(
    compose([policy], () => {
      throw error;
    })(callWith()),
  );
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome()).toEqual({ error });
  expect(vi.getTimerCount()).toBe(0);
});

test("the deadline of all attempts is counted from before the first layer: waiting for a turn counts", async () => {
  const waiting: Policy = {
    kind: "concurrency",
    bind: () => async (call, next) => (await new Promise((resolve) => setTimeout(resolve, 1_500)), next(call)),
  };
  const start = performance.now();
  const seen: PolicyCall[] = [];
  const outcome = outcomeOf(compose([timeout({ total: "2s" }), waiting], slow(1_000, seen))(callWith()));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(seen[0]?.deadline).toBe(start + 2_000);
  expect(classifyError(outcome()?.error).kind).toBe("timeout");
});

test("what is out of time before its turn never starts", async () => {
  const seen: PolicyCall[] = [];
  const call = callWith({ deadline: performance.now() - 1 });
  const outcome = outcomeOf(compose([timeout({ total: "2s" })], slow(1, seen))(call));
  await vi.advanceTimersByTimeAsync(0);
  expect(classifyError(outcome()?.error).kind).toBe("timeout");
  expect(seen).toEqual([]);
});

test("the earlier of two deadlines ends the work, and says its own time", async () => {
  const seen: PolicyCall[] = [];
  const run = compose([timeout({ total: "3s" }), attemptTimeout({ each: "5s" })], slow(9_000, seen));
  const outcome = outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(outcome()?.error).toMatchObject({ message: expect.stringContaining("within 3 s") as string });
  expect(seen[0]?.deadline).toBe(3_000 + (performance.now() - 3_000));
});

test("a limit of many days does not fire at once", async () => {
  const outcome = outcomeOf(compose([timeout({ total: "90d" })], slow(60_000))(callWith()));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(outcome()).toEqual({ value: done });
});

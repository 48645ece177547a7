// One call after the other for each key: none lost, none in the way of another key, none that waits for itself.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countServer } from "../../../templates/runtime/lifecycle/resources.js";
import { createKeyedMutex } from "../../../templates/runtime/lock/keyed-mutex.js";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import type { Next } from "../../../templates/runtime/call/tool-call.js";
import type { Policy } from "../../../templates/runtime/policies/policy.js";
import { serialize } from "../../../templates/runtime/policies/serialize.js";
import { timeout } from "../../../templates/runtime/policies/timeout.js";
import { callWith, done, outcomeOf, tool } from "./calls.js";

let close: () => Promise<void>;
beforeEach(() => {
  close = countServer();
  vi.useFakeTimers();
});
// What one test holds is forgotten before the next.
afterEach(async () => {
  vi.useRealTimers();
  await close();
});

const compose = (policies: readonly Policy[], inner: Next, name: string = tool.name): Next =>
  composePolicies({ policies, tool: { ...tool, name }, inner });
const byAccount = serialize({ key: "account:{accountId}", timeout: "60s" });
const after = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const onAccount = (accountId: unknown) => callWith({ wire: { accountId } });

/** Reads, thinks, writes: what is lost without a lock. */
function account(milliseconds: number) {
  const state = { balance: 0, inside: 0, most: 0 };
  const next: Next = async () => {
    state.inside += 1;
    state.most = Math.max(state.most, state.inside);
    const { balance } = state;
    await after(milliseconds);
    state.balance = balance + 1;
    state.inside -= 1;
    return done;
  };
  return { state, next };
}

test("100 increments at the same time are 100", async () => {
  const { state, next } = account(10);
  const run = compose([byAccount], next);
  const outcomes = Array.from({ length: 100 }, () => outcomeOf(run(onAccount("a"))));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(outcomes.every((outcome) => outcome()?.value === done)).toBe(true);
  expect(state).toMatchObject({ balance: 100, most: 1 });
});

test("two tools with the same key exclude each other; two keys do not", async () => {
  const { state, next } = account(100);
  const [deposit, withdraw] = [compose([byAccount], next, "deposit"), compose([byAccount], next, "withdraw")];
  outcomeOf(deposit(onAccount("a")));
  outcomeOf(withdraw(onAccount("a")));
  await vi.advanceTimersByTimeAsync(200);
  expect(state).toMatchObject({ balance: 2, most: 1 });
  // Values of another type are another key.
  for (const id of ["b", "c", 1, "1", undefined]) outcomeOf(deposit(onAccount(id)));
  await vi.advanceTimersByTimeAsync(0);
  expect(state.inside).toBe(5);
});

test("who waits too long is refused; the holder's time limit lets the next one in", async () => {
  const hang: Next = () => new Promise(() => undefined);
  const run = compose([serialize({ key: "k", timeout: "2s" }), timeout({ total: "3s" })], hang);
  const [holder, second] = [outcomeOf(run(callWith())), outcomeOf(run(callWith()))];
  await vi.advanceTimersByTimeAsync(2_000);
  expect(second()?.error).toMatchObject({
    code: "OVERLOADED",
    message: "`lookup` was not started: another call with the same k was still running after 2 s.",
  });
  await vi.advanceTimersByTimeAsync(500);
  const third = outcomeOf(run(callWith()));
  await vi.advanceTimersByTimeAsync(500);
  expect(holder()?.error).toMatchObject({ name: "TimeoutError" });
  // In, and out of its own time three seconds after it came.
  await vi.advanceTimersByTimeAsync(2_499);
  expect(third()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(third()?.error).toMatchObject({ name: "TimeoutError" });
  expect(vi.getTimerCount()).toBe(0);
});

test("who is cancelled while waiting leaves at once; the lock goes to the next whatever becomes of the holder", async () => {
  let calls = 0;
  const run = compose([byAccount], async () => {
    calls += 1;
    await after(100);
    throw new Error("no");
  });
  const controller = new AbortController();
  outcomeOf(run(onAccount("a")));
  const gone = outcomeOf(run({ ...onAccount("a"), signal: controller.signal }));
  const last = outcomeOf(run(onAccount("a")));
  controller.abort("gone");
  await vi.advanceTimersByTimeAsync(0);
  expect(gone()).toEqual({ error: "gone" });
  await vi.advanceTimersByTimeAsync(200);
  expect(last()?.error).toMatchObject({ message: "no" });
  expect(calls).toBe(2);
});

test("a call that asks for what it holds itself is told so instead of waiting for ever", async () => {
  const inner = compose([byAccount], () => Promise.resolve(done), "withdraw");
  const outer = compose([byAccount], async (call) => inner({ ...call, tool: "withdraw" }), "transfer");
  const outcome = outcomeOf(outer(onAccount("a")));
  await vi.advanceTimersByTimeAsync(0);
  expect(outcome()?.error).toMatchObject({ message: expect.stringContaining("holds this lock already") as string });
  const other = compose([byAccount], async (call) => inner({ ...call, wire: { accountId: "b" } }), "transfer");
  const free = outcomeOf(other(onAccount("a")));
  await vi.advanceTimersByTimeAsync(0);
  expect(free()?.value).toBe(done);
});

test("what a call starts and leaves running holds nothing once the call is over: it waits as others do", async () => {
  const background: (() => unknown)[] = [];
  const inner = compose([byAccount], () => Promise.resolve(done), "withdraw");
  const outer = compose([byAccount], async (call) => {
    background.push(outcomeOf(after(20).then(() => inner(call))));
    await after(10);
    return done;
  });
  outcomeOf(outer(onAccount("a")));
  outcomeOf(compose([byAccount], () => after(90).then(() => done))(onAccount("a")));
  await vi.advanceTimersByTimeAsync(99);
  expect(background[0]?.()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(background[0]?.()).toEqual({ value: done });
});

test("keys are kept only while somebody holds or waits for them", async () => {
  const mutex = createKeyedMutex({ queue: 1 });
  const full = () => new Error("full");
  const { signal } = new AbortController();
  const runs = ["a", "a", "a", "b"].map((key) => outcomeOf(mutex.run(key, { signal, full }, () => after(100))));
  await vi.advanceTimersByTimeAsync(0);
  expect(mutex.size()).toBe(2);
  expect(runs[2]?.()).toMatchObject({ error: { message: "full" } });
  await vi.advanceTimersByTimeAsync(100);
  expect(mutex.size()).toBe(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(mutex.size()).toBe(0);
});

test("thousands of keys at once, real time: none is left behind", async () => {
  vi.useRealTimers();
  const mutex = createKeyedMutex({ queue: 100 });
  const inside = new Map<number, number>();
  await Promise.all(
    Array.from({ length: 5_000 }, async (_, index) => {
      const key = index % 1_000;
      const { signal } = new AbortController();
      await mutex.run(String(key), { signal, full: () => new Error("full") }, async () => {
        expect(inside.get(key) ?? 0).toBe(0);
        inside.set(key, 1);
        await sleep(1);
        inside.set(key, 0);
      });
    }),
  );
  expect(mutex.size()).toBe(0);
});

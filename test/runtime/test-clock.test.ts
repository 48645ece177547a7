// The clock of a project's tests governs what waits and ages in the runtime.
import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, expect, test } from "vitest";
import { createBreaker } from "../../templates/runtime/resilience/breaker.js";
import { runBounded } from "../../templates/runtime/resilience/bounded.js";
import { countInMemory } from "../../templates/runtime/resilience/memory-counter.js";
import { pause } from "../../templates/runtime/resilience/pause.js";
import { mockCache } from "../../templates/runtime/cache/mock.js";
import { testClock, type TestClock } from "../../templates/runtime/testing/clock.js";
import { clock as runtimeClock } from "../../templates/runtime/time/clock.js";

let clock: TestClock | undefined;
afterEach(() => clock?.restore());

const never = new AbortController().signal;

test("time passes only when it is told to, from a date of one's own", async () => {
  clock = testClock({ at: "2030-01-01T00:00:00Z" });
  expect(clock.now).toBe(Date.UTC(2030, 0, 1));
  await clock.advance("5m");
  expect(runtimeClock.wall()).toBe(Date.UTC(2030, 0, 1, 0, 5));
  expect(runtimeClock.now()).toBe(300_000);
});

test("timers run in the order of their times, and what they start within the span runs too", async () => {
  clock = testClock();
  const seen: string[] = [];
  const wait = async (name: string, ...spans: readonly number[]): Promise<void> => {
    for (const span of spans) {
      await pause(span, never);
      seen.push(`${name} ${String(runtimeClock.now())}`);
    }
  };
  const works = [wait("a", 20, 20, 200), wait("b", 30), wait("c", 20, 0)];
  await clock.advance(50);
  expect(seen).toEqual(["a 20", "c 20", "c 20", "b 30", "a 40"]);
  expect(clock.waiting).toBe(1);
  await clock.advance("1s");
  await Promise.all(works);
  expect(clock.waiting).toBe(0);
});

test("a timer runs in the call that has started it, and not once it is stopped", async () => {
  clock = testClock();
  const call = new AsyncLocalStorage<string>();
  const seen: (string | undefined)[] = [];
  call.run("first", () => runtimeClock.startTimer(10, () => seen.push(call.getStore())));
  runtimeClock.startTimer(10, () => seen.push("stopped"))();
  runtimeClock.startTimer(0, () => seen.push("stopped at once"))();
  await clock.advance(10);
  expect(seen).toEqual(["first"]);
});

test("limits, circuits, rates and what is cached go by it", async () => {
  clock = testClock();
  const late = runBounded(
    { signal: never, limit: { milliseconds: 60_000, error: () => new Error("late") } },
    async () => new Promise(() => undefined),
  ).catch((error: unknown) => error);
  const breaker = createBreaker({ rate: 0.5, window: 1_000, min: 1, reset: 60_000 }, () => undefined);
  const probe = breaker.admit();
  if (probe.kind === "admitted") probe.settle("failure");
  const use = countInMemory({ points: 1, duration: 60 });
  const cache = mockCache();
  await cache.set("a", 1, { ttl: "1m" });
  expect([breaker.admit().kind, use("a"), use("a"), await cache.get("a")]).toEqual(["refused", 0, 60_000, 1]);
  await clock.advance("1m");
  expect(await late).toEqual(new Error("late"));
  expect([breaker.admit().kind, use("a"), await cache.get("a")]).toEqual(["admitted", 0, undefined]);
});

test("there is one at a time, and the machine's afterwards", () => {
  clock = testClock();
  expect(() => testClock()).toThrow("in place already");
  clock.restore();
  expect(runtimeClock.now()).toBeGreaterThan(0);
  expect(() => testClock({ at: "never" })).toThrow("is not a date");
  clock = testClock();
});

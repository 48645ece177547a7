// The chance of a project's tests is the same each time, for what the runtime leaves to chance.
import { afterEach, expect, test } from "vitest";
import { jitter } from "../../templates/runtime/cache/stored/entry.js";
import type { Next } from "../../templates/runtime/call/tool-call.js";
import { countServer } from "../../templates/runtime/lifecycle/resources.js";
import { composePolicies } from "../../templates/runtime/policies/compose.js";
import { retry } from "../../templates/runtime/policies/retry.js";
import { testClock, type TestClock } from "../../templates/runtime/testing/clock.js";
import { testRandom, type TestRandom } from "../../templates/runtime/testing/random.js";
import { clock as runtimeClock } from "../../templates/runtime/time/clock.js";
import { random } from "../../templates/runtime/time/random.js";
import { callWith, done, tool } from "./policies/calls.js";

let chance: TestRandom | undefined;
let clock: TestClock | undefined;
afterEach(() => {
  chance?.restore();
  clock?.restore();
});

function withSeed<T>(seed: number, ask: () => T): T {
  chance = testRandom(seed);
  const answer = ask();
  chance.restore();
  return answer;
}

test("the same numbers for the same seed, between 0 and 1, and the machine's afterwards", () => {
  const draw = () => Array.from({ length: 100 }, () => random.next());
  const numbers = withSeed(7, draw);
  expect(withSeed(7, draw)).toEqual(numbers);
  expect(withSeed(8, draw)).not.toEqual(numbers);
  expect(new Set(numbers).size).toBe(100);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(draw()).not.toEqual(draw());
});

test("there is one at a time, of a whole number", () => {
  expect(() => testRandom(0.5)).toThrow("not a seed");
  chance = testRandom(1);
  expect(() => testRandom(1)).toThrow("in place already");
});

test("pauses between attempts and the ages of what is cached are drawn from it", async () => {
  const lifetime = { ttl: 1_000, l1: 0, swr: 0, spare: 0 };
  const age = () => jitter(lifetime).ttl;
  expect(withSeed(3, age)).toBe(withSeed(3, age));

  const first = await pausesOf(3);
  expect(await pausesOf(3)).toEqual(first);
  expect(await pausesOf(4)).not.toEqual(first);
  const [before2 = Infinity, before3 = Infinity] = first;
  expect(before2).toBeLessThanOrEqual(100);
  expect(before3).toBeLessThanOrEqual(200);
});

async function pausesOf(seed: number): Promise<readonly number[]> {
  const discount = countServer();
  chance = testRandom(seed);
  clock = testClock();
  const times: number[] = [];
  const failTwice: Next = () => {
    times.push(runtimeClock.now());
    return times.length < 3 ? Promise.reject(Object.assign(new Error("no"), { status: 503 })) : Promise.resolve(done);
  };
  const answer = composePolicies({ policies: [retry({ attempts: 3 })], tool, inner: failTwice })(callWith());
  await clock.advance("1s");
  expect(await answer).toBe(done);
  clock.restore();
  chance.restore();
  await discount();
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

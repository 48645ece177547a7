// When Redis is worth a try, on a clock of the test's own.
import { expect, test } from "vitest";
import { createBreaker } from "../../../templates/runtime/redis/breaker.js";

function begin() {
  const seen: string[] = [];
  const breaker = createBreaker({
    failures: 3,
    pauseMilliseconds: 1_000,
    onOpen: () => seen.push("open"),
    onClose: () => seen.push("close"),
  });
  const fail = (now: number) => breaker.admit(now)?.fail(now);
  return { seen, breaker, fail };
}

test("three failures in a row open it; a success in between begins the row anew", () => {
  const { seen, breaker, fail } = begin();
  fail(0);
  fail(0);
  breaker.admit(0)?.succeed();
  fail(0);
  fail(0);
  expect(seen).toEqual([]);
  fail(0);
  expect(seen).toEqual(["open"]);
  expect(breaker.admit(999)).toBeUndefined();
});

test("after the pause one call is the probe, and nobody else; its failure is another pause", () => {
  const { seen, breaker, fail } = begin();
  [0, 0, 0].forEach(fail);
  const probe = breaker.admit(1_000);
  expect(probe).toBeDefined();
  expect(breaker.admit(1_000)).toBeUndefined();
  probe?.fail(1_100);
  expect(breaker.admit(2_099)).toBeUndefined();
  breaker.admit(2_100)?.succeed();
  expect(seen).toEqual(["open", "close"]);
  expect(breaker.admit(2_100)).toBeDefined();
});

test("what was admitted before it opened neither closes it nor opens it again", () => {
  const { seen, breaker, fail } = begin();
  const early = [breaker.admit(0), breaker.admit(0)];
  [0, 0, 0].forEach(fail);
  early[0]?.succeed();
  early[1]?.fail(500);
  expect(seen).toEqual(["open"]);
  expect(breaker.admit(999)).toBeUndefined();
  expect(breaker.admit(1_000)).toBeDefined();
});

// Spans of time → milliseconds.
import { expect, test } from "vitest";
import type { Duration } from "../../../templates/runtime/contracts/index.js";
import { toMilliseconds } from "../../../templates/runtime/time/duration.js";

test.each<[Duration, number]>([
  [250, 250],
  [0, 0],
  ["250ms", 250],
  ["1.5s", 1_500],
  ["5m", 300_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
])("%s is %s ms", (duration, milliseconds) => expect(toMilliseconds(duration)).toBe(milliseconds));

test.each(["", "5", "5 m", "-1s", "1w", "s", -1, Number.NaN, Infinity])("%s is none", (text) => {
  expect(() => toMilliseconds(text as Duration)).toThrow(/is not a duration/);
});

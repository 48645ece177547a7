// Spans of time as options and tags write them → milliseconds.
import type { Duration } from "../contracts/index.js";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Throws for what is no span of time: a negative number, a unit that is none. */
export function toMilliseconds(duration: Duration): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(duration)) ?? [];
  const milliseconds = typeof duration === "number" ? duration : Number(number) * (units[unit] ?? Number.NaN);
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds;
  throw new RangeError(`${JSON.stringify(duration)} is no span of time, such as "30s" or 500 (milliseconds)`);
}

/** As a sentence says it: `250 ms`, `1.5 s`, `5 min`. */
export function describeMilliseconds(milliseconds: number): string {
  if (milliseconds < 1_000) return `${String(Math.round(milliseconds))} ms`;
  if (milliseconds < 120_000) return `${String(Math.round(milliseconds / 100) / 10)} s`;
  return `${String(Math.round(milliseconds / 6_000) / 10)} min`;
}

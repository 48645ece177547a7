/** Durations of calls → the figures that stand for them. */

/** Times in microseconds. */
export interface Figures {
  readonly samples: number;
  /** Of these, how many were answered with an error. */
  readonly failed: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly p99: number;
  /** Calls a second, one after the other. */
  readonly perSecond: number;
  /** Of the heap, for a call; absent where collections hid it. */
  readonly bytes?: number;
  /** Collections of the garbage collector while the calls were timed. */
  readonly gc: { readonly count: number; readonly milliseconds: number };
}

/** Of one call each, in milliseconds. */
export function summarize(durations: readonly number[]): Omit<Figures, "failed" | "bytes" | "gc"> {
  const sorted = [...durations].sort((a, b) => a - b);
  const at = (quantile: number): number => round(quantileOf(sorted, quantile) * 1_000);
  const total = durations.reduce((sum, duration) => sum + duration, 0);
  return {
    samples: durations.length,
    p25: at(0.25),
    p50: at(0.5),
    p75: at(0.75),
    p95: at(0.95),
    p99: at(0.99),
    perSecond: total === 0 ? 0 : round((durations.length / total) * 1_000),
  };
}

/** The smallest value that so large a part of them does not exceed. */
export function quantileOf(sorted: readonly number[], quantile: number): number {
  const index = Math.max(0, Math.ceil(sorted.length * quantile) - 1);
  return sorted[index] ?? 0;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

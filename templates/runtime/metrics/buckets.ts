// Which buckets a histogram has: by the unit that its name ends with, as Prometheus's conventions have it.

const bytes = [1_000, 4_000, 16_000, 64_000, 256_000, 1_000_000, 4_000_000, 16_000_000, 64_000_000, 256_000_000];
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const milliseconds = seconds.map((bound) => bound * 1_000);
const ratios = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];
/** Of counts: rows, items, attempts. */
const others = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000];

export function boundsFor(name: string): readonly number[] {
  if (/_(?:seconds|s)$/.test(name)) return seconds;
  if (/_(?:milliseconds|ms)$/.test(name)) return milliseconds;
  if (/_bytes$/.test(name)) return bytes;
  return /_ratio$/.test(name) ? ratios : others;
}

/** The index of the first bound that is not below the value; one past the last where all are. */
export function findBucket(bounds: readonly number[], value: number): number {
  const index = bounds.findIndex((bound) => value <= bound);
  return index === -1 ? bounds.length : index;
}

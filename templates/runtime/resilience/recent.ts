// How often something has happened lately: a sliding window in ten buckets, on the monotonic clock.

export interface RecentCount {
  add(): void;
  /** Within the window, the current bucket included. */
  read(): number;
  clear(): void;
}

const buckets = 10;

export function countRecent(milliseconds: number): RecentCount {
  const width = milliseconds / buckets;
  const counts = Array.from({ length: buckets }, () => 0);
  let current = 0;

  const advance = (): number => {
    const now = Math.floor(performance.now() / width);
    // As many as have passed; after a whole window, all.
    const passed = Math.min(now - current, buckets);
    for (let step = 0; step < passed; step += 1) counts[(now - step) % buckets] = 0;
    current = now;
    return now % buckets;
  };

  return {
    add() {
      const bucket = advance();
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    },
    read() {
      advance();
      return counts.reduce((sum, count) => sum + count, 0);
    },
    clear() {
      counts.fill(0);
    },
  };
}

// Timers for any span of time: Node's own fire at once where the span is longer than 25 days.

const longest = 2 ** 31 - 1;

/** Runs `work` after so many milliseconds, unless what it returns is called before. */
export function startTimer(milliseconds: number, work: () => void): () => void {
  const timer = setTimeout(work, Math.min(milliseconds, longest));
  return () => clearTimeout(timer);
}

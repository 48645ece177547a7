/** One call, again and again → its figures: how long it takes, then what it allocates, in passes of their own. */
import { PerformanceObserver } from "node:perf_hooks";
import type { Send } from "./calls.js";
import { failureOf } from "./calls.js";
import { quantileOf, summarize, type Figures } from "./figures.js";

/** Calls before any of them counts: those in which the engine compiles. */
const warmUp = { count: 1_000, milliseconds: 500 };
/** Unless there are not enough samples by then. */
const timed = { count: 5_000, milliseconds: 1_500 };
/** Of so many calls each, or fewer where they are slow. */
const batches = { count: 25, milliseconds: 1_000 };
const batchSize = 20;
const fewestBatches = 3;

/** `samples`: how many there are at least, however long it takes. */
export async function measure(send: Send, samples: number): Promise<Figures> {
  await repeat(send, warmUp);
  const durations: number[] = [];
  let failed = 0;
  const collected = await watchCollections(async () => {
    const before = performance.now();
    while (durations.length < samples || isWithin(timed, durations.length, before)) {
      const started = performance.now();
      const answer = await send();
      durations.push(performance.now() - started);
      if (failureOf(answer) !== undefined) failed += 1;
    }
  });
  const summary = summarize(durations);
  const bytes = await measureBytes(send, summary.p50 / 1_000);
  return { ...summary, failed, ...(bytes !== undefined && { bytes }), gc: collected };
}

interface Limit {
  readonly count: number;
  readonly milliseconds: number;
}

async function repeat(send: Send, limit: Limit): Promise<void> {
  const before = performance.now();
  for (let calls = 0; isWithin(limit, calls, before); calls += 1) await send();
}

function isWithin({ count, milliseconds }: Limit, made: number, since: number): boolean {
  return made < count && performance.now() - since < milliseconds;
}

async function watchCollections(work: () => Promise<void>): Promise<Figures["gc"]> {
  let [count, milliseconds] = [0, 0];
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      count += 1;
      milliseconds += duration;
    }
  });
  observer.observe({ entryTypes: ["gc"] });
  await work();
  // What has been seen is told in a later turn of the event loop.
  await new Promise((resolve) => setTimeout(resolve, 5));
  observer.disconnect();
  return { count, milliseconds: Math.round(milliseconds * 10) / 10 };
}

/** The median of some batches; not of those in which the heap was swept, and has shrunk. */
async function measureBytes(send: Send, milliseconds: number): Promise<number | undefined> {
  if (globalThis.gc === undefined) return undefined;
  const calls = Math.min(batchSize, Math.max(1, Math.floor(50 / milliseconds)));
  const found: number[] = [];
  // Once, and not before each batch: what the engine forgets with it has to be made again.
  globalThis.gc();
  const started = performance.now();
  for (let batch = 0; batch < fewestBatches || isWithin(batches, batch, started); batch += 1) {
    const before = process.memoryUsage().heapUsed;
    for (let call = 0; call < calls; call += 1) await send();
    const grown = process.memoryUsage().heapUsed - before;
    if (grown > 0) found.push(grown / calls);
  }
  if (found.length === 0) return undefined;
  return Math.round(
    quantileOf(
      found.sort((a, b) => a - b),
      0.5,
    ),
  );
}

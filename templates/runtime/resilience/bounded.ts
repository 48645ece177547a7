// One piece of work under a signal and a time limit of its own: settles with the work, or at once when it is
// cancelled or out of time. What the work does afterwards is nobody's result and nobody's error.
import { setMaxListeners } from "node:events";
import { startTimer } from "../time/timer.js";

export interface Bounds {
  /** Of those who wait: aborted when they do not wait any more. */
  readonly signal: AbortSignal;
  readonly limit?: TimeLimit | undefined;
}

export interface TimeLimit {
  readonly milliseconds: number;
  /** What it fails with, and what its signal is aborted with, when time is up. */
  error(): Error;
}

/** The signal that `work` gets is aborted in any case: afterwards nothing that it started needs to go on. */
export async function runBounded<T>({ signal, limit }: Bounds, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  if (limit !== undefined && limit.milliseconds <= 0) throw limit.error();
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return new Promise<T>((resolve, reject) => {
    const release = (reason: unknown): void => {
      stopTimer?.();
      signal.removeEventListener("abort", cancel);
      controller.abort(reason);
    };
    const stop = (reason: Error): void => {
      reject(reason);
      release(reason);
    };
    const cancel = (): void => stop(signal.reason as Error);
    const stopTimer = limit && startTimer(limit.milliseconds, () => stop(limit.error()));
    signal.addEventListener("abort", cancel, { once: true });
    started(work, controller.signal).then(
      (value) => {
        resolve(value);
        release(settled);
      },
      (error: unknown) => stop(error as Error),
    );
  });
}

/** What it throws before its first `await` is a rejection too. */
async function started<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  return work(signal);
}

const settled = new DOMException("The call has settled.", "AbortError");

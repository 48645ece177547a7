/** The page of `@worker`; see policy-pages.ts. */
import type { PolicyPage } from "./policy-page.js";

export const workerPage: PolicyPage = {
  title: "compute in a thread",
  text: [
    "Runs the function in a thread of its own, so that other calls are answered while it computes. There are at most as many threads as cores, or WORKER_THREADS where that is less; 256 calls may wait for one, all others are refused at once.",
    "When the call is cancelled or its time is up, the thread is ended in the middle of whatever it does: the function needs no `AbortSignal`. A thread that crashes or runs out of memory fails its call alone.",
    "Arguments and results are copied from thread to thread: data only, nothing that is injected, no `URL` and no `Buffer`. Each thread has the variables of modules for itself.",
  ],
  keys: {},
  example: `/**
 * Adds up the numbers below a limit, one by one.
 *
 * @worker
 */
export function addUp(limit: number): number {
  let sum = 0;
  for (let number = 1; number < limit; number += 1) sum += number;
  return sum;
}`,
  calls: [{ tool: "addUp", arguments: { limit: 1000 }, answer: "499500" }],
};

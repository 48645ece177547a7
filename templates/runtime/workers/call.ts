// What a generated tool calls in place of its function: the same function with the same arguments, in a thread.
import type { Outcome } from "./define.js";
import { unpackFailure } from "./failure.js";
import { runInThread } from "./threads.js";

/** When `signal` is aborted the thread is ended, whatever it does, and the call fails with the signal's reason. */
export async function inWorker<Work extends (...given: never[]) => unknown>(
  tool: string,
  given: Parameters<Work>,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<Work>>> {
  const outcome: Outcome = await runInThread({ tool, arguments: given }, signal);
  if (outcome.kind === "failure") throw unpackFailure(outcome.failure);
  // It is the function's own, copied.
  return outcome.value as Awaited<ReturnType<Work>>;
}

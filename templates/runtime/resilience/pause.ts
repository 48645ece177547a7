// Waiting that can be called off.
import { startTimer } from "../time/timer.js";

/** Rejects at once with the signal's reason when it is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const cancel = (): void => {
      stopTimer();
      reject(signal.reason as Error);
    };
    const stopTimer = startTimer(milliseconds, () => {
      signal.removeEventListener("abort", cancel);
      resolve();
    });
    signal.addEventListener("abort", cancel, { once: true });
  });
}

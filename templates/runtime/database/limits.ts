// How long the running call waits for the database: until its signal aborts or its time is over.
import { currentScope, narrowScope } from "../call/scope.js";

/**
 * Settles as `work` does, unless the call has no use for that any more: then it rejects with the call's reason, at once.
 * What has begun goes on; `onLeave` may stop it.
 */
export async function whileCalled<T>(work: () => Promise<T>, onLeave: () => void = () => undefined): Promise<T> {
  const scope = currentScope();
  if (scope === undefined) return work();
  const { signal, deadline } = scope;
  signal.throwIfAborted();
  const remaining = deadline === undefined ? undefined : deadline - performance.now();
  if (remaining !== undefined && remaining <= 0) throw timeIsOver();
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const left = new Promise<never>((_resolve, reject) => {
    const leave = (reason: unknown): void => {
      reject(reason instanceof Error ? reason : new Error("The call was aborted.", { cause: reason }));
      onLeave();
    };
    onAbort = () => leave(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    if (remaining !== undefined && remaining < longestTimer) timer = setTimeout(() => leave(timeIsOver()), remaining);
  });
  try {
    return await Promise.race([work(), left]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
}

/** For what must be done whatever became of the call: closing what it has opened. */
export async function beyondCall<T>(work: () => Promise<T>): Promise<T> {
  return narrowScope({ signal: new AbortController().signal, deadline: Number.POSITIVE_INFINITY }, work);
}

/** Beyond it Node's timers fire at once. */
const longestTimer = 2 ** 31 - 1;

function timeIsOver(): Error {
  return new DOMException("The call has no time left for the database.", "TimeoutError");
}

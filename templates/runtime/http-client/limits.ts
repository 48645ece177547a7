// How long a request may take, in all: its own timeout, what the call has left, and the signals of both.
import { setMaxListeners } from "node:events";
import { currentScope } from "../call/scope.js";
import { timeoutError, type Asked } from "./errors.js";

export interface Limits {
  /** Aborted when the time is over or nobody waits any more; the reason is what the request fails with. */
  readonly signal: AbortSignal;
  /** Milliseconds. */
  timeLeft(): number;
  /** Call when all is read or given up; more often than once does no harm. */
  readonly release: () => void;
}

export interface Limiting {
  readonly milliseconds: number;
  readonly signal: AbortSignal | undefined;
}

export function limitRequest(asked: Asked, { milliseconds, signal }: Limiting): Limits {
  const scope = currentScope();
  const started = performance.now();
  const end = Math.min(started + milliseconds, scope?.deadline ?? Number.POSITIVE_INFINITY);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(timeoutError(asked, end - started)), Math.max(0, end - started));
  // `AbortSignal.any` would hold on to every signal it ever joined.
  const followed = [scope?.signal, signal]
    .filter((source) => source !== undefined)
    .map((source) => follow(source, controller));
  return {
    signal: controller.signal,
    timeLeft: () => end - performance.now(),
    release: () => {
      clearTimeout(timer);
      for (const stop of followed) stop();
    },
  };
}

function follow(source: AbortSignal, controller: AbortController): () => void {
  // A call may have any number of requests under way: Node would warn of a leak.
  setMaxListeners(0, source);
  const onAbort = (): void => controller.abort(source.reason);
  if (source.aborted) onAbort();
  source.addEventListener("abort", onAbort, { once: true });
  return () => source.removeEventListener("abort", onAbort);
}

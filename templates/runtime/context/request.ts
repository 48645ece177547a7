// Runs one call in a context of its own: an id, a signal, a logger, progress. When the call settles, its
// signal is aborted, so that whatever it started and did not await stops too.
import { randomUUID } from "node:crypto";
import type { Context } from "../contracts/index.js";
import { log } from "../logging/logger.js";
import type { Contracts } from "../tools/definition.js";
import type { CallEnvironment } from "./environment.js";
import { createProgress, silentProgress } from "./progress.js";
import { addBackground, addCall, removeCall } from "./running.js";
import { runInScope } from "./scope.js";

export interface Request {
  readonly requestId: string;
  readonly contracts: Contracts;
}

/** `work` may throw; the context is closed either way. */
export async function runRequest<T>(
  tool: string,
  environment: CallEnvironment,
  work: (request: Request) => Promise<T>,
): Promise<T> {
  const requestId = randomUUID();
  const controller = new AbortController();
  const call = { abort: (reason: unknown) => controller.abort(reason) };
  const progress = environment.sendProgress ? createProgress(environment.sendProgress) : silentProgress;
  const { signal } = controller;
  const context: Context = {
    requestId,
    tool,
    signal,
    log,
    progress: progress.report,
    waitUntil: addBackground,
    ...(environment.client && { client: environment.client }),
  };
  const disconnect = follow(environment.signal, controller);
  addCall(call);
  try {
    return await runInScope({ requestId, tool }, () => work({ requestId, contracts: { context, log, signal } }));
  } finally {
    progress.stop();
    disconnect();
    controller.abort(new DOMException("The call has settled.", "AbortError"));
    removeCall(call);
  }
}

/** `AbortSignal.any` would do the same, but on Node 20 it holds on to every signal it ever joined. */
function follow(source: AbortSignal, controller: AbortController): () => void {
  const abort = (): void => controller.abort(source.reason);
  if (source.aborted) abort();
  source.addEventListener("abort", abort, { once: true });
  return () => source.removeEventListener("abort", abort);
}

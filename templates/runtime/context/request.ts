// Runs one call in a context of its own: an id, a signal, a logger, progress. When the call settles, its
// signal is aborted, so that whatever it started and did not await stops too.
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Context } from "../contracts/index.js";
import { log } from "../logging/logger.js";
import { metrics } from "../metrics/metrics.js";
import type { Contracts } from "../tools/definition.js";
import { readTrace } from "../tracing/trace.js";
import type { CallEnvironment } from "./environment.js";
import { createProgress, silentProgress } from "./progress.js";
import { addBackground, addCall, removeCall } from "./running.js";
import { runInScope, type Limits, type RequestScope } from "./scope.js";

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
  const { signal } = controller;
  // As many requests, queries and locks at a time as the function likes: that is no leak.
  setMaxListeners(0, signal);
  const { caller } = environment;
  const trace = readTrace(environment.meta, requestId);
  const scope: RequestScope = { requestId, tool, signal, trace, ...(caller && { caller }) };
  // Listeners run within the call, whoever aborts it: their log lines carry its id.
  const abort = (reason: unknown): void => runInScope(scope, () => controller.abort(reason));
  const call = { abort };
  const progress = environment.sendProgress ? createProgress(environment.sendProgress) : silentProgress;
  const context: Context = {
    requestId,
    tool,
    signal,
    log,
    metrics,
    progress: progress.report,
    waitUntil: (work) => addBackground(typeof work === "function" ? runBeyond(scope, work) : work),
    ...(caller && { caller }),
    ...(environment.client && { client: environment.client }),
  };
  const contracts: Contracts = {
    context,
    log,
    metrics,
    signal,
    progress: progress.report,
    caller,
    requestInfo: { requestId, tool, startedAt: new Date(), traceId: trace.traceId },
  };
  const disconnect = follow(environment.signal, abort);
  addCall(call);
  try {
    return await runInScope(scope, () => work({ requestId, contracts }));
  } finally {
    progress.stop();
    disconnect();
    abort(new DOMException("The call has settled.", "AbortError"));
    removeCall(call);
  }
}

/** Work of the call that neither its deadline nor its end stops; a shutdown out of patience does. */
async function runBeyond<T>(
  { deadline: _, ...scope }: RequestScope,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const running = { abort: (reason: unknown) => controller.abort(reason) };
  addCall(running);
  try {
    return await runInScope({ ...scope, signal }, () => work(signal));
  } finally {
    removeCall(running);
  }
}

/** The contracts of the same call within limits of its own; what goes on after the answer has an id of its own too. */
export function withinLimits(contracts: Contracts, { signal, deadline, requestId }: LimitedCall): Contracts {
  if (signal === contracts.signal && deadline === undefined) return contracts;
  const context: Context = {
    ...contracts.context,
    requestId,
    signal,
    // The wall clock is only for the function to read: nothing here is measured by it.
    ...(deadline !== undefined && { deadline: new Date(Date.now() + deadline - performance.now()) }),
  };
  return { ...contracts, context, signal, requestInfo: { ...contracts.requestInfo, requestId } };
}

interface LimitedCall extends Limits {
  readonly requestId: string;
}

/** `AbortSignal.any` would do the same, but on Node 20 it holds on to every signal it ever joined. */
function follow(source: AbortSignal, abort: (reason: unknown) => void): () => void {
  const onAbort = (): void => abort(source.reason);
  if (source.aborted) onAbort();
  source.addEventListener("abort", onAbort, { once: true });
  return () => source.removeEventListener("abort", onAbort);
}

// Runs one call in a context of its own: an id, a signal, a logger, progress. When the call settles, its
// signal is aborted, so that whatever it started and did not await stops too.
import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { Context, Progress } from "../contracts/index.js";
import { log } from "../logging/logger.js";
import { metrics } from "../metrics/metrics.js";
import type { Contracts } from "../call/tool-call.js";
import { readTrace } from "../call/trace.js";
import type { CallEnvironment } from "../call/environment.js";
import { createProgress, silentProgress, type ProgressReporter } from "./progress.js";
import { addBackground, addCall, removeCall } from "../lifecycle/running.js";
import { derive, runInScope, type Limits, type RequestScope } from "../call/scope.js";

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
  const opened = openRequest(tool, environment);
  addCall(opened);
  try {
    return await runInScope(opened.scope, () => work(opened.request));
  } finally {
    opened.settle();
    removeCall(opened);
  }
}

interface OpenedRequest {
  readonly request: Request;
  readonly scope: RequestScope;
  abort(reason: unknown): void;
  settle(): void;
}

/** One for all: making one takes longer than most calls do. */
const settled = new DOMException("The call has settled.", "AbortError");

/** Nothing is made that nobody reads: an id, a signal, a trace each at its first use. */
function openRequest(tool: string, environment: CallEnvironment): OpenedRequest {
  const { caller } = environment;
  const requestId = once(() => randomUUID());
  const trace = once(() => readTrace(environment.meta, requestId()));
  const cancellation = createCancellation(environment, (work) => runInScope(scope, work));
  let reporter: ProgressReporter | undefined;
  const progress: Progress = (...report) => {
    reporter ??= environment.sendProgress ? createProgress(environment.sendProgress) : silentProgress;
    reporter.report(...report);
  };
  const scope: RequestScope = {
    tool,
    caller,
    get requestId() {
      return requestId();
    },
    get signal() {
      return cancellation.signal();
    },
    get trace() {
      return trace();
    },
  };
  const contracts = createContracts({ scope, environment, progress });
  return {
    scope,
    request: {
      contracts,
      get requestId() {
        return requestId();
      },
    },
    abort: (reason) => cancellation.abort(reason),
    settle: () => {
      reporter?.stop();
      cancellation.end();
    },
  };
}

interface ContractParts {
  readonly scope: RequestScope;
  readonly environment: CallEnvironment;
  readonly progress: Progress;
}

function createContracts({ scope, environment, progress }: ContractParts): Contracts {
  const started = Date.now();
  const { tool } = scope;
  const { caller, client } = environment;
  const context: Context = {
    tool,
    log,
    metrics,
    progress,
    waitUntil: (work) => addBackground(typeof work === "function" ? runBeyond(scope, work) : work),
    ...(caller && { caller }),
    ...(client && { client }),
    get requestId() {
      return scope.requestId;
    },
    get signal() {
      return scope.signal;
    },
  };
  return {
    context,
    log,
    metrics,
    progress,
    caller,
    get signal() {
      return scope.signal;
    },
    get requestInfo() {
      const { requestId, trace } = scope;
      return { requestId, tool, startedAt: new Date(started), traceId: trace?.traceId ?? "" };
    },
  };
}

interface Cancellation {
  signal(): AbortSignal;
  abort(reason: unknown): void;
  /** The call has settled: what still listens stops. */
  end(): void;
}

/** Listeners run `within` the call, whoever aborts it: their log lines carry its id. */
function createCancellation(environment: CallEnvironment, within: (work: () => void) => void): Cancellation {
  let controller: AbortController | undefined;
  let aborted: { readonly reason: unknown } | undefined;
  let disconnect = (): void => undefined;
  const abort = (reason: unknown): void => {
    aborted ??= { reason };
    if (controller !== undefined) within(() => controller?.abort(reason));
  };
  return {
    abort,
    signal() {
      if (controller !== undefined) return controller.signal;
      controller = new AbortController();
      // As many requests, queries and locks at a time as the function likes: that is no leak.
      setMaxListeners(0, controller.signal);
      if (aborted === undefined) disconnect = follow(environment.signal, abort);
      else controller.abort(aborted.reason);
      return controller.signal;
    },
    end() {
      disconnect();
      abort(settled);
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Work of the call that neither its deadline nor its end stops; a shutdown out of patience does. */
async function runBeyond<T>(scope: RequestScope, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const running = { abort: (reason: unknown) => controller.abort(reason) };
  addCall(running);
  try {
    return await runInScope(derive(scope, { signal, deadline: undefined }), () => work(signal));
  } finally {
    removeCall(running);
  }
}

/** The contracts of the same call within limits of its own; what goes on after the answer has an id of its own too. */
export function withinLimits(contracts: Contracts, call: LimitedCall): Contracts {
  const { signal, deadline, requestId } = call;
  if (signal === contracts.signal && deadline === undefined) return contracts;
  const context: Context = {
    ...contracts.context,
    requestId,
    signal,
    // The wall clock is only for the function to read: nothing here is measured by it.
    ...(deadline !== undefined && { deadline: new Date(Date.now() + deadline - performance.now()) }),
  };
  return derive(contracts, { context, signal, requestInfo: { ...contracts.requestInfo, requestId } });
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

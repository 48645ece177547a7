// Which call the running code belongs to, followed through awaits, timers and callbacks.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Caller } from "../contracts/index.js";
import type { Trace } from "./trace.js";

export interface RequestScope {
  readonly requestId: string;
  readonly tool: string;
  /** Of the call, or of the part of it that is running: an attempt, a computation. */
  readonly signal: AbortSignal;
  /** In milliseconds of `performance.now()`; absent without a limit. */
  readonly deadline?: number | undefined;
  readonly caller?: Caller | undefined;
  /** The trace that it is part of, as its client tells, or its own. */
  readonly trace?: Trace | undefined;
}

const storage = new AsyncLocalStorage<RequestScope | undefined>();

export function runInScope<T>(scope: RequestScope, work: () => T): T {
  return storage.run(scope, work);
}

/** For what outlives the call that happens to begin it: a connection that later calls will use. */
export function runOutsideCalls<T>(work: () => T): T {
  return storage.run(undefined, work);
}

/** The call goes on, within limits of its own. */
export function narrowScope<T>({ signal, deadline }: Limits, work: () => T): T {
  const scope = storage.getStore();
  if (scope === undefined || (scope.signal === signal && scope.deadline === deadline)) return work();
  return storage.run(derive(scope, { signal, ...(deadline !== undefined && { deadline }) }), work);
}

/** The same with some of its members changed. What is not changed is still made when it is read. */
export function derive<Whole extends object>(whole: Whole, changes: Partial<Whole>): Whole {
  const members = Object.entries(changes).map(([name, value]) => [name, { value: value, enumerable: true }]);
  return Object.create(whole, Object.fromEntries(members) as PropertyDescriptorMap) as Whole;
}

/** What a part of a call may take: one attempt of several, a computation that outlives its caller. */
export interface Limits {
  readonly signal: AbortSignal;
  /** In milliseconds of `performance.now()`. */
  readonly deadline?: number;
}

/** Undefined outside of calls: at start, at shutdown, in timers that no call has set. */
export function currentScope(): RequestScope | undefined {
  return storage.getStore();
}

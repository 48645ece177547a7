// Which call the running code belongs to, followed through awaits, timers and callbacks.
import { AsyncLocalStorage } from "node:async_hooks";

export interface RequestScope {
  readonly requestId: string;
  readonly tool: string;
}

const storage = new AsyncLocalStorage<RequestScope>();

export function runInScope<T>(scope: RequestScope, work: () => T): T {
  return storage.run(scope, work);
}

/** Undefined outside of calls: at start, at shutdown, in timers that no call has set. */
export function currentScope(): RequestScope | undefined {
  return storage.getStore();
}

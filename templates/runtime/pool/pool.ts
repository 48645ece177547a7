// What a provider makes, several times, for calls to take turns with: each call has one for itself and gives it back.
// Never more are open than `max`; one that a call has failed with is replaced.
import type { Duration } from "../contracts/index.js";
import { within } from "../container/closing.js";
import type { Failed, Leased, Lender } from "../container/scope.js";
import { currentScope, runOutsideCalls, type RequestScope } from "../call/scope.js";
import { classifyError } from "../errors/classify.js";
import type { FailureKind } from "../errors/kinds.js";
import { createRefusal } from "../errors/refusal.js";
import { log } from "../logging/logger.js";
import { metrics } from "../metrics/metrics.js";
import { describeMilliseconds, toMilliseconds } from "../time/duration.js";
import { closeInstance, isSound, openInstance, type Instance, type Maker } from "./instance.js";
import { createPermits, type Permits } from "./permits.js";

export interface PoolOptions {
  /** At most so many are open, 10 unless set. */
  readonly max?: number;
  /** How long a call waits for one, 5 s unless set; then it is refused. */
  readonly acquire?: Duration;
  /** One that nobody has used for so long is closed, 30 s unless set. */
  readonly idle?: Duration;
}

export interface Pool<T> extends Lender<T>, AsyncDisposable {}

/** Calls that may wait at a time. */
const maxWaiting = 100;

interface PoolState<T> {
  readonly name: string;
  readonly maker: Maker<T>;
  readonly max: number;
  readonly acquireMilliseconds: number;
  readonly idleMilliseconds: number;
  /** Whoever has one may have an instance open. */
  readonly permits: Permits;
  /** Those that nobody has, the last used at the end. */
  readonly idle: Instance<T>[];
  readonly leases: Set<Lease>;
  closing: boolean;
}

/** Whose call has one, and since when. */
interface Lease {
  readonly call: RequestScope | undefined;
  readonly since: number;
}

/** Opens a first one, so that what cannot be opened is known before the first call. */
export async function openPool<T>(name: string, maker: Maker<T>, options: PoolOptions = {}): Promise<Pool<T>> {
  const { max = 10, acquire = "5s", idle = "30s" } = options;
  const pool: PoolState<T> = {
    name,
    maker,
    max,
    acquireMilliseconds: toMilliseconds(acquire),
    idleMilliseconds: toMilliseconds(idle),
    permits: createPermits({ max, maxWaiting, refuse: () => overrun(name) }),
    idle: [],
    leases: new Set(),
    closing: false,
  };
  pool.permits.tryTake();
  putBack(pool, await openInstance(name, maker));
  return { lease: () => lease(pool), [Symbol.asyncDispose]: () => closePool(pool) };
}

async function lease<T>(pool: PoolState<T>): Promise<Leased<T>> {
  const { permits, name, acquireMilliseconds } = pool;
  const call = currentScope();
  call?.signal.throwIfAborted();
  if (pool.closing) throw closed(name);
  const turn = permits.take();
  const arriving = turn.come.then(() => runOutsideCalls(() => obtain(pool)));
  report(pool);
  try {
    const instance = await arrival(arriving, acquireMilliseconds, call?.signal);
    if (instance === "late") throw explainWait(pool, call);
    return lend(pool, instance, { call, since: performance.now() });
  } catch (error) {
    // What comes too late for this call is there for the next.
    if (!turn.leave())
      arriving.then(
        (instance) => putBack(pool, instance),
        (): void => undefined,
      );
    throw error;
  } finally {
    report(pool);
  }
}

/** With a permit taken, which is given back if there is no instance for it. */
async function obtain<T>({ name, idle, maker, permits }: PoolState<T>): Promise<Instance<T>> {
  try {
    for (let instance = idle.pop(); instance !== undefined; instance = idle.pop()) {
      clearTimeout(instance.expiry);
      if (await isSound(instance)) return instance;
      await closeInstance(instance);
    }
    return await openInstance(name, maker);
  } catch (error) {
    permits.giveBack();
    throw error;
  }
}

function lend<T>(pool: PoolState<T>, instance: Instance<T>, lease: Lease): Leased<T> {
  pool.leases.add(lease);
  return {
    value: instance.value,
    async giveBack(failed) {
      if (!pool.leases.delete(lease)) return;
      if (isDoubtful(failed)) {
        await closeInstance(instance);
        pool.permits.giveBack();
        report(pool);
      } else putBack(pool, instance);
    },
  };
}

/** For the next: to whoever waits, or to lie idle for a while. */
function putBack<T>(pool: PoolState<T>, instance: Instance<T>): void {
  const { idle, permits, idleMilliseconds } = pool;
  instance.idleSince = performance.now();
  idle.push(instance);
  instance.expiry = setTimeout(() => void expire(pool, instance), idleMilliseconds).unref();
  permits.giveBack();
  report(pool);
}

/** Until it is closed it counts as open: nothing is opened in its place before. */
async function expire<T>(pool: PoolState<T>, instance: Instance<T>): Promise<void> {
  const at = pool.idle.indexOf(instance);
  if (at === -1 || !pool.permits.tryTake()) return;
  pool.idle.splice(at, 1);
  await runOutsideCalls(() => closeInstance(instance));
  pool.permits.giveBack();
  report(pool);
}

async function closePool<T>(pool: PoolState<T>): Promise<void> {
  pool.closing = true;
  pool.permits.refuseAll(closed(pool.name));
  await pool.permits.untilFree();
  await Promise.all(
    pool.idle.splice(0).map((instance) => {
      clearTimeout(instance.expiry);
      return closeInstance(instance);
    }),
  );
  report(pool);
}

/** Failures that say nothing against the instance. */
const harmless: ReadonlySet<FailureKind> = new Set<FailureKind>([
  ...(["invalidInput", "notFound", "conflict", "denied", "rateLimited", "overloaded"] as const),
]);

/** After a failure of another kind it may be broken, or in the middle of something. */
function isDoubtful(failed: Failed | undefined): boolean {
  return failed !== undefined && !harmless.has(classifyError(failed.error).kind);
}

async function arrival<T>(work: Promise<T>, milliseconds: number, signal?: AbortSignal): Promise<T | "late"> {
  if (signal === undefined) return within(milliseconds, work);
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", onAbort, { once: true });
    stop = () => signal.removeEventListener("abort", onAbort);
  });
  try {
    return await within(milliseconds, Promise.race([work, aborted]));
  } finally {
    stop();
  }
}

/** The log says who has them all: a call that waits for a second one of its own is found there. */
function explainWait<T>({ name, max, acquireMilliseconds, leases }: PoolState<T>, call?: RequestScope): Error {
  const now = performance.now();
  const holders = [...leases].map(({ call: holder, since }) => ({
    requestId: holder?.requestId,
    tool: holder?.tool,
    milliseconds: Math.round(now - since),
  }));
  const waitsForItself = call !== undefined && holders.some(({ requestId }) => requestId === call.requestId);
  const message = `No \`${name}\` became free in ${describeMilliseconds(acquireMilliseconds)}.`;
  log.warn(message, { max, holders, waitsForItself });
  return createRefusal({ code: "POOL_EXHAUSTED", message, retryAfter: 1 });
}

function overrun(name: string): Error {
  const message = `Too many calls wait for a \`${name}\` already.`;
  return createRefusal({ code: "POOL_EXHAUSTED", message, retryAfter: 1 });
}

function closed(name: string): Error {
  return createRefusal({ code: "POOL_EXHAUSTED", message: `\`${name}\` is closed: the server is shutting down.` });
}

function report<T>({ name, permits, leases, idle }: PoolState<T>): void {
  metrics.gauge("pool_instances", leases.size, { pool: name, state: "in_use" });
  metrics.gauge("pool_instances", idle.length, { pool: name, state: "idle" });
  metrics.gauge("pool_waiting", permits.waiting, { pool: name });
}

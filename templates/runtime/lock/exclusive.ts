// Work that nobody else does at the same time under the same key: in this process, or among all that share a Redis.
import { useRedis, type RedisConnection } from "../redis/connection.js";
import { runBounded, type TimeLimit } from "../resilience/bounded.js";
import type { Wait } from "../resilience/gate.js";
import type { KeyedMutex } from "./keyed-mutex.js";
import { nextFence } from "./fence.js";
import { takeLease, type Lease } from "./lease.js";

export interface Exclusive {
  readonly mutex: KeyedMutex;
  readonly key: string;
  /** `cluster` without `REDIS_URL` is this process. */
  readonly scope: "process" | "cluster";
  readonly wait: Wait & { readonly limit: TimeLimit };
}

export interface Holder {
  /** Grows from holder to holder. */
  readonly fence: bigint;
  /** Aborted with the waiter's own, and when the lock is lost. */
  readonly signal: AbortSignal;
}

export async function runExclusively<T>(exclusive: Exclusive, work: (holder: Holder) => Promise<T>): Promise<T> {
  const { mutex, key, scope, wait } = exclusive;
  const redis = scope === "cluster" ? useRedis() : undefined;
  const until = performance.now() + wait.limit.milliseconds;
  return mutex.run(key, wait, async () => {
    if (redis === undefined) return work({ fence: nextFence(), signal: wait.signal });
    const limit = { ...wait.limit, milliseconds: until - performance.now() };
    return underLease(await take({ redis, key, wait: { ...wait, limit } }), wait.signal, work);
  });
}

interface Taking {
  readonly redis: RedisConnection;
  readonly key: string;
  readonly wait: Exclusive["wait"];
}

/** Whoever has stopped waiting has not got it: what arrives at that very moment goes back. */
async function take({ redis, key, wait }: Taking): Promise<Lease> {
  let taken: Lease | undefined;
  try {
    return await runBounded(wait, async (signal) => (taken = await takeLease(redis, key, { signal })));
  } catch (error) {
    await taken?.release();
    throw error;
  }
}

/** Held until the work has settled, also where it does not listen to its signal. */
async function underLease<T>(lease: Lease, signal: AbortSignal, work: (holder: Holder) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const cancel = (): void => controller.abort(signal.reason);
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  lease.onLost(() => controller.abort(lockLost()));
  try {
    return await work({ fence: lease.fence, signal: controller.signal });
  } finally {
    signal.removeEventListener("abort", cancel);
    await lease.release();
  }
}

function lockLost(): Error {
  const message = "The lock was lost while the work was going on. What it had begun may have happened.";
  return Object.assign(new Error(message), { name: "LockLostError", status: 503, expose: true });
}

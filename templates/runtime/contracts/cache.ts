// The contract `Cache`: results that are kept for a while. Only types.
import type { Duration } from "./duration.js";

/**
 * Keeps values for a limited time, in memory and, where `REDIS_URL` is set, in Redis. Each tool and each caller has keys
 * of its own. It never fails a call: when Redis is down, what is asked for is computed.
 */
export interface Cache {
  /** Undefined when there is nothing; null is a value. */
  get<T>(key: string): Promise<T | undefined>;
  set<T>(key: string, value: T, options: CacheOptions): Promise<void>;
  /**
   * What is kept under the key or, failing that, what `compute` gives, which is then kept. Concurrent callers share one
   * computation and its failure, which is not kept; its signal aborts when nobody waits for it any more.
   */
  getOrCompute<T>(key: string, compute: (signal: AbortSignal) => Promise<T>, options: ComputeOptions): Promise<T>;
  delete(key: string): Promise<void>;
  /** Forgets everything that was kept with one of these tags, in all processes. */
  invalidateTags(tags: readonly string[]): Promise<void>;
  /** A cache whose keys are apart from those of all others. */
  namespace(name: string): Cache;
}

export interface CacheOptions {
  readonly ttl: Duration;
  readonly tags?: readonly string[];
}

export interface ComputeOptions extends CacheOptions {
  /** For so long after its time a value is still given, while a new one is computed. */
  readonly swr?: Duration;
}

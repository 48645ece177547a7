// The contract `Lock`: one at a time. Only types.
import type { Duration } from "./duration.js";

/** One holder of a key at a time, in this process or, where `REDIS_URL` is set, among all of them. */
export interface Lock {
  /**
   * Waits for its turn, then runs `work`; the key is free again when it has settled. `fence` grows from holder to
   * holder of a key: who writes with it can refuse what an earlier holder writes late. `timeout` is for the waiting,
   * default 2 s; then it rejects.
   */
  run<T>(key: string, work: (fence: bigint) => Promise<T>, options?: LockOptions): Promise<T>;
}

export interface LockOptions {
  readonly timeout?: Duration;
}

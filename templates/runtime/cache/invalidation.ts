// Tags go out of date: at once in this process, then in Redis and in all other processes. What Redis could not be
// told is told later; until then this process does not believe what Redis has under these tags.
import { runOutsideCalls } from "../call/scope.js";
import { log } from "../logging/logger.js";
import { everything } from "./names.js";
import { countInvalidation } from "./outcomes.js";

export interface Invalidation {
  /** Never rejects: what has been done is done, whatever becomes of what was kept of it. */
  invalidate(tags: readonly string[]): Promise<void>;
  isPending(tags: readonly string[]): boolean;
  /** Tells Redis, once more, what it has missed. */
  close(): Promise<void>;
}

export interface InvalidationParts {
  /** In this process. */
  drop(tags: readonly string[]): void;
  /** In Redis and in all other processes. */
  announce(tags: readonly string[]): Promise<void>;
}

const pauseMilliseconds = 500;
/** With more tags than this to be told, all are told to be out of date. */
const maxPending = 10_000;
const maxAtOnce = 500;

export function createInvalidation(parts: InvalidationParts): Invalidation {
  /** By tag the number of the latest invalidation that Redis has missed. */
  const pending = new Map<string, number>();
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  /** It belongs to no call, whichever began it. */
  const later = (): NodeJS.Timeout => runOutsideCalls(() => setTimeout(() => void repair(), pauseMilliseconds).unref());
  const remember = (tags: readonly string[]): void => {
    count += 1;
    for (const tag of tags) pending.set(tag, count);
    if (pending.size > maxPending) {
      pending.clear();
      pending.set(everything, count);
    }
    timer ??= later();
  };
  /** True once there is nothing left to be told. */
  const tell = async (): Promise<boolean> => {
    while (pending.size > 0) {
      const batch = [...pending].slice(0, maxAtOnce);
      try {
        await parts.announce(batch.map(([tag]) => tag));
      } catch {
        return false;
      }
      // What has been invalidated again in the meantime must be told again.
      for (const [tag, number] of batch) if (pending.get(tag) === number) pending.delete(tag);
    }
    return true;
  };
  const repair = async (): Promise<void> => {
    const isDone = await tell();
    timer = isDone ? undefined : later();
    if (isDone) log.info("Redis has been told what it had missed");
  };

  return {
    async invalidate(tags) {
      parts.drop(tags);
      try {
        await parts.announce(tags);
        countInvalidation("told");
      } catch (error) {
        countInvalidation("failed");
        log.warn("Redis could not be told what is out of date: it will be told later", { error });
        remember(tags);
      }
    },
    isPending: (tags) => pending.has(everything) || tags.some((tag) => pending.has(tag)),
    async close() {
      clearTimeout(timer);
      if (!(await tell())) log.error("Redis was not told of everything that is out of date", { tags: pending.size });
    },
  };
}

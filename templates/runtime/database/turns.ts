// So many at a time, the others in the order of their asking, so many and for so long: then they are refused.
import { within } from "../container/closing.js";
import { createRefusal } from "../errors/refusal.js";
import { metrics } from "../metrics/metrics.js";
import { whileCalled } from "./limits.js";

export interface Turns {
  /** Resolves when the caller has its turn, which `leave` ends. Within the limits of the running call. */
  take(): Promise<void>;
  leave: () => void;
  /** Refuses whoever still comes. Resolves when the last turn has ended, or has had its time to. */
  close(): Promise<void>;
}

const limits = { waitMilliseconds: 5_000, waiters: 1_024, drainMilliseconds: 4_000 };

export function createTurns(max: number): Turns {
  const waiters = new Set<() => void>();
  let taken = 0;
  let onEmpty: (() => void) | undefined;

  const leave = (): void => {
    taken -= 1;
    const [next] = waiters;
    if (next) next();
    else if (taken === 0) onEmpty?.();
    measure(taken, waiters.size);
  };

  const wait = async (): Promise<void> => {
    let turn = (): void => undefined;
    let timer: NodeJS.Timeout | undefined;
    const come = new Promise<void>((resolve, reject) => {
      turn = () => {
        waiters.delete(turn);
        taken += 1;
        resolve();
      };
      timer = setTimeout(() => reject(exhausted()), limits.waitMilliseconds);
    });
    waiters.add(turn);
    measure(taken, waiters.size);
    try {
      await whileCalled(() => come);
    } catch (error) {
      // The turn came just when nobody waited for it any more.
      if (!waiters.delete(turn)) leave();
      measure(taken, waiters.size);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    take: async () => {
      if (onEmpty) throw createRefusal({ code: "OVERLOADED", message: "The database is closing." });
      if (taken >= max && waiters.size >= limits.waiters) throw exhausted();
      if (taken >= max) await wait();
      else taken += 1;
      measure(taken, waiters.size);
    },
    leave,
    close: async () => {
      const empty = new Promise<void>((resolve) => {
        onEmpty = resolve;
        if (taken === 0) resolve();
      });
      await within(limits.drainMilliseconds, empty);
    },
  };
}

function exhausted(): Error {
  const message = "All connections to the database are in use.";
  return createRefusal({ code: "POOL_EXHAUSTED", message, retryAfter: 1 });
}

function measure(taken: number, waiting: number): void {
  metrics.gauge("database_connections_in_use", taken);
  metrics.gauge("database_calls_waiting", waiting);
}

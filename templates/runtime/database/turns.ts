// So many at a time, the others in the order of their asking, so many and for so long: then they are refused.
import { createRefusal } from "../errors/refusal.js";
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
    try {
      await whileCalled(() => come);
    } catch (error) {
      // The turn came just when nobody waited for it any more.
      if (!waiters.delete(turn)) leave();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    take: async () => {
      if (onEmpty) throw createRefusal({ code: "OVERLOADED", message: "The database is closing." });
      if (taken < max) taken += 1;
      else if (waiters.size < limits.waiters) await wait();
      else throw exhausted();
    },
    leave,
    close: async () =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, limits.drainMilliseconds);
        onEmpty = () => {
          clearTimeout(timer);
          resolve();
        };
        if (taken === 0) onEmpty();
      }),
  };
}

function exhausted(): Error {
  const message = "All connections to the database are in use.";
  return createRefusal({ code: "POOL_EXHAUSTED", message, retryAfter: 1 });
}

// So many at a time, and a bounded line in front, first come, first served. Whoever is called off leaves it at once.
import { startTimer } from "../time/timer.js";
import type { Bounds } from "./bounded.js";

export interface Gate {
  /** Runs `work` when it is its turn. The place is free again when it has settled, whatever becomes of it. */
  run<T>(wait: Wait, work: () => Promise<T>): Promise<T>;
  /** Nobody is in it and nobody waits. */
  isIdle(): boolean;
}

export interface Wait extends Bounds {
  /** What it fails with where the line is full. */
  full(state: GateState): Error;
}

export interface GateState {
  readonly waiting: number;
  /** How long one is in it, in milliseconds, on average and lately; 0 before the first has left. */
  readonly usualStay: number;
}

export interface GateOptions {
  readonly max: number;
  readonly queue: number;
  /** Told of the length of the line whenever it changes. */
  readonly onWaiting?: (waiting: number) => void;
  /** Told how long each one has waited that got in after all. */
  readonly onWaited?: (milliseconds: number) => void;
}

/** How much of the average the latest stay makes up. */
const weight = 0.1;

export function createGate({ max, queue, onWaiting, onWaited }: GateOptions): Gate {
  const waiting = new Set<() => void>();
  let inside = 0;
  let usualStay = 0;

  const enter = async (wait: Wait): Promise<void> => {
    wait.signal.throwIfAborted();
    if (inside < max) {
      inside += 1;
      return;
    }
    if (waiting.size >= queue) throw wait.full({ waiting: waiting.size, usualStay });
    const since = performance.now();
    const turn = waitForTurn(waiting, wait).finally(() => onWaiting?.(waiting.size));
    onWaiting?.(waiting.size);
    await turn;
    onWaited?.(performance.now() - since);
  };

  /** The place goes to the first in line, so that nobody new can take it in between. */
  const leave = (stay: number): void => {
    usualStay = usualStay === 0 ? stay : usualStay + (stay - usualStay) * weight;
    const [next] = waiting;
    if (next === undefined) inside -= 1;
    else next();
  };

  return {
    async run(wait, work) {
      await enter(wait);
      const since = performance.now();
      try {
        return await work();
      } finally {
        leave(performance.now() - since);
      }
    },
    isIdle: () => inside === 0 && waiting.size === 0,
  };
}

/** Its place in the line is the order in which it was put into the set. */
async function waitForTurn(waiting: Set<() => void>, { signal, limit }: Bounds): Promise<void> {
  return new Promise((resolve, reject) => {
    const quit = (): void => {
      waiting.delete(proceed);
      stopTimer?.();
      signal.removeEventListener("abort", cancel);
    };
    const proceed = (): void => {
      quit();
      resolve();
    };
    const fail = (reason: Error): void => {
      quit();
      reject(reason);
    };
    const cancel = (): void => fail(signal.reason as Error);
    const stopTimer = limit && startTimer(limit.milliseconds, () => fail(limit.error()));
    waiting.add(proceed);
    signal.addEventListener("abort", cancel, { once: true });
  });
}

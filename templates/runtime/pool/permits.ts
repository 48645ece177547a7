// At most so many at once. Who comes later waits, in order; who finds too many waiting is refused.

export interface Permits {
  readonly taken: number;
  readonly waiting: number;
  take(): Turn;
  /** False when all are taken. */
  tryTake(): boolean;
  giveBack(): void;
  /** Rejects all who wait. */
  refuseAll(reason: unknown): void;
  /** Resolves when none is taken. */
  untilFree(): Promise<void>;
}

export interface Turn {
  /** Resolves when the permit is taken; rejects when too many wait already. */
  readonly come: Promise<void>;
  /** Waits no longer. False if the turn had come: then the permit is taken. */
  leave(): boolean;
}

interface Waiter {
  readonly come: () => void;
  readonly refuse: (reason: unknown) => void;
}

export interface PermitLimits {
  readonly max: number;
  readonly maxWaiting: number;
  readonly refuse: () => Error;
}

export function createPermits({ max, maxWaiting, refuse }: PermitLimits): Permits {
  const waiters = new Set<Waiter>();
  let taken = 0;
  let onFree: (() => void)[] = [];

  return {
    get taken() {
      return taken;
    },
    get waiting() {
      return waiters.size;
    },
    take() {
      if (taken < max) {
        taken += 1;
        return { come: Promise.resolve(), leave: () => false };
      }
      if (waiters.size >= maxWaiting) return { come: Promise.reject(refuse()), leave: () => false };
      return enqueue(waiters);
    },
    tryTake() {
      if (taken >= max) return false;
      taken += 1;
      return true;
    },
    giveBack() {
      const [next] = waiters;
      if (next !== undefined) {
        // It changes hands: nobody can come in between.
        waiters.delete(next);
        next.come();
        return;
      }
      taken -= 1;
      if (taken > 0) return;
      for (const resolve of onFree.splice(0)) resolve();
    },
    refuseAll(reason) {
      for (const waiter of waiters) waiter.refuse(reason);
      waiters.clear();
    },
    async untilFree() {
      if (taken === 0) return;
      await new Promise<void>((resolve) => {
        onFree = [...onFree, resolve];
      });
    },
  };
}

function enqueue(waiters: Set<Waiter>): Turn {
  let waiter: Waiter | undefined;
  const come = new Promise<void>((resolve, reject) => {
    waiter = { come: resolve, refuse: reject };
    waiters.add(waiter);
  });
  return { come, leave: () => waiter !== undefined && waiters.delete(waiter) };
}

// Computations under way: whoever asks for the same joins the one that runs and shares its outcome, failures
// included. Nobody waits longer than they want to; when nobody waits any more, the computation is aborted.
import { setMaxListeners } from "node:events";

export interface Flight {
  /** Aborted when nobody waits for the outcome. */
  readonly signal: AbortSignal;
  /** Of the call that began it. */
  readonly leader: string;
  readonly tags: readonly string[];
  /** What it has read may be from before an invalidation: its result must not be kept. */
  isOutdated: boolean;
}

export interface Joining {
  readonly key: string;
  readonly tags: readonly string[];
  /** Who leaves it when it aborts. */
  readonly signal: AbortSignal;
  readonly requestId: string;
}

export interface Flights {
  has(key: string): boolean;
  /** `compute` is called only where nothing is under way for the key. */
  join<T>(joining: Joining, compute: (flight: Flight) => Promise<T>): Joined<T>;
  /** Not joined by others. */
  alone<T>(joining: Joining, compute: (flight: Flight) => Promise<T>): Joined<T>;
  /** Whoever comes later must not get what these are computing now. */
  outdate(tags: readonly string[]): void;
}

export interface Joined<T> {
  readonly isLeader: boolean;
  readonly flight: Flight;
  /** Rejects with the signal's reason when the one who waits leaves. */
  readonly outcome: Promise<T>;
}

interface Running extends Flight {
  readonly controller: AbortController;
  readonly outcome: Promise<unknown>;
  waiting: number;
  /** Takes it off the table: nobody joins it any more. */
  close(): void;
}

export function createFlights(): Flights {
  const byKey = new Map<string, Running>();
  const running = new Set<Running>();

  const begin = <T>(joining: Joining, compute: (flight: Flight) => Promise<T>): Running => {
    const controller = new AbortController();
    // As many as the computation likes.
    setMaxListeners(0, controller.signal);
    const flight: Omit<Running, "outcome"> & { outcome?: Promise<T> } = {
      controller,
      signal: controller.signal,
      leader: joining.requestId,
      tags: joining.tags,
      isOutdated: false,
      waiting: 0,
      close: () => {
        if (byKey.get(joining.key) === flight) byKey.delete(joining.key);
      },
    };
    const settled = Object.assign(flight, {
      // Not at once: the table must hold it before it can call for itself.
      outcome: Promise.resolve()
        .then(() => {
          controller.signal.throwIfAborted();
          return compute(flight);
        })
        .finally(() => {
          flight.close();
          running.delete(settled);
        }),
    });
    // Where all have left, nobody hears of a failure.
    settled.outcome.catch((): void => undefined);
    running.add(settled);
    return settled;
  };

  return {
    has: (key) => byKey.has(key),
    join(joining, compute) {
      const known = byKey.get(joining.key);
      const flight = known ?? begin(joining, compute);
      if (known === undefined) byKey.set(joining.key, flight);
      return { isLeader: known === undefined, flight, outcome: wait(flight, joining.signal) };
    },
    alone(joining, compute) {
      const flight = begin(joining, compute);
      return { isLeader: true, flight, outcome: wait(flight, joining.signal) };
    },
    outdate(tags) {
      for (const flight of running) {
        if (!flight.tags.some((tag) => tags.includes(tag))) continue;
        flight.isOutdated = true;
        flight.close();
      }
    },
  };
}

/** The type is that of the key: all who ask for one key compute the same. */
function wait<T>(flight: Running, signal: AbortSignal): Promise<T> {
  flight.waiting += 1;
  setMaxListeners(0, signal);
  return new Promise((resolve, reject) => {
    const fail = (reason: Error): void => {
      signal.removeEventListener("abort", leave);
      reject(reason);
    };
    const leave = (): void => {
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        flight.close();
        flight.controller.abort(signal.reason);
      }
      fail(signal.reason as Error);
    };
    if (signal.aborted) return leave();
    signal.addEventListener("abort", leave, { once: true });
    (flight.outcome as Promise<T>).then(
      (value) => {
        signal.removeEventListener("abort", leave);
        resolve(value);
      },
      (error: unknown) => fail(error as Error),
    );
  });
}

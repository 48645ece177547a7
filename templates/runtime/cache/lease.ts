// One process computes, those of the others that want the same wait for it, but not long: the lease is Redis's, its
// end comes as a message or is found by asking now and then.
import { randomUUID } from "node:crypto";
import { addBackground } from "../lifecycle/running.js";
import { log } from "../logging/logger.js";
import type { Connect } from "../redis/connection.js";
import type { Bus, Ending } from "./bus.js";
import type { KeptFailure } from "./failure.js";
import { releaseScript } from "./scripts.js";

/** After which a holder is taken for dead. */
const leaseMilliseconds = 10_000;
/** How long a process waits for another's result before it computes its own. */
export const waitMilliseconds = 2_000;

export interface Leases {
  /** Undefined: nobody can say who is first. */
  take(key: string): Promise<Lease | "held" | undefined>;
  /** Until the holder says that it has ended, or for a moment. Rejects when `signal` aborts. */
  wait(ending: Ending, signal: AbortSignal): Promise<void>;
}

export interface Lease {
  /** After `written`, and off the way of the answer. */
  release(end: { readonly written?: Promise<unknown> | undefined; readonly failure?: KeptFailure | undefined }): void;
}

export interface LeaseParts {
  readonly space: string;
  readonly bus: Bus;
  readonly connect: Connect;
}

export function createLeases({ space, bus, connect }: LeaseParts): Leases {
  const nameOf = (key: string): string => `${space}#lease:${key.slice(space.length)}`;

  const release = async (key: string, owner: string, failure: KeptFailure | undefined): Promise<void> => {
    const message = bus.print({ kind: "ended", key, failure });
    await connect()
      ?.run((client) => client.eval(releaseScript, 1, nameOf(key), owner, bus.channel, message))
      // It ends by itself.
      .catch((error: unknown) => log.debug("a lease could not be given back", { error }));
  };
  return {
    async take(key) {
      const owner = randomUUID();
      try {
        const taken = await connect()?.run((client) => client.set(nameOf(key), owner, "PX", leaseMilliseconds, "NX"));
        if (taken === null) return "held";
        if (taken === undefined) return undefined;
      } catch (error) {
        log.debug("a lease could not be taken", { error });
        return undefined;
      }
      return {
        release: ({ written = Promise.resolve(), failure }) =>
          addBackground(written.then(() => release(key, owner, failure))),
      };
    },
    wait(ending, signal) {
      signal.throwIfAborted();
      return new Promise((resolve, reject) => {
        const end = (): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", cancel);
          ending.wake = () => undefined;
        };
        const cancel = (): void => {
          end();
          reject(signal.reason as Error);
        };
        const wake = (): void => {
          end();
          resolve();
        };
        // Not all at once.
        const timer = setTimeout(wake, 50 + Math.random() * 100);
        signal.addEventListener("abort", cancel, { once: true });
        ending.wake = wake;
      });
    },
  };
}

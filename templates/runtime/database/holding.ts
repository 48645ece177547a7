// Who, up the chain of callers, holds what: a connection that waits for its own holder waits for ever.
import { AsyncLocalStorage } from "node:async_hooks";

/** A pool of connections or a transaction. */
type Held = object;

interface Hold {
  readonly held: Held;
  readonly above: Hold | undefined;
  released: boolean;
}

const storage = new AsyncLocalStorage<Hold>();

export async function whileHolding<T>(held: Held, work: () => Promise<T>): Promise<T> {
  const hold: Hold = { held, above: storage.getStore(), released: false };
  try {
    return await storage.run(hold, work);
  } finally {
    // What it has left running holds nothing any more.
    hold.released = true;
  }
}

export function countHeld(held: Held): number {
  let count = 0;
  for (let hold = storage.getStore(); hold !== undefined; hold = hold.above)
    if (hold.held === held && !hold.released) count += 1;
  return count;
}

// One at a time for each key, in this process, in the order in which they came. Keys that nobody holds or waits for
// are not kept.
import { AsyncLocalStorage } from "node:async_hooks";
import { createGate, type Gate, type GateOptions, type Wait } from "../resilience/gate.js";

export interface KeyedMutex {
  run<T>(key: string, wait: Wait, work: () => Promise<T>): Promise<T>;
  /** Keys that are held or waited for. */
  readonly size: () => number;
}

interface Held {
  readonly gate: Gate;
  readonly outer: Held | undefined;
  isOver: boolean;
}

/** What the running code holds, through awaits and calls of other tools. */
const held = new AsyncLocalStorage<Held>();

export function createKeyedMutex(options: Omit<GateOptions, "max">): KeyedMutex {
  const gates = new Map<string, Gate>();

  const gateOf = (key: string): Gate => {
    const known = gates.get(key);
    if (known !== undefined) return known;
    const made = createGate({ max: 1, ...options });
    gates.set(key, made);
    return made;
  };

  return {
    async run(key, wait, work) {
      const gate = gateOf(key);
      const outer = held.getStore();
      if (holds(outer, gate)) throw new Error("The same call holds this lock already: it would wait for itself.");
      try {
        return await gate.run(wait, async () => {
          const holding = { gate, outer, isOver: false };
          try {
            return await held.run(holding, work);
          } finally {
            holding.isOver = true;
          }
        });
      } finally {
        if (gate.isIdle() && gates.get(key) === gate) gates.delete(key);
      }
    },
    size: () => gates.size,
  };
}

/** What a call left running after it had given the lock back holds nothing. */
function holds(holding: Held | undefined, gate: Gate): boolean {
  for (let one = holding; one !== undefined; one = one.outer) if (one.gate === gate && !one.isOver) return true;
  return false;
}

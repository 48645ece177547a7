// `@concurrency 8 queue=32`: so many calls of a tool at a time, so many waiting; all others are refused at once.
import { createRefusal } from "../errors/refusal.js";
import { keepWhileServing } from "../lifecycle/per-run.js";
import { createGate, type GateState, type Wait } from "../resilience/gate.js";
import { measureWaiting } from "../resilience/wait-metrics.js";
import type { PolicyCall } from "../call/tool-call.js";
import type { Policy } from "./policy.js";

export interface ConcurrencyOptions {
  readonly max: number;
  /** How many may wait for a place, first come, first served; default 256. */
  readonly queue?: number;
}

/** Waiting counts against the call's deadline. A cancelled call leaves the line at once. */
export function concurrency({ max, queue = 256 }: ConcurrencyOptions): Policy {
  if (!Number.isInteger(max) || max < 1) throw new RangeError(`${String(max)} is no number of calls at a time`);
  return {
    kind: "concurrency",
    bind({ name: tool }) {
      const gateOf = keepWhileServing(() => createGate({ max, queue, ...measureWaiting(tool, "concurrency") }));
      const refuse = ({ waiting, usualStay }: GateState): Error => {
        const message = `\`${tool}\` has too much to do at the moment: this call was not started.`;
        return createRefusal({ code: "OVERLOADED", message, retryAfter: ((waiting / max + 1) * usualStay) / 1_000 });
      };
      return (call, next) => gateOf().run(waitOf(call, refuse), () => next(call));
    },
  };
}

function waitOf({ signal, deadline }: PolicyCall, refuse: (state: GateState) => Error): Wait {
  if (deadline === undefined) return { signal, full: refuse };
  const error = () => refuse({ waiting: 0, usualStay: 0 });
  return { signal, full: refuse, limit: { milliseconds: deadline - performance.now(), error } };
}

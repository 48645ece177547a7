// `@circuit rate=50% window=10s min=10 reset=30s`: where a dependency keeps failing, calls are refused at once, until
// one of them has found it well again.
import type { Duration } from "../contracts/index.js";
import { classifyError } from "../errors/classify.js";
import { createRefusal } from "../errors/refusal.js";
import { keepWhileServing } from "../lifecycle/per-run.js";
import { metrics } from "../metrics/metrics.js";
import { describeMetric } from "../metrics/registry.js";
import { createBreaker, type Breaker, type BreakerOutcome, type BreakerState } from "../resilience/breaker.js";
import { runPart, TimeLimitError } from "../resilience/time-limit.js";
import { toMilliseconds } from "../time/duration.js";
import type { Policy } from "./policy.js";

export interface CircuitOptions {
  /** It opens when this part of the calls fails, 0 to 1; default 0.5. */
  readonly rate?: number;
  /** Of the calls within this time; default 10 s. */
  readonly window?: Duration;
  /** But not before there were so many; default 10. */
  readonly min?: number;
  /** How long it stays open, doubled each time that the dependency is still down, up to 5 min; default 30 s. */
  readonly reset?: Duration;
  /** Tools of a server that name the same circuit, with the same options, share it. Default: a circuit of its own. */
  readonly name?: string;
}

/** A probe must end, or nothing would be let through again. Calls with a deadline have an end. */
const probeLimit = 30_000;

const named = keepWhileServing(() => new Map<string, Breaker>());

describeMetric("mcp_circuit_state", "State of a circuit: 0 closed, 1 half open, 2 open.");
describeMetric("mcp_circuit_transitions_total", "How often a circuit has changed to a state.");

export function circuit({ rate = 0.5, window = "10s", min = 10, reset = "30s", name }: CircuitOptions = {}): Policy {
  if (!(rate > 0 && rate <= 1)) throw new RangeError(`${String(rate)} is no rate above 0 and up to 1`);
  const settings = { rate, window: toMilliseconds(window), min, reset: toMilliseconds(reset) };
  return {
    kind: "circuit",
    bind({ name: tool, server }) {
      const create = (): Breaker => createBreaker(settings, countChanges(name ?? tool));
      const key = JSON.stringify([server, name, settings]);
      const breakerOf = keepWhileServing(() => (name === undefined ? create() : getOrMake(named(), key, create)));
      return async (call, next) => {
        const admission = breakerOf().admit();
        if (admission.kind === "refused") throw refusal(tool, admission.retryAfter);
        const started = performance.now();
        const { signal } = call;
        const fail = (error: unknown): void => admission.settle(judge(error, signal, performance.now() - started));
        // The outcome of a call that nobody waits for any more is known then, also where the function goes on.
        const onAbort = (): void => fail(signal.reason);
        signal.addEventListener("abort", onAbort, { once: true });
        try {
          const result = await (admission.isProbe && call.deadline === undefined
            ? runPart(probeLimit, call, next)
            : next(call));
          admission.settle("success");
          return result;
        } catch (error) {
          fail(error);
          throw error;
        } finally {
          signal.removeEventListener("abort", onAbort);
        }
      };
    },
  };
}

function refusal(tool: string, retryAfter: number): Error {
  const message = `\`${tool}\` is not available at the moment: what it depends on keeps failing.`;
  return createRefusal({ code: "CIRCUIT_OPEN", message, retryAfter });
}

function judge(error: unknown, { aborted, reason }: AbortSignal, elapsed: number): BreakerOutcome {
  // Where a call's time is up, it was the dependency that took it, unless waiting for the turn has taken most of it.
  if (aborted) return reason instanceof TimeLimitError && elapsed >= reason.milliseconds / 2 ? "failure" : "ignored";
  const { kind } = classifyError(error);
  return kind === "unavailable" || kind === "timeout" ? "failure" : "ignored";
}

const levels: Readonly<Record<BreakerState, number>> = { closed: 0, halfOpen: 1, open: 2 };

function countChanges(name: string): (state: BreakerState) => void {
  metrics.gauge("mcp_circuit_state", levels.closed, { circuit: name });
  return (state) => {
    metrics.gauge("mcp_circuit_state", levels[state], { circuit: name });
    metrics.increment("mcp_circuit_transitions_total", 1, { circuit: name, to: state });
  };
}

function getOrMake(breakers: Map<string, Breaker>, key: string, create: () => Breaker): Breaker {
  const known = breakers.get(key);
  if (known !== undefined) return known;
  const made = create();
  breakers.set(key, made);
  return made;
}

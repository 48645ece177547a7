// `@retry 3 base=100ms cap=5s`: another attempt after a failure that may be over by then, at a random moment, within
// the call's deadline and the tool's budget.
import type { Duration } from "../contracts/index.js";
import { classifyError, namesOf } from "../errors/classify.js";
import type { FailureKind } from "../errors/kinds.js";
import { keepWhileServing } from "../lifecycle/per-run.js";
import { metrics } from "../metrics/metrics.js";
import { describeMetric } from "../metrics/registry.js";
import { runBounded } from "../resilience/bounded.js";
import { pause } from "../resilience/pause.js";
import { createRetryBudget, type RetryBudget } from "../resilience/retry-budget.js";
import { toMilliseconds } from "../time/duration.js";
import { span } from "../tracing/span.js";
import type { PolicyCall } from "../call/tool-call.js";
import type { Policy } from "./policy.js";

export interface RetryOptions {
  /** In all, the first one included. */
  readonly attempts: number;
  /** The first pause is at most so long, each further one at most twice as long as the one before; default 100 ms. */
  readonly base?: Duration;
  /** No pause is longer, unless the failure itself says when to come back; default 5 s. */
  readonly cap?: Duration;
  /**
   * What is retried instead of `unavailable`, `timeout` and `rateLimited`: kinds, `error` for plain errors, statuses (`"409"`) or codes
   * (`"ECONNRESET"`).
   */
  readonly on?: readonly string[];
}

const usual: readonly string[] = ["unavailable", "timeout", "rateLimited"] satisfies FailureKind[];
/** Nobody waits any more, or the refusal was there to avoid the attempt. */
const never: ReadonlySet<FailureKind> = new Set<FailureKind>(["cancelled", "overloaded"]);

/** A call without a deadline waits no longer than this for what asks to be left alone. */
const longestPause = 30_000;

describeMetric("mcp_tool_retries_total", "Retries of tools, how they ended, and why there was none.");

export function retry(options: RetryOptions): Policy {
  const { attempts } = options;
  if (!Number.isInteger(attempts) || attempts < 1) throw new RangeError(`${String(attempts)} is no number of attempts`);
  const pauseAfter = createPauses(options);
  return {
    kind: "retry",
    bind({ name: tool }) {
      const budgetOf = keepWhileServing(createRetryBudget);
      const count = (outcome: Outcome): void => metrics.increment("mcp_tool_retries_total", 1, { tool, outcome });
      return async (call, next) => {
        const budget = budgetOf();
        budget.addCall();
        for (let attempt = 1; ; attempt += 1) {
          try {
            const result = await span({ name: "attempt", attributes: { "retry.attempt": attempt } }, () =>
              runBounded({ signal: call.signal }, (signal) => next({ ...call, signal })),
            );
            if (attempt > 1) count("recovered");
            return result;
          } catch (error) {
            call.signal.throwIfAborted();
            const milliseconds = pauseAfter(error, attempt);
            const outcome = milliseconds === undefined ? undefined : decide(milliseconds, call, budget);
            if (outcome !== undefined) count(outcome);
            if (milliseconds === undefined || outcome !== "retried") throw noteAttempts(error, attempt);
            await pause(milliseconds, call.signal);
          }
        }
      };
    },
  };
}

/** `recovered`: a retry has succeeded. The last three: there was none although the failure asked for it. */
type Outcome = "retried" | "recovered" | "exhausted" | "deadline" | "budget";

/** How long to wait after the n-th attempt: for ever after the last one; undefined after what no retry mends. */
function createPauses({ attempts, base = 100, cap = 5_000, on = usual }: RetryOptions) {
  const [first, longest] = [toMilliseconds(base), toMilliseconds(cap)];
  // Code that throws nothing better also meets what says itself that it may be over.
  const retried = new Set(on.includes("error") ? [...on, ...usual] : on);
  return (error: unknown, attempt: number): number | undefined => {
    const { kind, retryAfter = 0 } = classifyError(error);
    if (never.has(kind) || !namesOf(error).some((name) => retried.has(name))) return undefined;
    if (attempt >= attempts) return Infinity;
    // From nothing to the whole pause: callers who failed together do not come back together.
    const jittered = Math.random() * Math.min(longest, first * 2 ** (attempt - 1));
    return Math.max(jittered, retryAfter * 1_000);
  };
}

function decide(milliseconds: number, { deadline }: PolicyCall, budget: RetryBudget): Outcome {
  if (milliseconds === Infinity) return "exhausted";
  const left = deadline === undefined ? longestPause : deadline - performance.now();
  if (milliseconds >= left) return "deadline";
  return budget.take() ? "retried" : "budget";
}

/** For the log. What cannot be written to stays as it is. */
function noteAttempts(error: unknown, attempts: number): unknown {
  try {
    if (typeof error === "object" && error !== null) Object.assign(error, { attempts });
  } catch {
    // Frozen, or a proxy that refuses.
  }
  return error;
}

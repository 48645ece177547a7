// The end of a call's patience: its error, and a call on its way inwards within a limit.
import type { Next, PolicyCall } from "../call/tool-call.js";
import type { CallResult } from "../call/result.js";
import { describeMilliseconds } from "../time/duration.js";
import { runBounded } from "./bounded.js";

/** Its kind is `timeout`: nothing is known of what happened to the work. */
export class TimeLimitError extends Error {
  override readonly name = "TimeoutError";
  readonly expose = true;

  /** The limit, which may be that of the call or of an attempt. */
  readonly milliseconds: number;

  constructor(tool: string, milliseconds: number) {
    super(
      `\`${tool}\` did not finish within ${describeMilliseconds(milliseconds)} and was stopped. ` +
        "What it had begun may have happened.",
    );
    this.milliseconds = milliseconds;
  }
}

/** Runs what is further in until the call's deadline, or for `milliseconds` where it has none. */
export async function runUntilDeadline(milliseconds: number, call: PolicyCall, next: Next): Promise<CallResult> {
  const now = performance.now();
  const { deadline = now + milliseconds } = call;
  const limit = { milliseconds: deadline - now, error: () => new TimeLimitError(call.tool, milliseconds) };
  return runBounded({ signal: call.signal, limit }, (signal) => next({ ...call, signal, deadline }));
}

/** The same for a part of the call. Where the call's deadline is the earlier one, it is the call that ends there. */
export async function runPart(milliseconds: number, call: PolicyCall, next: Next): Promise<CallResult> {
  const deadline = performance.now() + milliseconds;
  const limit =
    call.deadline !== undefined && call.deadline <= deadline
      ? undefined
      : { milliseconds, error: () => new TimeLimitError(call.tool, milliseconds) };
  return runBounded({ signal: call.signal, limit }, (signal) =>
    next({ ...call, signal, deadline: Math.min(deadline, call.deadline ?? Infinity) }),
  );
}

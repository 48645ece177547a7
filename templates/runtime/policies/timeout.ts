// `@timeout total=10s`: one deadline for a call, all of its attempts and its waiting included.
import type { Duration } from "../contracts/index.js";
import { runUntilDeadline } from "../resilience/time-limit.js";
import { toMilliseconds } from "../time/duration.js";
import type { Policy } from "./policy.js";

export interface TimeoutOptions {
  readonly total: Duration;
}

/** When time is up the call fails at once and its signal is aborted; what the function still does is not waited for. */
export function timeout({ total }: TimeoutOptions): Policy {
  const limit = toMilliseconds(total);
  return { kind: "timeout", total: limit, bind: () => (call, next) => runUntilDeadline(limit, call, next) };
}

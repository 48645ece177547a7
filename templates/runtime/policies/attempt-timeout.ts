// `@timeout 2s`: a time limit for each attempt of a call.
import type { Duration } from "../contracts/index.js";
import { runPart } from "../resilience/time-limit.js";
import { toMilliseconds } from "../time/duration.js";
import type { Policy } from "./policy.js";

export interface AttemptTimeoutOptions {
  readonly each: Duration;
}

/** An attempt out of time fails at once and its signal is aborted: a retry may follow, nothing waits for its end. */
export function attemptTimeout({ each }: AttemptTimeoutOptions): Policy {
  const limit = toMilliseconds(each);
  return { kind: "attemptTimeout", bind: () => (call, next) => runPart(limit, call, next) };
}

// What the client is told of a failure: the message where its author meant it to be seen, else a general
// sentence and the request id, by which the details are found in the log.
import { randomUUID } from "node:crypto";
import { logOfCall } from "../logging/logger.js";
import { redactText } from "../logging/redact.js";
import { classifyError, isHostUnknown, type Failure } from "./classify.js";

export interface FailedCall {
  readonly tool: string;
  /** Absent where the call has none yet: it gets one, for the log and the client to name. */
  readonly requestId?: string;
  /** Absent for that of the running call. */
  readonly signal?: AbortSignal;
}

/** Logs the failure and returns the text for the client. */
export function presentError(error: unknown, { tool, requestId = randomUUID(), signal }: FailedCall): string {
  const failure = classifyError(error, signal);
  const line = logOfCall({ requestId, tool });
  // What the caller can mend is the caller's news; the rest is the operator's.
  if (failure.exposed && failure.kind !== "timeout") line.debug("tool refused the call", { kind: failure.kind, error });
  else line.error("tool failed", { kind: failure.kind, error });
  return describe(failure, { tool, requestId }, error) + retryHint(failure);
}

function describe(
  failure: Failure,
  { tool, requestId }: Required<Pick<FailedCall, "tool" | "requestId">>,
  error: unknown,
): string {
  if (failure.exposed && failure.message.trim() !== "") return redactText(failure.message);
  switch (failure.kind) {
    case "invalidInput":
      return `\`${tool}\` refused these arguments.`;
    case "notFound":
      return `\`${tool}\` did not find what was asked for.`;
    case "conflict":
      return `\`${tool}\` found the data in another state than expected. Read it again before the next attempt.`;
    case "denied":
      return `\`${tool}\` is not allowed to do this (request ${requestId}).`;
    case "rateLimited":
      return `\`${tool}\` is rate limited.`;
    case "unavailable":
      if (isHostUnknown(error))
        return `\`${tool}\` is unavailable: nobody knows the name of a host that it asks (request ${requestId}). The name may be wrong.`;
      return `\`${tool}\` is temporarily unavailable (request ${requestId}).`;
    case "overloaded":
      return `\`${tool}\` has too much to do at the moment (request ${requestId}).`;
    case "cancelled":
      return `\`${tool}\` was cancelled (request ${requestId}).`;
    case "timeout":
      return `\`${tool}\` took too long (request ${requestId}).`;
    case "bug":
      return `\`${tool}\` failed unexpectedly (request ${requestId}). The cause is in the server's log.`;
  }
}

function retryHint(failure: Failure): string {
  return failure.retryAfter === undefined ? "" : ` Retry in ${String(failure.retryAfter)} s.`;
}

// What the client is told of a failure: the message where its author meant it to be seen, else a general
// sentence and the request id, by which the details are found in the log.
import { randomUUID } from "node:crypto";
import { logOfCall } from "../logging/logger.js";
import { redactText } from "../logging/redact.js";
import { classifyError, isFileMissing, isHostUnknown, isSpawn, type Failure } from "./classify.js";
import { isMismatch } from "./mismatch.js";
import { classesOf, isAuthors } from "./shown.js";

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
  else if (isMismatch(error))
    line.error("tool gave a result that its type does not allow", { kind: failure.kind, error });
  else line.error("tool failed", { kind: failure.kind, error, ...hintOnce(tool, failure, error) });
  return describe(failure, { tool, requestId }, error) + retryHint(failure);
}

const hinted = new Set<string>();

/** The first message of a tool that its clients are not told: how they would be. */
function hintOnce(tool: string, failure: Failure, error: unknown): { readonly hint?: string } {
  const isHidden = failure.kind === "bug" && !failure.exposed && failure.message.trim() !== "";
  const isOpen = error instanceof Error && isAuthors(error) && !("expose" in error);
  if (!isHidden || !isOpen || hinted.has(tool)) return {};
  hinted.add(tool);
  const [own = "Error"] = classesOf(error);
  return {
    hint: `Clients are not told this message. They are where the function is tagged \`@throws {${own}}\`, or mcpgen.json has "errors": "messages".`,
  };
}

/** Some put their stack into the message, which is nobody's business outside. */
function withoutStack(message: string): string {
  return message.replace(/\n\s+at [^\n]*/g, "");
}

function describe(
  failure: Failure,
  { tool, requestId }: Required<Pick<FailedCall, "tool" | "requestId">>,
  error: unknown,
): string {
  if (isMismatch(error))
    return `The result of \`${tool}\` is not what its type says (request ${requestId}): ${redactText(error.message)}. No other arguments mend this: the function has to.`;
  if (failure.exposed && failure.message.trim() !== "") return redactText(withoutStack(failure.message));
  switch (failure.kind) {
    case "invalidInput":
      return `\`${tool}\` refused these arguments.`;
    case "notFound":
      if (isFileMissing(error)) return `\`${tool}\` did not find a file that it asks for (request ${requestId}).`;
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
      if (isSpawn(error))
        return `\`${tool}\` starts a program that is not there where the server runs (request ${requestId}).`;
      return `\`${tool}\` failed unexpectedly (request ${requestId}). The cause is in the server's log.`;
  }
}

function retryHint(failure: Failure): string {
  return failure.retryAfter === undefined ? "" : ` Retry in ${String(failure.retryAfter)} s.`;
}

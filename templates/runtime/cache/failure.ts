// A failure → what can be kept or sent of it, and back: an error that is treated and shown as the first one was.
import { classifyError, type Failure } from "../errors/classify.js";
import type { FailureKind } from "../errors/kinds.js";

/** As JSON: words that the client may not see are not in it. */
export type KeptFailure = Failure;

export function keepFailure(error: unknown): KeptFailure {
  const failure = classifyError(error);
  return failure.exposed ? failure : { ...failure, message: "" };
}

/** What `classifyError` knows each kind by. */
const signs: Readonly<Record<FailureKind, object>> = {
  invalidInput: { status: 400 },
  notFound: { status: 404 },
  conflict: { status: 409 },
  denied: { status: 403 },
  rateLimited: { status: 429 },
  unavailable: { status: 503 },
  overloaded: { status: 503, code: "OVERLOADED" },
  timeout: { name: "TimeoutError" },
  cancelled: { name: "AbortError" },
  bug: {},
};

export function recreateFailure({ kind, exposed, message, retryAfter }: KeptFailure): Error {
  const error = new Error(message === "" ? "The computation that this call shared has failed." : message);
  return Object.assign(
    error,
    signs[kind],
    { expose: exposed && message !== "" },
    retryAfter !== undefined && { retryAfter },
  );
}

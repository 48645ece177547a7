// How requests fail: with a status, a code or a name that says what kind of failure it is. Messages name the method,
// the host and the path; never the query, where keys and personal data are, and never what the service answered.
import type { HttpError } from "../contracts/http.js";

export interface Asked {
  readonly method: string;
  readonly url: URL;
}

export interface ErrorAnswer {
  readonly status: number;
  readonly retryAfter: number | undefined;
  /** The beginning of it. */
  readonly text: string;
}

export function statusError(asked: Asked, { status, retryAfter, text }: ErrorAnswer): HttpError {
  const error = new Error(`${describe(asked)} answered ${String(status)}`);
  error.name = "HttpError";
  const failed = Object.assign(error, {
    status,
    body: text,
    // With 401 and 403 it is our own key that was refused: nothing that the caller could mend.
    expose: status >= 400 && status < 500 && status !== 401 && status !== 403,
    ...(retryAfter !== undefined && { retryAfter }),
  });
  // For the function to read; no log line shows it.
  return Object.defineProperty(failed, "body", { enumerable: false });
}

/** The service answered what cannot be used. */
export function answerError(asked: Asked, problem: string): Error {
  const error = new Error(`${describe(asked)} ${problem}`);
  return Object.assign(error, { name: "AnswerError", status: 502 });
}

/** Asking for less may help, asking again does not. */
export function sizeError(asked: Asked, maxBytes: number): Error {
  const error = new Error(`${describe(asked)} answered more than ${String(maxBytes)} bytes`);
  return Object.assign(error, { name: "AnswerError", status: 413, expose: true });
}

/** The arguments led to a URL that is not asked: what the caller can mend. */
export function urlError(problem: string): Error {
  return Object.assign(new Error(problem), { name: "UrlError", code: "URL_REFUSED", status: 400, expose: true });
}

export function timeoutError(asked: Asked, milliseconds: number): Error {
  const error = new Error(`${describe(asked)} took longer than ${String(Math.round(milliseconds))} ms`);
  return Object.assign(error, { name: "TimeoutError" });
}

/** The code of the network stays readable; what undici or Node says of it is the cause. */
export function networkError(asked: Asked, cause: unknown): unknown {
  const code = codeOf(cause);
  if (code === "URL_REFUSED") return cause;
  if (code === "ENOTFOUND") return urlError(`There is no host \`${asked.url.hostname}\`.`);
  if (code === undefined) return cause;
  return Object.assign(new Error(`${describe(asked)} failed: ${code}`, { cause }), { name: "NetworkError", code });
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

/** Long parts of a path are mostly keys: what a webhook's address keeps secret. */
function describe({ method, url }: Asked): string {
  const path = url.pathname.replace(/[^/]{33,}/g, "…");
  return `${method} ${url.host}${path.length > 200 ? `${path.slice(0, 200)}…` : path}`;
}

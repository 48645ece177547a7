// What kind of failure a thrown value is: by its type, `code`, `status` and `expose` (the convention of
// `http-errors`), never by the words of its message, which anyone may change.
import type { RefusalCode } from "./refusal.js";

export interface Failure {
  readonly kind: FailureKind;
  /** The message may be shown to the client. */
  readonly exposed: boolean;
  readonly message: string;
  /** Seconds until another attempt makes sense. */
  readonly retryAfter?: number;
}

export type FailureKind =
  | "invalidInput"
  | "notFound"
  | "conflict"
  | "denied"
  | "rateLimited"
  | "unavailable"
  | "timeout"
  /** Its own signal was aborted: nobody waits for it any more. */
  | "cancelled"
  /** It was refused at once: see `refusal.ts`. */
  | "overloaded"
  | "bug";

/** What a call is counted as. `error`: the function itself returned an error as its result. */
export type Outcome = "ok" | "error" | FailureKind;

const kindsByStatus: ReadonlyMap<number, FailureKind> = new Map<number, FailureKind>([
  [401, "denied"],
  [403, "denied"],
  [404, "notFound"],
  [408, "unavailable"],
  [409, "conflict"],
  [410, "notFound"],
  [412, "conflict"],
  [425, "unavailable"],
  [429, "rateLimited"],
  [500, "unavailable"],
  [502, "unavailable"],
  [503, "unavailable"],
  [504, "unavailable"],
]);

/** System and network codes of a dependency that is down or too slow. */
const kindsByCode: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ["ECONNREFUSED", "unavailable"],
  ["ECONNRESET", "unavailable"],
  ["EPIPE", "unavailable"],
  ["EAI_AGAIN", "unavailable"],
  ["ETIMEDOUT", "unavailable"],
  ["UND_ERR_SOCKET", "unavailable"],
  ["UND_ERR_CONNECT_TIMEOUT", "unavailable"],
  ["UND_ERR_HEADERS_TIMEOUT", "timeout"],
  ["UND_ERR_BODY_TIMEOUT", "timeout"],
]);

const refusals: ReadonlySet<unknown> = new Set<RefusalCode>(["OVERLOADED", "POOL_EXHAUSTED", "CIRCUIT_OPEN"]);

/** A cause within a cause: `fetch` hides the network's code one level down. */
const maxCauses = 4;

/** Takes any thrown value, also one that is no Error or whose getters throw. */
export function classifyError(error: unknown): Failure {
  try {
    return classify(error);
  } catch {
    return { kind: "bug", exposed: false, message: "" };
  }
}

/** By what else a failure can be named: its kind, its status, its code and those of its causes. */
export function namesOf(error: unknown): readonly string[] {
  const { kind } = classifyError(error);
  try {
    const status = statusOf(error);
    return [kind, ...(status === undefined ? [] : [String(status)]), ...codesOf(error, maxCauses)];
  } catch {
    return [kind];
  }
}

function classify(error: unknown): Failure {
  const status = statusOf(error);
  const kind = kindOf(error, status);
  const expose = read(error, "expose");
  const message = read(error, "message");
  const retryAfter = retryAfterOf(error);
  return {
    kind,
    exposed: typeof expose === "boolean" ? expose : status !== undefined && status < 500,
    message: typeof message === "string" ? message : "",
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function kindOf(error: unknown, status: number | undefined): FailureKind {
  if (refusals.has(read(error, "code"))) return "overloaded";
  if (status !== undefined) return kindsByStatus.get(status) ?? (status < 500 ? "invalidInput" : "unavailable");
  const name = read(error, "name");
  if (name === "TimeoutError") return "timeout";
  if (name === "AbortError") return "cancelled";
  const known = codesOf(error, maxCauses).find((code) => kindsByCode.has(code));
  return (known === undefined ? undefined : kindsByCode.get(known)) ?? "bug";
}

/** Its own first. */
function codesOf(error: unknown, depth: number): readonly string[] {
  if (depth === 0 || error === undefined) return [];
  const code = read(error, "code");
  return [...(typeof code === "string" ? [code] : []), ...codesOf(read(error, "cause"), depth - 1)];
}

function statusOf(error: unknown): number | undefined {
  const status = read(error, "status") ?? read(error, "statusCode");
  const isHttpError = typeof status === "number" && Number.isInteger(status) && status >= 400 && status <= 599;
  return isHttpError ? status : undefined;
}

/** `retryAfter` in seconds, or the header that `http-errors` carries. */
function retryAfterOf(error: unknown): number | undefined {
  const value = read(error, "retryAfter") ?? read(read(error, "headers"), "retry-after");
  const seconds = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof seconds === "number" && Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : undefined;
}

function read(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

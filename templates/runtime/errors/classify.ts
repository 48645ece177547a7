// What kind of failure a thrown value is: by its type, `code`, `status` and `expose` (the convention of
// `http-errors`), not by the words of its message, which anyone may change.
import { currentScope } from "../call/scope.js";
import type { FailureKind } from "./kinds.js";
import { isUnknownHost, kindOfCode, kindOfSentence } from "./codes.js";
import type { RefusalCode } from "./refusal.js";

export interface Failure {
  readonly kind: FailureKind;
  /** The message may be shown to the client. */
  readonly exposed: boolean;
  readonly message: string;
  /** Seconds until another attempt makes sense. */
  readonly retryAfter?: number;
}

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

const refusals: ReadonlySet<unknown> = new Set<RefusalCode>(["OVERLOADED", "POOL_EXHAUSTED", "CIRCUIT_OPEN"]);

/** A cause within a cause: `fetch` hides the network's code one level down. */
const maxCauses = 4;

/** Of several errors in one: one for each address that was tried, one for each promise. */
const maxErrors = 8;

/**
 * Takes any thrown value, also one that is no Error or whose getters throw. `signal` is that of the call whose failure
 * it is: the running one's, unless it is given.
 */
export function classifyError(error: unknown, signal = currentScope()?.signal): Failure {
  try {
    return classify(error, signal);
  } catch {
    return { kind: "bug", exposed: false, message: "" };
  }
}

/** By what else a failure can be named: its kind, its status, its code and those of its causes. */
export function namesOf(error: unknown): readonly string[] {
  const { kind } = classifyError(error);
  try {
    const status = statusOf(error);
    return [kind, ...(status === undefined ? [] : [String(status)]), ...codesOf(error)];
  } catch {
    return [kind];
  }
}

/** What it asked for does not answer because nobody knows its name. */
export function isHostUnknown(error: unknown): boolean {
  return namesOf(error).some(isUnknownHost);
}

function classify(error: unknown, signal: AbortSignal | undefined): Failure {
  const status = statusOf(error);
  const kind = kindOf(error, status, signal);
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

function kindOf(error: unknown, status: number | undefined, signal: AbortSignal | undefined): FailureKind {
  if (refusals.has(read(error, "code"))) return "overloaded";
  if (status !== undefined) return kindsByStatus.get(status) ?? (status < 500 ? "invalidInput" : "unavailable");
  for (const each of within(error, maxCauses)) {
    const [name, code] = [read(each, "name"), read(each, "code")];
    // While the call's own signal stands, it was a timer or a controller of the function's that gave up.
    if (name === "AbortError") return signal?.aborted === false ? "timeout" : "cancelled";
    const known = [code, name].map((text) => (typeof text === "string" ? kindOfCode(text) : undefined));
    const kind = known[0] ?? known[1] ?? kindOfSentence(name, read(each, "message"));
    if (kind !== undefined) return kind;
  }
  return "bug";
}

/** Its own first. */
function codesOf(error: unknown): readonly string[] {
  return [...within(error, maxCauses)].map((each) => read(each, "code")).filter((code) => typeof code === "string");
}

/** The error, what it was caused by, and what it is made of. */
function* within(error: unknown, depth: number): Generator {
  if (depth === 0 || error === undefined) return;
  yield error;
  yield* within(read(error, "cause"), depth - 1);
  const errors = read(error, "errors");
  if (!Array.isArray(errors)) return;
  for (const each of errors.slice(0, maxErrors) as readonly unknown[]) yield* within(each, depth - 1);
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

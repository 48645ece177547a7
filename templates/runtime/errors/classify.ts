// What kind of failure a thrown value is: by its type, `code`, `status` and `expose` (the convention of
// `http-errors`). Of its message, which anyone may change, only what drivers and wrappers of `fetch` always say.
import { currentScope } from "../call/scope.js";
import type { FailureKind } from "./kinds.js";
import { isUnknownHost, kindOfCode, kindOfSentence, statusInMessage } from "./codes.js";
import { isMismatch } from "./mismatch.js";
import type { RefusalCode } from "./refusal.js";
import { classesOf, isShown } from "./shown.js";

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
    const status = statusOf(error) ?? statusBehind(error);
    const plain = kind === "bug" && isPlainError(error) ? ["error"] : [];
    return [kind, ...plain, ...(status === undefined ? [] : [String(status)]), ...codesOf(error)];
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
    exposed: typeof expose === "boolean" ? expose : (status !== undefined && status < 500) || isShown(error),
    message: typeof message === "string" ? message : "",
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function kindOf(error: unknown, status: number | undefined, signal: AbortSignal | undefined): FailureKind {
  if (refusals.has(read(error, "code"))) return "overloaded";
  if (status !== undefined) return kindOfStatus(status);
  for (const each of within(error, maxCauses)) {
    const [name, code] = [read(each, "name"), read(each, "code")];
    // While the call's own signal stands, it was a timer or a controller of the function's that gave up.
    if (name === "AbortError") return signal?.aborted === false ? "timeout" : "cancelled";
    if (isSpawn(each)) return "bug";
    const known = [code, name].map((text) => (typeof text === "string" ? kindOfCode(text) : undefined));
    const kind = known[0] ?? known[1] ?? kindOfSentence(name, read(each, "message"));
    if (kind !== undefined) return kind;
  }
  const behind = statusBehind(error);
  return behind === undefined ? "bug" : kindOfStatus(behind);
}

function kindOfStatus(status: number): FailureKind {
  return kindsByStatus.get(status) ?? (status < 500 ? "invalidInput" : "unavailable");
}

/** Of the answer of another service, which the error was made of: nothing that its author says to the client. */
function statusBehind(error: unknown): number | undefined {
  for (const each of within(error, maxCauses)) {
    const status = each === error ? undefined : statusOf(each);
    const found = status ?? statusOf(read(each, "response")) ?? statusInMessage(read(each, "message"));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What it asked the system for is in no folder. */
export function isFileMissing(error: unknown): boolean {
  return namesOf(error).some((name) => name === "ENOENT" || name === "ENOTDIR");
}

/** A program that is not there is no file that somebody asked for. */
export function isSpawn(error: unknown): boolean {
  const syscall = read(error, "syscall");
  return read(error, "code") === "ENOENT" && typeof syscall === "string" && syscall.startsWith("spawn");
}

/** What the engine throws where the code itself is wrong: no other attempt mends it. */
const mistakes: ReadonlySet<string> = new Set([
  "TypeError",
  "ReferenceError",
  "SyntaxError",
  "RangeError",
  "EvalError",
]);

/** An `Error` that tells nothing else of itself: it may be anything, also what is over at another attempt. */
function isPlainError(error: unknown): boolean {
  return error instanceof Error && !isMismatch(error) && !classesOf(error).some((name) => mistakes.has(name));
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

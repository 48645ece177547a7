// A failure on its way between threads: the copy of an error loses its class and all that was added to it, so what
// `errors/classify.ts` reads of it and what the log shows travel by name.
import { classesOf, rememberClasses } from "../errors/shown.js";

export interface CarriedFailure {
  readonly name: string;
  readonly message: string;
  /** Names of its class and of what that extends. */
  readonly classes: readonly string[];
  readonly stack?: string;
  /** Texts, numbers and booleans, and `headers` with nothing but its `retry-after`. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly cause?: CarriedFailure;
  /** What an `AggregateError` is made of. */
  readonly errors?: readonly CarriedFailure[];
}

const fieldNames = ["code", "status", "statusCode", "expose", "retryAfter"] as const;

/** As deep as failures are classified. */
const maxCauses = 4;
const maxErrors = 8;

/** Takes any thrown value, also one that is no Error or whose getters throw. */
export function packFailure(error: unknown, depth = maxCauses): CarriedFailure {
  const stack = read(error, "stack");
  const cause = read(error, "cause");
  const errors = read(error, "errors");
  return {
    name: textOf(read(error, "name"), "Error"),
    message: textOf(typeof error === "string" ? error : read(error, "message"), ""),
    classes: classesOf(error),
    ...(typeof stack === "string" && { stack }),
    fields: readFields(error),
    ...(cause !== undefined && depth > 1 && { cause: packFailure(cause, depth - 1) }),
    ...(Array.isArray(errors) &&
      depth > 1 && { errors: errors.slice(0, maxErrors).map((each: unknown) => packFailure(each, depth - 1)) }),
  };
}

export function unpackFailure({ name, message, classes, stack, fields, cause, errors }: CarriedFailure): Error {
  const options = cause && { cause: unpackFailure(cause) };
  const error = errors ? new AggregateError(errors.map(unpackFailure), message, options) : new Error(message, options);
  rememberClasses(error, classes);
  return Object.assign(error, { name, ...(stack !== undefined && { stack }), ...fields });
}

function readFields(error: unknown): Readonly<Record<string, unknown>> {
  const fields = fieldNames.map((name) => [name, read(error, name)] as const).filter(([, value]) => isPlain(value));
  const retryAfter = read(read(error, "headers"), "retry-after");
  const headers = isPlain(retryAfter) && { headers: { "retry-after": retryAfter } };
  return { ...Object.fromEntries(fields), ...headers };
}

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}

function read(value: unknown, key: string): unknown {
  try {
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  } catch {
    return undefined;
  }
}

/** What there is to say about a constraint, and how its value may be written. */
import type { JsonObject, JsonValue } from "../model/json.js";

export type ConstraintValue = number | string | true;

/**
 * One constraint: `Given` is what it is said of, as JSON has it, `Value` what its tag says, `All` what else may be said
 * of the same type.
 */
export interface ConstraintRow<Given, Value, All> {
  /** Without the `@`. */
  readonly tag: string;
  readonly grammar: Grammar<Value>;
  /** Of JSON Schema; no other constraint on the same types has it. */
  readonly keyword: string;
  /** What stands at the keyword; undefined where clients are told nothing. */
  schema(value: Value): JsonValue | undefined;
  readonly zod: ZodForm<Value>;
  /** Said by the words of `.env.example`. */
  readonly words: Words<Value>;
  allows(given: Given, value: Value): boolean;
  /** A sentence that names another constraint, or others, with which no value is left. */
  contradicts(value: Value, all: All): string | undefined;
  /** Calls of a zod schema of the user's that say it → the tag's text, from the text of their argument. */
  readonly steps: Readonly<Record<string, Step>>;
}

/** Of numbers and strings, of which samples are made up. */
export interface ScalarRow<Given, Value, All> extends ConstraintRow<Given, Value, All> {
  /** Where a sample does not fit, one that does; or the same, where none can be made up. */
  sample(sample: Given, value: Value): Given;
}

export interface Grammar<Value> {
  /** Completes "`@minimum` expects …". */
  readonly expects: string;
  /** The text may begin with `:` or `=`, which are no separators then. */
  readonly isVerbatim?: true;
  /** Undefined for what does not parse. */
  read(text: string): Value | undefined;
  /** Completes "`@pattern` …" for what parses and cannot be served. */
  refuses?(text: string): string | undefined;
}

export type ZodForm<Value> =
  /** `.min(3)`, with the value as its argument; a set has it as an option. */
  | { readonly form: "check"; readonly name: string; readonly argument?: "regex" }
  /** `z.int()` in place of `z.number()`; undefined where it stays as it is. */
  | { readonly form: "base"; base(value: Value): ZodBase | undefined }
  /** `distinct(…)` of the runtime, around the schema. */
  | { readonly form: "wrap"; readonly codec: "distinct" };

export interface ZodBase {
  /** Behind `z.`: `iso.date`. */
  readonly name: string;
  readonly options?: JsonObject;
}

export type Words<Value> =
  /** In place of "a number". */
  | { noun(value: Value): string }
  /** One end of "3 to 5 characters". */
  | { readonly size: "least" | "most" }
  /** Behind what is said of the type. */
  | { clause(value: Value): string };

type Step = (argument: string | undefined) => string | undefined;

/** `.min(3)` says what `@minimum 3` says. */
export const asGiven: Step = (argument) => argument;

/** `.positive()` says what `@exclusiveMinimum 0` says. */
export function always(text: string): Step {
  return () => text;
}

export const anyNumber: Grammar<number> = { expects: "a number", read: (text) => toNumber(text, () => true) };

export const positive: Grammar<number> = {
  expects: "a number above 0",
  read: (text) => toNumber(text, (value) => value > 0),
};

export const count: Grammar<number> = {
  expects: "a whole number from 0",
  read: (text) => toNumber(text, (value) => Number.isInteger(value) && value >= 0),
};

export const flag: Grammar<true> = {
  expects: "no value",
  read: (text) => (text === "" || text === "true" ? true : undefined),
};

function toNumber(text: string, accepts: (value: number) => boolean): number | undefined {
  const value = text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && accepts(value) ? value : undefined;
}

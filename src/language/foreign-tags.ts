/** What tools that make schemas of types know, and no constraint of ours says → what is told of it. */
import type { ConstraintKind } from "./constraints.js";

/** Of zod and others: the type says which bound is meant. */
const bounds = {
  min: { number: "minimum", string: "minLength", array: "minItems" },
  max: { number: "maximum", string: "maxLength", array: "maxItems" },
} as const satisfies Readonly<Record<string, Readonly<Record<ConstraintKind, string>>>>;

interface Bound {
  readonly name: string;
  readonly text: string;
}

/** With a number alone: `@max the largest` is a text. */
export function isBound({ name, text }: Bound): boolean {
  return Object.hasOwn(bounds, name) && /^[:=]?\s*-?\d[\d.e]*$/i.test(text.trim());
}

/** Of `min`, for a number `minimum`. */
export function boundOf(name: string, on: ConstraintKind): string | undefined {
  return Object.hasOwn(bounds, name) ? bounds[name as keyof typeof bounds][on] : undefined;
}

interface Missing {
  /** Completes "`@minProperties` has no effect: …". */
  readonly reason: string;
  readonly help: string;
  /** Of the texts after it, those that ask for what there is not; all of them where absent. */
  readonly asks?: RegExp;
}

const inFunction = "check it in the function, and remove the tag";
const count = { reason: "no constraint counts properties", help: inFunction, asks: /^\W*\d/ };
const names = { reason: "no constraint is for the names of properties", help: "give the record a type for its keys" };
const dates = { reason: "no constraint is for dates", help: inFunction, asks: /\d/ };
const elements = { reason: "no constraint counts single elements", help: inFunction, asks: /^\W*\d/ };

const missing: Readonly<Record<string, Missing>> = {
  minProperties: count,
  maxProperties: count,
  propertyNames: names,
  patternProperties: names,
  minContains: elements,
  maxContains: elements,
  minDate: dates,
  maxDate: dates,
  additionalProperties: {
    reason: "an index signature of the type says what else it has",
    help: "write `[key: string]: unknown` into the type, or remove the tag",
    asks: /^\W*true\b/,
  },
  items: {
    reason: "it takes no schema",
    help: "write a tag for each of its keywords: `@items.minimum 1`",
    asks: /^\{/,
  },
};

export function missingOf({ name, text }: Bound): Pick<Missing, "reason" | "help"> | undefined {
  const row = Object.hasOwn(missing, name) ? missing[name] : undefined;
  return row && (row.asks?.test(text.trim()) ?? true) ? row : undefined;
}

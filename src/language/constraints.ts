/**
 * The constraints, a row each: all that the stages know of one. A field of the model without a row, or a row that says
 * less than `ConstraintRow` asks, does not compile. Schemas, words and samples name them in the order of the rows.
 */
import { canonicalText, type JsonValue } from "../model/json.js";
import type { ArrayConstraints, NumberConstraints, StringConstraints, TypeNode } from "../model/types.js";
import { always, anyNumber, asGiven, count, flag, positive } from "./constraint-row.js";
import type { ConstraintRow, ConstraintValue, ScalarRow } from "./constraint-row.js";
import { formatName, formatRow } from "./formats.js";
import { regularExpression } from "./patterns.js";

type Rows<Given, All> = { readonly [Key in keyof All]-?: ConstraintRow<Given, NonNullable<All[Key]>, All> };

type ScalarRows<Given, All> = { readonly [Key in keyof All]-?: ScalarRow<Given, NonNullable<All[Key]>, All> };

type Items = readonly JsonValue[];

/** What is written at the keyword is the value itself. */
const same = <Value>(value: Value): Value => value;
const none = (): undefined => undefined;

const numbers = {
  minimum: {
    tag: "minimum",
    grammar: anyNumber,
    keyword: "minimum",
    schema: same,
    zod: { form: "check", name: "min" },
    words: { clause: (least) => ` from ${String(least)}` },
    allows: (given, least) => given >= least,
    contradicts: (least, { maximum, exclusiveMaximum }) =>
      crossed(["minimum", least], ["maximum", maximum]) ??
      touching(["minimum", least], ["exclusiveMaximum", exclusiveMaximum]),
    sample: (_, least) => least,
    steps: { min: asGiven, gte: asGiven, nonnegative: always("0") },
  },
  exclusiveMinimum: {
    tag: "exclusiveMinimum",
    grammar: anyNumber,
    keyword: "exclusiveMinimum",
    schema: same,
    zod: { form: "check", name: "gt" },
    words: { clause: (bound) => ` above ${String(bound)}` },
    allows: (given, bound) => given > bound,
    contradicts: (bound, { maximum, exclusiveMaximum }) =>
      touching(["exclusiveMinimum", bound], ["maximum", maximum]) ??
      touching(["exclusiveMinimum", bound], ["exclusiveMaximum", exclusiveMaximum]),
    sample: (_, bound) => bound + 1,
    steps: { gt: asGiven, positive: always("0") },
  },
  maximum: {
    tag: "maximum",
    grammar: anyNumber,
    keyword: "maximum",
    schema: same,
    zod: { form: "check", name: "max" },
    words: { clause: (most) => ` to ${String(most)}` },
    allows: (given, most) => given <= most,
    contradicts: none,
    sample: (sample, most) => Math.min(sample, most),
    steps: { max: asGiven, lte: asGiven, nonpositive: always("0") },
  },
  exclusiveMaximum: {
    tag: "exclusiveMaximum",
    grammar: anyNumber,
    keyword: "exclusiveMaximum",
    schema: same,
    zod: { form: "check", name: "lt" },
    words: { clause: (bound) => ` below ${String(bound)}` },
    allows: (given, bound) => given < bound,
    contradicts: none,
    sample: (sample, bound) => (sample < bound ? sample : bound - 1),
    steps: { lt: asGiven, negative: always("0") },
  },
  multipleOf: {
    tag: "multipleOf",
    grammar: positive,
    keyword: "multipleOf",
    schema: same,
    zod: { form: "check", name: "multipleOf" },
    words: { clause: (step) => `, a multiple of ${String(step)}` },
    // 0.3 is a multiple of 0.1, whatever binary fractions say.
    allows: (given, step) => Math.abs(given / step - Math.round(given / step)) < 1e-9,
    contradicts: (step, all) => withoutStep(`@multipleOf ${step}`, step, all),
    sample: (sample, step) => Math.ceil(sample / step) * step,
    steps: { multipleOf: asGiven, step: asGiven },
  },
  integer: {
    tag: "int",
    grammar: flag,
    keyword: "type",
    schema: () => "integer",
    zod: { form: "base", base: () => ({ name: "int" }) },
    words: { noun: () => "a whole number" },
    allows: (given) => Number.isInteger(given),
    contradicts: (_, all) => (all.multipleOf === undefined ? withoutStep("@int", 1, all) : undefined),
    sample: (sample) => Math.ceil(sample),
    steps: { int: always("") },
  },
} as const satisfies ScalarRows<number, NumberConstraints>;

/** Lengths count code points, as zod and JSON Schema do. */
const strings = {
  format: {
    tag: "format",
    grammar: formatName,
    keyword: "format",
    schema: (name) => (formatRow(name)?.isTold ? name : undefined),
    zod: { form: "base", base: (name) => formatRow(name)?.zod },
    words: { noun: (name) => formatRow(name)?.words ?? `a string of the format ${name}` },
    // What the formats let through is known to zod alone.
    allows: () => true,
    contradicts: none,
    sample: (sample, name) => formatRow(name)?.sample ?? sample,
    steps: {
      email: always("email"),
      uuid: always("uuid"),
      date: always("date"),
      "iso.date": always("date"),
    },
  },
  minLength: {
    tag: "minLength",
    grammar: count,
    keyword: "minLength",
    schema: same,
    zod: { form: "check", name: "min" },
    words: { size: "least" },
    allows: (given, least) => Array.from(given).length >= least,
    contradicts: (least, { maxLength }) => crossed(["minLength", least], ["maxLength", maxLength]),
    sample: (sample, least) => sample.padEnd(least, "-"),
    steps: { min: asGiven, length: asGiven, nonempty: always("1") },
  },
  maxLength: {
    tag: "maxLength",
    grammar: count,
    keyword: "maxLength",
    schema: same,
    zod: { form: "check", name: "max" },
    words: { size: "most" },
    allows: (given, most) => Array.from(given).length <= most,
    contradicts: none,
    sample: (sample, most) => Array.from(sample).slice(0, most).join(""),
    steps: { max: asGiven, length: asGiven },
  },
  pattern: {
    tag: "pattern",
    grammar: regularExpression,
    keyword: "pattern",
    schema: same,
    zod: { form: "check", name: "regex", argument: "regex" },
    words: { clause: (pattern) => ` matching ${pattern}` },
    allows: (given, pattern) => new RegExp(pattern, "u").test(given),
    contradicts: none,
    sample: same,
    steps: { regex: asGiven },
  },
} as const satisfies ScalarRows<string, StringConstraints>;

const arrays = {
  minItems: {
    tag: "minItems",
    grammar: count,
    keyword: "minItems",
    schema: same,
    zod: { form: "check", name: "min" },
    words: { size: "least" },
    allows: ({ length }, least) => length >= least,
    contradicts: (least, { maxItems }) => crossed(["minItems", least], ["maxItems", maxItems]),
    steps: { min: asGiven, length: asGiven, nonempty: always("1") },
  },
  maxItems: {
    tag: "maxItems",
    grammar: count,
    keyword: "maxItems",
    schema: same,
    zod: { form: "check", name: "max" },
    words: { size: "most" },
    allows: ({ length }, most) => length <= most,
    contradicts: none,
    steps: { max: asGiven, length: asGiven },
  },
  uniqueItems: {
    tag: "uniqueItems",
    grammar: flag,
    keyword: "uniqueItems",
    schema: same,
    zod: { form: "wrap", codec: "distinct" },
    words: { clause: () => ", without repeats" },
    allows: (given) => new Set(given.map(canonicalText)).size === given.length,
    contradicts: none,
    steps: {},
  },
} as const satisfies Rows<Items, ArrayConstraints>;

type Bound = readonly [tag: string, value: number | undefined];

function crossed(low: readonly [string, number], high: Bound): string | undefined {
  return high[1] !== undefined && low[1] > high[1] ? nothingBetween(low, high) : undefined;
}

/** With an exclusive bound even equal values leave nothing between them. */
function touching(low: readonly [string, number], high: Bound): string | undefined {
  return high[1] !== undefined && low[1] >= high[1] ? nothingBetween(low, high) : undefined;
}

function nothingBetween([lowTag, low]: readonly [string, number], [highTag, high]: Bound): string {
  return `no value satisfies \`@${lowTag} ${low}\` and \`@${highTag} ${high}\``;
}

/** No multiple, or no whole number, lies between the bounds. */
function withoutStep(tag: string, step: number, all: NumberConstraints): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = all;
  const low = minimum ?? exclusiveMinimum;
  const high = maximum ?? exclusiveMaximum;
  if (low === undefined || high === undefined) return undefined;
  const first = Math.ceil(low / step) * step;
  const next = first === exclusiveMinimum ? first + step : first;
  const fits = next < high || (next === high && exclusiveMaximum !== high);
  return fits ? undefined : `no value satisfies \`${tag}\` between ${low} and ${high}`;
}

export type ConstraintKind = "number" | "string" | "array";

type AnyConstraints = NumberConstraints | StringConstraints | ArrayConstraints;

/** Of its own kind's values alone: who asks has looked at the kind. */
type AnyRow = ConstraintRow<JsonValue, ConstraintValue, AnyConstraints>;

const rows: Readonly<Record<ConstraintKind, Readonly<Record<string, AnyRow>>>> = {
  number: numbers,
  string: strings,
  array: arrays,
};

export interface Constraint {
  readonly key: string;
  readonly on: ConstraintKind;
  readonly row: AnyRow;
}

export const constraints: readonly Constraint[] = (["number", "string", "array"] as const).flatMap((on) =>
  Object.entries(rows[on]).map(([key, row]) => ({ key, on, row })),
);

const byTag = new Map(constraints.map((constraint) => [constraint.row.tag, constraint]));

export const constraintTags: readonly string[] = [...byTag.keys()];

/** What is said of an array's elements, as `items.minimum`, is the same constraint. */
export function constraintOfTag(tag: string): Constraint | undefined {
  return byTag.get(tag.replace(ofElements, ""));
}

const ofElements = /^(?:items\.)+/;

/** How many arrays lie between what has the tag and what it constrains. */
export function elementDepth(tag: string): number {
  return (ofElements.exec(tag)?.[0].split(".").length ?? 1) - 1;
}

export interface HeldConstraint extends Constraint {
  readonly value: ConstraintValue;
}

/** Those of a type, in the order of the rows. */
export function heldConstraints(on: ConstraintKind, held: AnyConstraints = {}): readonly HeldConstraint[] {
  const values = new Map<string, ConstraintValue>(Object.entries(held));
  return constraints.flatMap((constraint) => {
    const value = constraint.on === on ? values.get(constraint.key) : undefined;
    return value === undefined ? [] : [{ ...constraint, value }];
  });
}

/** A set is constrained as the array is that it travels as. */
export function constraintKind(type: TypeNode): ConstraintKind | undefined {
  if (type.kind === "number" || type.kind === "string") return type.kind;
  return type.kind === "array" || type.kind === "set" ? "array" : undefined;
}

/** A number that fits, as far as one can be made up. */
export function sampleNumber(held: NumberConstraints = {}): number {
  const scalars: Readonly<Record<string, ScalarRow<number, ConstraintValue, NumberConstraints>>> = numbers;
  return heldConstraints("number", held).reduce((made, { key, value }) => scalars[key]?.sample(made, value) ?? made, 1);
}

/** A string that fits, as far as one can be made up. */
export function sampleString(held: StringConstraints = {}): string {
  const scalars: Readonly<Record<string, ScalarRow<string, ConstraintValue, StringConstraints>>> = strings;
  const begin = "text";
  return heldConstraints("string", held).reduce(
    (made, { key, value }) => scalars[key]?.sample(made, value) ?? made,
    begin,
  );
}

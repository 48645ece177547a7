/** Whether each string or number of one schema is one of another: lengths, patterns, formats, bounds, steps. */
import type { JsonObject, JsonValue } from "../model/json.js";
import { escapeAt, type Compared, type Escape } from "./escape.js";
import { saidAt } from "./schema-node.js";

export function stringEscapes(compared: Compared): readonly Escape[] {
  return [
    ...(leastOf(compared.sub.schema, "minLength") < leastOf(compared.sup.schema, "minLength")
      ? [escapeAt(compared, "keyword", "minLength")]
      : []),
    ...(mostOf(compared.sub.schema, "maxLength") > mostOf(compared.sup.schema, "maxLength")
      ? [escapeAt(compared, "keyword", "maxLength")]
      : []),
    ...textEscapes(compared, "pattern"),
    ...textEscapes(compared, "format"),
  ];
}

/** Of patterns and formats only the same one is known to be enough; a value can be tried. */
function textEscapes(compared: Compared, keyword: "pattern" | "format"): readonly Escape[] {
  const { sub, sup } = compared;
  const asked = sup.schema[keyword];
  const given = saidAt(sub.schema, keyword);
  if (asked === undefined || given.includes(asked)) return [];
  const value = sub.schema["const"];
  if (typeof value === "string" && keyword === "pattern")
    return matches(asked, value) ? [] : [escapeAt(compared, "keyword", keyword)];
  return [escapeAt(compared, given.length === 0 ? "keyword" : "unproven", keyword)];
}

function matches(pattern: JsonValue, text: string): boolean {
  return typeof pattern === "string" && matchesPattern(pattern, text);
}

/** A pattern that is none here matches nothing: what cannot be shown is not taken for granted. */
export function matchesPattern(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return false;
  }
}

export function numberEscapes(compared: Compared): readonly Escape[] {
  const { sub, sup } = compared;
  const lower = boundOf(sup.schema, "minimum");
  const upper = boundOf(sup.schema, "maximum");
  return [
    ...(isInteger(sup.schema) && !isInteger(sub.schema) ? [escapeAt(compared, "keyword", "type")] : []),
    ...(isWithin(boundOf(sub.schema, "minimum"), lower, 1) ? [] : [escapeAt(compared, "keyword", lower.keyword)]),
    ...(isWithin(boundOf(sub.schema, "maximum"), upper, -1) ? [] : [escapeAt(compared, "keyword", upper.keyword)]),
    ...stepEscapes(compared),
  ];
}

/** A const is one if its value is, whatever its type says. */
function isInteger(schema: JsonObject): boolean {
  const { const: value } = schema;
  if (typeof value === "number") return Number.isInteger(value);
  const steps = saidAt(schema, "multipleOf");
  return schema["type"] === "integer" || steps.some((step) => typeof step === "number" && Number.isInteger(step));
}

interface Bound {
  readonly keyword: string;
  readonly value: number;
  readonly isOpen: boolean;
}

/** The tighter of the two that JSON Schema has for each end; none is endless. */
function boundOf(schema: JsonObject, end: "minimum" | "maximum"): Bound {
  const sign = end === "minimum" ? 1 : -1;
  const exclusive = end === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
  const [closed, open] = [numberAt(schema, end), numberAt(schema, exclusive)];
  if (open !== undefined && (closed === undefined || open * sign >= closed * sign))
    return schema["type"] === "integer" && Number.isInteger(open)
      ? { keyword: exclusive, value: open + sign, isOpen: false }
      : { keyword: exclusive, value: open, isOpen: true };
  return { keyword: end, value: closed ?? -sign * Number.POSITIVE_INFINITY, isOpen: false };
}

function isWithin(inner: Bound, outer: Bound, sign: 1 | -1): boolean {
  if (inner.value === outer.value) return inner.isOpen || !outer.isOpen;
  return inner.value * sign > outer.value * sign;
}

function stepEscapes(compared: Compared): readonly Escape[] {
  const asked = numberAt(compared.sup.schema, "multipleOf");
  if (asked === undefined) return [];
  const { schema } = compared.sub;
  const given = [numberAt(schema, "const") ?? [], saidAt(schema, "multipleOf"), schema["type"] === "integer" ? 1 : []];
  const fits = given.flat().some((step) => typeof step === "number" && isMultiple(step, asked));
  return fits ? [] : [escapeAt(compared, "keyword", "multipleOf")];
}

/** 0.3 is a multiple of 0.1, whatever binary fractions say. */
function isMultiple(value: number, step: number): boolean {
  return Math.abs(value / step - Math.round(value / step)) < 1e-9;
}

function numberAt(schema: JsonObject, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" ? value : undefined;
}

export function leastOf(schema: JsonObject, keyword: string): number {
  return numberAt(schema, keyword) ?? 0;
}

export function mostOf(schema: JsonObject, keyword: string): number {
  return numberAt(schema, keyword) ?? Number.POSITIVE_INFINITY;
}

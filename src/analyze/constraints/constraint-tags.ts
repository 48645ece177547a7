/** `@minimum 1` → a constraint with its value, or what its tag expects. */
import { closest } from "../../diagnostics/suggest.js";
import { ignoreCase } from "./ignore-case.js";
import type { ArrayConstraints, NumberConstraints, StringConstraints } from "../../model/types.js";

export type ConstraintKind = "number" | "string" | "array";
export type ConstraintKey = keyof NumberConstraints | keyof StringConstraints | keyof ArrayConstraints;

export interface Constraint {
  readonly key: ConstraintKey;
  readonly on: ConstraintKind;
  readonly value: number | string | true;
}

interface Rule {
  readonly key: ConstraintKey;
  readonly on: ConstraintKind;
  /** Completes "`@minimum` expects …". */
  readonly expects: string;
  /** Undefined for what does not parse. */
  readonly read: (text: string) => number | string | true | undefined;
}

const anyNumber = { expects: "a number", read: (text: string) => toNumber(text, () => true) };
const positive = { expects: "a number above 0", read: (text: string) => toNumber(text, (value) => value > 0) };
const count = {
  expects: "a whole number from 0",
  read: (text: string) => toNumber(text, (value) => Number.isInteger(value) && value >= 0),
};
const flag = {
  expects: "no value",
  read: (text: string) => (text === "" || text === "true" ? (true as const) : undefined),
};

const rules: Readonly<Record<string, Rule>> = {
  minimum: { key: "minimum", on: "number", ...anyNumber },
  maximum: { key: "maximum", on: "number", ...anyNumber },
  exclusiveMinimum: { key: "exclusiveMinimum", on: "number", ...anyNumber },
  exclusiveMaximum: { key: "exclusiveMaximum", on: "number", ...anyNumber },
  multipleOf: { key: "multipleOf", on: "number", ...positive },
  int: { key: "integer", on: "number", ...flag },
  minLength: { key: "minLength", on: "string", ...count },
  maxLength: { key: "maxLength", on: "string", ...count },
  pattern: { key: "pattern", on: "string", expects: "a regular expression", read: toPattern },
  format: { key: "format", on: "string", expects: "the name of a format, such as `email`", read: toFormat },
  minItems: { key: "minItems", on: "array", ...count },
  maxItems: { key: "maxItems", on: "array", ...count },
  uniqueItems: { key: "uniqueItems", on: "array", ...flag },
};

export function isConstraintTag(name: string): boolean {
  return Object.hasOwn(rules, name);
}

/** Of a slip, such as `@minimun`. `@int` is too short to be meant by anything else. */
export function meantConstraint(name: string): string | undefined {
  if (isConstraintTag(name)) return undefined;
  return closest(
    name,
    Object.keys(rules).filter((rule) => rule !== "int"),
  );
}

/** What constrains, or was meant to: a slip is told, never lost. */
export function isConstraining(name: string): boolean {
  return isConstraintTag(name) || meantConstraint(name) !== undefined;
}

export type ReadConstraint = { readonly constraint: Constraint } | { readonly problem: string };

/** For names that `isConstraintTag` knows. */
export function readConstraint(name: string, text: string): ReadConstraint {
  const rule = rules[name];
  if (rule === undefined) throw new Error(`@${name} is no constraint`);
  const written = rule.key === "pattern" ? text.trim() : text.trim().replace(/^[:=]\s*/, "");
  const flags = rule.key === "pattern" && unservedFlags(written);
  if (flags)
    return { problem: `\`@${name}\` has the flag \`${flags}\`, which JSON Schema's patterns have no form for` };
  const value = rule.read(written);
  if (value === undefined)
    return { problem: `\`@${name}\` expects ${rule.expects}${text === "" ? "" : `, not \`${clip(text)}\``}` };
  return { constraint: { key: rule.key, on: rule.on, value } };
}

function clip(text: string): string {
  const [line = ""] = text.split("\n");
  return line.length <= 30 ? line : `${line.slice(0, 29)}…`;
}

function toNumber(text: string, accepts: (value: number) => boolean): number | undefined {
  const value = text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) && accepts(value) ? value : undefined;
}

/** `/…/` with flags, as JavaScript writes it. */
const literal = /^\/([^]+)\/([a-z]*)$/;

/** What `u`, which holds anyway, and `i` say can be written out; `g` and `d` change nothing for a test. */
function unservedFlags(text: string): string | undefined {
  const [, source = "", flags = ""] = literal.exec(text) ?? [];
  if (new Set(flags).size < flags.length || !/^[dgimsuvy]*$/.test(flags)) return undefined;
  const isUnwritten = flags.includes("i") && ignoreCase(source) === undefined;
  const unserved = flags.replace(isUnwritten ? /[dgu]/g : /[dgiu]/g, "");
  return unserved === "" ? undefined : unserved;
}

/** Between slashes or without. */
function toPattern(text: string): string | undefined {
  const [, source = text, flags = ""] = literal.exec(text) ?? [];
  try {
    new RegExp(source, flags.includes("u") ? flags : `${flags}u`);
  } catch {
    return undefined;
  }
  if (source === "") return undefined;
  return flags.includes("i") ? ignoreCase(source) : source;
}

function toFormat(text: string): string | undefined {
  return /^[A-Za-z][\w.-]*$/.test(text) ? text : undefined;
}

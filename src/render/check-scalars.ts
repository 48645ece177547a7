/** Plain values → the conditions that hold for them, and their opposites. */
import type { EnumNode, LiteralNode, NumberNode, StringNode, TypeNode } from "../model/types.js";
import { array, call } from "./code.js";
import { jsonToCode, numberToCode } from "./json-code.js";
import { layOut } from "./layout.js";
import { regexLiteral } from "./zod-scalars.js";

/** The text of a condition and of its opposite. */
export interface Condition {
  readonly holds: string;
  readonly fails: string;
}

export interface CheckFile {
  /** The local name of something that the runtime's `arguments/accept.ts` exports. */
  runtime(name: RuntimeName): string;
  /** Declares a constant of the file, once for the same code; `layOut` gets the column that it starts in. */
  constant(name: string, text: (column: number) => string): string;
}

export type RuntimeName = keyof typeof import("../../templates/runtime/arguments/accept.js");

/** Undefined for a type whose value is taken apart or decoded. */
export function plainConditions(
  type: TypeNode,
  value: string,
  { file, hint }: { readonly file: CheckFile; readonly hint: string },
): readonly Condition[] | undefined {
  switch (type.kind) {
    case "string":
      return stringConditions(type, value, { file, hint });
    case "number":
      return numberConditions(type, value);
    case "boolean":
      return [compare(`typeof ${value}`, "===", '"boolean"')];
    case "null":
      return [compare(value, "===", "null")];
    case "unknown":
      return [compare(value, "!==", "undefined")];
    case "literal":
      return [literalCondition(type, value)];
    case "enum":
      return [enumCondition(type, value, { file, hint })];
    default:
      return undefined;
  }
}

const opposites = { "===": "!==", "!==": "===", ">=": "<", "<=": ">", ">": "<=", "<": ">=" } as const;

function compare(left: string, operator: keyof typeof opposites, right: string): Condition {
  return { holds: `${left} ${operator} ${right}`, fails: `${left} ${opposites[operator]} ${right}` };
}

function holds(text: string): Condition {
  return { holds: text, fails: `!${text}` };
}

const formats: Readonly<Record<string, RuntimeName>> = {
  "date-time": "isDateTime",
  date: "isDate",
  email: "isEmail",
  uuid: "isUuid",
};

function stringConditions(
  { constraints = {} }: StringNode,
  value: string,
  { file, hint }: { readonly file: CheckFile; readonly hint: string },
): readonly Condition[] {
  const { minLength = 0, maxLength, pattern, format } = constraints;
  const test = format !== undefined && Object.hasOwn(formats, format) ? formats[format] : undefined;
  return [
    compare(`typeof ${value}`, "===", '"string"'),
    ...(minLength === 1 ? [compare(value, "!==", '""')] : []),
    ...(minLength > 1 ? [compare(`${file.runtime("countCharacters")}(${value})`, ">=", String(minLength))] : []),
    // Never fewer code units than code points: what is within the bound by units is within it.
    ...(maxLength === undefined ? [] : [compare(`${value}.length`, "<=", String(maxLength))]),
    ...(test === undefined ? [] : [holds(`${file.runtime(test)}(${value})`)]),
    ...(pattern === undefined
      ? []
      : [holds(`${file.constant(`${hint}Pattern`, () => regexLiteral(pattern).flat)}.test(${value})`)]),
  ];
}

function numberConditions({ constraints = {} }: NumberNode, value: string): readonly Condition[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, integer } = constraints;
  const bounds = [
    [">=", minimum],
    [">", exclusiveMinimum],
    ["<=", maximum],
    ["<", exclusiveMaximum],
  ] as const;
  return [
    compare(`typeof ${value}`, "===", '"number"'),
    // `1e999` is JSON for infinity.
    holds(`Number.${integer || multipleOf !== undefined ? "isSafeInteger" : "isFinite"}(${value})`),
    ...bounds.flatMap(([operator, bound]) =>
      bound === undefined ? [] : [compare(value, operator, numberToCode(bound).flat)],
    ),
    ...(multipleOf === undefined ? [] : [compare(`${value} % ${numberToCode(multipleOf).flat}`, "===", "0")]),
  ];
}

function literalCondition(type: LiteralNode, value: string): Condition {
  return compare(value, "===", jsonToCode(type.value).flat);
}

function enumCondition(
  { values }: EnumNode,
  value: string,
  { file, hint }: { readonly file: CheckFile; readonly hint: string },
): Condition {
  const name = file.constant(`${hint}Values`, (column) =>
    layOut(call("new Set<unknown>", [array(values.map(jsonToCode))]), { indent: 0, column, rest: 1 }),
  );
  return holds(`${name}.has(${value})`);
}

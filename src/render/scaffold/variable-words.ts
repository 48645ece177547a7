/** The type of a variable → what may stand there, in words for .env.example. */
import type {
  ArrayConstraints,
  NumberConstraints,
  StringConstraints,
  TemplatePart,
  TypeNode,
} from "../../model/types.js";
import { unreachable } from "../../model/result.js";

export function describeType(type: TypeNode): string {
  switch (type.kind) {
    case "string":
      return describeString(type.constraints ?? {});
    case "number":
      return describeNumber(type.constraints ?? {});
    case "boolean":
      return "true or false";
    case "literal":
      return String(type.value);
    case "enum":
      return join(type.values.map(String));
    case "template":
      return type.parts.map(describePart).join("");
    case "codec":
      return type.values ? join(type.values) : codecs[type.codec];
    case "array":
    case "set":
      return `a list separated by commas${describeSize(type.constraints ?? {})}, each ${describeType(type.element)}`;
    case "union":
      return join(type.members.filter(({ kind }) => kind !== "null" && kind !== "void").map(describeType));
    case "null":
    case "void":
    case "unknown":
    case "wide":
    case "map":
    case "tuple":
    case "record":
    case "object":
    case "reference":
    case "content":
      return type.kind;
    default:
      return unreachable(type);
  }
}

const codecs = {
  bigint: "a whole number",
  date: "a date and time such as 2026-01-31T09:30:00Z",
  url: "a URL",
  uint8array: "base64",
  buffer: "base64",
  arraybuffer: "base64",
} as const;

const formats: Readonly<Record<string, string>> = {
  "date-time": codecs.date,
  date: "a date such as 2026-01-31",
  email: "an e-mail address",
  uri: "a URL",
  uuid: "a UUID",
};

function describeString({ minLength, maxLength, pattern, format }: StringConstraints): string {
  const known = format === undefined ? undefined : (formats[format] ?? `a text of the format ${format}`);
  const length = describeBounds([minLength, maxLength], "character");
  const matching = pattern === undefined ? "" : ` matching ${pattern}`;
  return `${known ?? "a text"}${length === "" ? "" : ` of ${length}`}${matching}`;
}

function describeNumber(constraints: NumberConstraints): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, integer } = constraints;
  const bounds = [
    ...(minimum === undefined ? [] : [` from ${String(minimum)}`]),
    ...(exclusiveMinimum === undefined ? [] : [` above ${String(exclusiveMinimum)}`]),
    ...(maximum === undefined ? [] : [` to ${String(maximum)}`]),
    ...(exclusiveMaximum === undefined ? [] : [` below ${String(exclusiveMaximum)}`]),
    ...(multipleOf === undefined ? [] : [`, a multiple of ${String(multipleOf)}`]),
  ];
  return `${integer ? "a whole number" : "a number"}${bounds.join("")}`;
}

function describeSize({ minItems, maxItems }: ArrayConstraints): string {
  const size = describeBounds([minItems, maxItems], "item");
  return size === "" ? "" : `, ${size}`;
}

function describeBounds([least, most]: readonly [number | undefined, number | undefined], unit: string): string {
  const count = (number: number): string => `${String(number)} ${unit}${number === 1 ? "" : "s"}`;
  if (least !== undefined && most !== undefined) return `${String(least)} to ${count(most)}`;
  if (least !== undefined) return `at least ${count(least)}`;
  return most === undefined ? "" : `at most ${count(most)}`;
}

function describePart(part: TemplatePart): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "choice":
      return `<${part.texts.join("|")}>`;
    case "string":
      return "<text>";
    case "number":
    case "bigint":
      return "<number>";
  }
}

function join(texts: readonly string[]): string {
  const shown = texts.length > 12 ? [...texts.slice(0, 12), "others"] : texts;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} or ${shown.slice(-1).join("")}`;
}

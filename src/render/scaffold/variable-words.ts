/** The type of a variable → what may stand there, in words for .env.example. */
import type {
  ArrayConstraints,
  NumberConstraints,
  StringConstraints,
  TemplatePart,
  TypeNode,
} from "../../model/types.js";
import { codecRow } from "../../language/codecs.js";
import { heldConstraints, type ConstraintKind } from "../../language/constraints.js";
import { unreachable } from "../../model/result.js";

type TypeConstraints = ArrayConstraints | NumberConstraints | StringConstraints;

export function describeType(type: TypeNode): string {
  switch (type.kind) {
    case "string":
      return describeConstrained("string", type.constraints);
    case "number":
      return describeConstrained("number", type.constraints);
    case "boolean":
      return "true or false";
    case "literal":
      return String(type.value);
    case "enum":
      return join(type.values.map(String));
    case "template":
      return type.parts.map(describePart).join("");
    case "codec":
      return type.values ? join(type.values) : codecRow(type.codec).words;
    case "array":
    case "set":
      return `${describeConstrained("array", type.constraints)}, each ${describeType(type.element)}`;
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

const nouns = { string: "a string", number: "a number", array: "a list separated by commas" } as const;
const units = { string: "character", number: "unit", array: "item" } as const;

function describeConstrained(on: ConstraintKind, constraints: TypeConstraints | undefined): string {
  const said = heldConstraints(on, constraints).map(({ row: { words }, value }) => ({ words, value }));
  const nounOf = said.flatMap(({ words, value }) => ("noun" in words ? [words.noun(value)] : []));
  const clauses = said.flatMap(({ words, value }) => ("clause" in words ? [words.clause(value)] : []));
  const end = (which: "least" | "most"): number | undefined => {
    const found = said.find(({ words }) => "size" in words && words.size === which)?.value;
    return found === undefined ? undefined : Number(found);
  };
  const size = describeBounds([end("least"), end("most")], units[on]);
  const sized = size === "" ? "" : `${on === "array" ? ", " : " of "}${size}`;
  return `${nounOf[0] ?? nouns[on]}${sized}${clauses.join("")}`;
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

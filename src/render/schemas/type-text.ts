/** TypeNode → TypeScript, for the recursive types that a schema cannot infer. */
import { codecRow, type CodecKind } from "../../language/codecs.js";
import { unreachable } from "../../model/result.js";
import type { ObjectNode, RecordNode, TemplateNode, TupleNode, TypeNode } from "../../model/types.js";
import { printWidth, type Place } from "../code/layout.js";
import { stringLiteral, templateText, typeKey } from "../code/text.js";
import { textWidth } from "../code/width.js";

/** The local name of a recursive type. */
export type NameOf = (reference: string) => string;

export function typeText(type: TypeNode, nameOf: NameOf): string {
  switch (type.kind) {
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "unknown":
      return type.kind;
    case "wide":
      return type.accepts === "object" ? "object" : "(string | number | boolean | object)";
    case "void":
      return "undefined";
    case "literal":
      return literalText(type.value);
    case "enum":
      return type.values.map(literalText).join(" | ");
    case "template":
      return templateTypeText(type);
    case "codec":
      return type.values ? type.values.map((digits) => `${digits}n`).join(" | ") : codecText(type.codec);
    case "array":
      return `${elementText(type.element, nameOf)}[]`;
    case "set":
      return `Set<${typeText(type.element, nameOf)}>`;
    case "map":
      return `Map<${typeText(type.key, nameOf)}, ${typeText(type.value, nameOf)}>`;
    case "tuple":
      return tupleText(type, nameOf);
    case "record":
      return recordText(type, nameOf);
    case "object":
      return type.properties.length === 0 && !type.additional && !type.patterns
        ? "Record<string, never>"
        : `{ ${memberTexts(type, nameOf).join("; ")} }`;
    case "union":
      return type.members.map((member) => typeText(member, nameOf)).join(" | ");
    case "reference":
      return nameOf(type.name);
    case "content":
      return "{ [key: string]: unknown }";
    default:
      return unreachable(type);
  }
}

/** The members of an interface or object type, without separators. */
function memberTexts(type: ObjectNode, nameOf: NameOf): readonly string[] {
  return membersOf(type).map(({ key, value }) => `${key}: ${typeText(value, nameOf)}`);
}

interface Member {
  readonly key: string;
  readonly value: TypeNode;
}

function membersOf(type: ObjectNode): readonly Member[] {
  const members = type.properties.map((property) => ({
    key: `${typeKey(property.name)}${property.optional ? "?" : ""}`,
    value: property.type,
  }));
  // TypeScript wants an index signature that every member fits: it cannot say what the schema says.
  return type.additional || type.patterns ? [...members, { key: "[key: string]", value: anything }] : members;
}

const anything: TypeNode = { kind: "unknown" };

/** On one line where it fits, else as prettier breaks object types; what else is too long is left to prettier itself. */
export function layOutType(type: TypeNode, nameOf: NameOf, place: Place): string {
  const flat = typeText(type, nameOf);
  if (place.column + textWidth(flat) + place.rest <= printWidth) return flat;
  if (type.kind === "object" && membersOf(type).length > 0) return layOutMembers(type, nameOf, place.indent);
  if (type.kind === "array" && type.element.kind === "object")
    return `${layOutType(type.element, nameOf, { ...place, rest: place.rest + 2 })}[]`;
  if (type.kind === "union") {
    const [only, ...others] = type.members.filter(({ kind }) => kind !== "null");
    const isLast = type.members.at(-1)?.kind === "null";
    if (only?.kind === "object" && others.length === 0 && isLast)
      return `${layOutMembers(only, nameOf, place.indent)} | null`;
  }
  return flat;
}

/** One member a line, in braces. */
export function layOutMembers(type: ObjectNode, nameOf: NameOf, indent: number): string {
  const inside = " ".repeat(indent + 2);
  const lines = membersOf(type).map(({ key, value }) => {
    const place = { indent: indent + 2, column: indent + 2 + textWidth(key) + 2, rest: 1 };
    return `${inside}${key}: ${layOutType(value, nameOf, place)};\n`;
  });
  return `{\n${lines.join("")}${" ".repeat(indent)}}`;
}

function elementText(type: TypeNode, nameOf: NameOf): string {
  const text = typeText(type, nameOf);
  return type.kind === "union" || ((type.kind === "enum" || type.kind === "codec") && (type.values?.length ?? 0) > 1)
    ? `(${text})`
    : text;
}

function tupleText(type: TupleNode, nameOf: NameOf): string {
  const elements = type.elements.map((element) =>
    element.optional ? `${elementText(element.type, nameOf)}?` : typeText(element.type, nameOf),
  );
  const rest = type.rest ? [`...${elementText(type.rest, nameOf)}[]`] : [];
  const end = type.end?.map((element) => typeText(element, nameOf)) ?? [];
  return `[${[...elements, ...rest, ...end].join(", ")}]`;
}

function recordText({ key, value: element, sparse }: RecordNode, nameOf: NameOf): string {
  const value = `${typeText(element, nameOf)}${sparse ? " | undefined" : ""}`;
  if (key?.kind === "enum") return `Partial<Record<${typeText(key, nameOf)}, ${value}>>`;
  const name = key?.kind === "template" || key?.kind === "number" ? typeText(key, nameOf) : "string";
  return `{ [key: ${name}]: ${value} }`;
}

function templateTypeText(type: TemplateNode): string {
  const parts = type.parts.map((part) => {
    if (part.kind === "text") return templateText(part.text);
    return `\${${part.kind === "choice" ? part.texts.map(stringLiteral).join(" | ") : part.kind}}`;
  });
  return `\`${parts.join("")}\``;
}

function literalText(value: string | number | boolean): string {
  return typeof value === "string" ? stringLiteral(value) : String(value);
}

function codecText(codec: CodecKind): string {
  const { name, typeText: text } = codecRow(codec);
  return text ?? name;
}

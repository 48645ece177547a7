/** TypeNode → TypeScript, for the recursive types that a schema cannot infer. */
import { unreachable } from "../../model/result.js";
import type { ObjectNode, TemplateNode, TupleNode, TypeNode } from "../../model/types.js";
import { stringLiteral, templateText, typeKey } from "../code/text.js";

/** The local name of a recursive type. */
export type NameOf = (reference: string) => string;

const codecs = {
  bigint: "bigint",
  date: "Date",
  url: "URL",
  uint8array: "Uint8Array<ArrayBuffer>",
  buffer: "Buffer<ArrayBuffer>",
  arraybuffer: "ArrayBuffer",
} as const;

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
      return type.values ? type.values.map((digits) => `${digits}n`).join(" | ") : codecs[type.codec];
    case "array":
      return `${elementText(type.element, nameOf)}[]`;
    case "set":
      return `Set<${typeText(type.element, nameOf)}>`;
    case "map":
      return `Map<${typeText(type.key, nameOf)}, ${typeText(type.value, nameOf)}>`;
    case "tuple":
      return tupleText(type, nameOf);
    case "record":
      return recordText(type.key, typeText(type.value, nameOf), nameOf);
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
export function memberTexts(type: ObjectNode, nameOf: NameOf): readonly string[] {
  const members = type.properties.map(
    (property) => `${typeKey(property.name)}${property.optional ? "?" : ""}: ${typeText(property.type, nameOf)}`,
  );
  // TypeScript wants an index signature that every member fits: it cannot say what the schema says.
  return [...members, ...(type.additional || type.patterns ? ["[key: string]: unknown"] : [])];
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
  return `[${[...elements, ...(type.rest ? [`...${elementText(type.rest, nameOf)}[]`] : [])].join(", ")}]`;
}

function recordText(key: TypeNode | undefined, value: string, nameOf: NameOf): string {
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

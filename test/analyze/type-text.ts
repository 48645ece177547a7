/** A TypeNode in one line, for tables: `{ id: string, state?: "a" | "b" }`. A narrower type in TypeScript has a `!`. */
import type { TemplatePart, TypeNode } from "../../src/model/types.js";

export function typeText(node: TypeNode): string {
  const constraints = "constraints" in node ? JSON.stringify(node.constraints) : "";
  return `${bare(node)}${constraints}${node.nominal ? "!" : ""}`;
}

function bare(node: TypeNode): string {
  switch (node.kind) {
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "unknown":
    case "void":
      return node.kind;
    case "wide":
      return node.accepts === "object" ? "object" : "{}";
    case "literal":
      return JSON.stringify(node.value);
    case "enum":
      return `enum(${node.values.map((value) => JSON.stringify(value)).join(" ")})`;
    case "template":
      return `\`${node.parts.map(part).join("")}\``;
    case "codec":
      return `<${node.values?.map((digits) => `${digits}n`).join(" | ") ?? node.codec}>`;
    case "array":
      return `${typeText(node.element)}[]`;
    case "set":
      return `Set<${typeText(node.element)}>`;
    case "map":
      return `Map<${typeText(node.key)}, ${typeText(node.value)}>`;
    case "tuple": {
      const elements = node.elements.map(
        ({ name, type, optional }) => `${name ? `${name}: ` : ""}${typeText(type)}${optional ? "?" : ""}`,
      );
      return `[${[...elements, ...(node.rest ? [`...${typeText(node.rest)}`] : [])].join(", ")}]`;
    }
    case "record":
      return `Record<${node.key ? typeText(node.key) : "string"}, ${typeText(node.value)}>`;
    case "object": {
      const properties = node.properties.map(
        ({ name, optional, type }) => `${name}${optional ? "?" : ""}: ${typeText(type)}`,
      );
      return `{ ${[...properties, ...(node.additional ? [`...: ${typeText(node.additional)}`] : []), ...(node.patterns ?? []).map(({ key, value }) => `[${typeText(key)}]: ${typeText(value)}`)].join(", ")} }`;
    }
    case "union":
      return `(${node.members.map(typeText).join(" | ")}${node.discriminant === undefined ? "" : ` by ${node.discriminant}`})`;
    case "reference":
      return `#${node.name}`;
    case "content":
      return `<<${node.content}>>`;
  }
}

function part(each: TemplatePart): string {
  if (each.kind === "text") return each.text;
  return `\${${each.kind === "choice" ? each.texts.join("|") : each.kind}}`;
}

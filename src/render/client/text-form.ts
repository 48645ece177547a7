/** How the text of an answer holds a value: as a string, as JSON, or as either, which the text does not tell. */
import type { Definition } from "../../model/api.js";
import { unreachable } from "../../model/result.js";
import type { TypeNode } from "../../model/types.js";

export type TextForm = "string" | "json" | "either";

export function textFormOf(type: TypeNode, definitions: Readonly<Record<string, Definition>>): TextForm {
  const forms = formsOf(type, { definitions, met: new Set() });
  const [only = "json", other] = [...new Set(forms)];
  return other === undefined ? only : "either";
}

interface Search {
  readonly definitions: Readonly<Record<string, Definition>>;
  /** Recursive types that have been looked into. */
  readonly met: Set<string>;
}

/** None for what has no text at all. */
function formsOf(type: TypeNode, search: Search): readonly TextForm[] {
  switch (type.kind) {
    case "string":
    case "template":
    case "codec":
      return ["string"];
    case "literal":
      return [formOfValue(type.value)];
    case "enum":
      return type.values.map(formOfValue);
    case "union":
      return type.members.flatMap((member) => formsOf(member, search));
    case "reference":
      return formsOfReference(type.name, search);
    case "unknown":
      return ["either"];
    case "wide":
      return [type.accepts === "object" ? "json" : "either"];
    case "void":
      return [];
    case "number":
    case "boolean":
    case "null":
    case "array":
    case "set":
    case "map":
    case "tuple":
    case "record":
    case "object":
    case "content":
      return ["json"];
    default:
      return unreachable(type);
  }
}

function formOfValue(value: string | number | boolean): TextForm {
  return typeof value === "string" ? "string" : "json";
}

function formsOfReference(name: string, { definitions, met }: Search): readonly TextForm[] {
  const definition = definitions[name];
  if (!definition || met.has(name)) return [];
  met.add(name);
  return formsOf(definition.type, { definitions, met });
}

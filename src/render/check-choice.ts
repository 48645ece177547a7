/**
 * Which arguments get a check of their own, beside their zod schema: those with objects within objects or lists,
 * where zod's work shows (bench/validation.ts), and only of types that specialised code accepts exactly as zod does.
 */
import { childTypes, type ObjectNode, type TypeNode, type UnionNode } from "../model/types.js";
import type { Definition } from "../model/api.js";
import { chooseUnion } from "./zod-unions.js";

type Definitions = Readonly<Record<string, Definition>>;
type JsonKind = "string" | "number" | "boolean" | "null" | "array" | "object";

export function needsCheck(input: ObjectNode, definitions: Definitions): boolean {
  return input.properties.some((property) => isDeep(property.type)) && isCheckable(input, definitions);
}

function isDeep(type: TypeNode): boolean {
  if (type.kind === "object" || type.kind === "reference") return true;
  const inside = childTypes(type);
  return inside.some((child) => isDeep(child) || (type.kind !== "union" && childTypes(child).length > 0));
}

/** Also of what it refers to. */
export function isCheckable(root: TypeNode, definitions: Definitions): boolean {
  const seen = new Set<string>();
  const visit = (type: TypeNode): boolean => {
    if (type.schema) return false;
    if (type.kind !== "reference") return isKnown(type, definitions) && childTypes(type).every(visit);
    const target = definitions[type.name];
    if (!target) return false;
    if (seen.has(type.name)) return true;
    seen.add(type.name);
    return visit(target.type);
  };
  return visit(root);
}

/** zod checks these in words of its own. */
const zodFormats: ReadonlySet<string> = new Set(["time", "duration", "uri", "ipv4", "ipv6"]);

function isKnown(type: TypeNode, definitions: Definitions): boolean {
  switch (type.kind) {
    case "string":
      return !zodFormats.has(type.constraints?.format ?? "");
    case "number":
      return Number.isInteger(type.constraints?.multipleOf ?? 1);
    case "boolean":
    case "null":
    case "unknown":
    case "literal":
    case "enum":
    case "reference":
      return true;
    case "codec":
      return !type.values && (type.codec === "date" || type.codec === "bigint" || type.codec === "url");
    case "array":
      return !type.constraints?.uniqueItems || isPlain(type.element);
    // Repeats are told by what is on the wire, which only plain values are too once decoded.
    case "set":
      return isPlain(type.element);
    case "map":
      return type.key.kind === "string" && !type.key.constraints;
    case "record":
      return !type.key || (type.key.kind === "string" && !type.key.constraints);
    case "tuple":
      return !type.rest && type.elements.every((element) => !element.optional);
    case "object":
      // What Object.prototype has is found on any object.
      return !type.additional && !type.patterns && type.properties.every(({ name }) => !(name in Object.prototype));
    case "union":
      return isTold(type, definitions);
    case "template":
    case "wide":
    case "void":
    case "content":
      return false;
  }
}

/** Decoded, it is what it was; no two of them are equal and yet two. */
export function isPlain(type: TypeNode): boolean {
  return ["string", "number", "boolean", "null", "literal", "enum"].includes(type.kind);
}

/** Which member a value belongs to can be told from its discriminant or its JSON type, or does not matter. */
function isTold(union: UnionNode, definitions: Definitions): boolean {
  const members = union.members.filter((member) => member.kind !== "null");
  if (members.some((member) => member.kind === "unknown")) return false;
  if (members.every(isPlain) || chooseUnion(members, union, "input").kind === "discriminated") return true;
  const kinds = members.map((member) => kindsOf(member, definitions));
  return kinds.every((one) => one) && new Set(kinds.flat()).size === kinds.flat().length;
}

/** Undefined where that is not certain. */
function kindsOf(type: TypeNode, definitions: Definitions): readonly JsonKind[] | undefined {
  switch (type.kind) {
    case "string":
    case "number":
    case "boolean":
    case "object":
    case "array":
      return [type.kind];
    case "set":
    case "tuple":
      return ["array"];
    case "record":
    case "map":
      return ["object"];
    case "literal":
      return [typeof type.value as JsonKind];
    case "enum":
      return [...new Set(type.values.map((value) => typeof value as JsonKind))];
    case "codec":
      return type.codec === "bigint" ? ["string", "number"] : ["string"];
    case "reference": {
      const target = definitions[type.name]?.type;
      return target && target.kind !== "reference" && target.kind !== "union"
        ? kindsOf(target, definitions)
        : undefined;
    }
    default:
      return undefined;
  }
}

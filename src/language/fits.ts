/** Whether a JSON value, as a client would send it, fits a type: for defaults and examples. */
import { isJsonObject, type JsonValue } from "../model/json.js";
import { codecRow } from "./codecs.js";
import { constraintKind, heldConstraints } from "./constraints.js";
import type { ArrayNode, NumberNode, SetNode, StringNode, TupleNode, TypeNode } from "../model/types.js";

/** Looks up what stands behind a reference. */
export type LookUp = (node: TypeNode) => TypeNode;

export function fits(value: JsonValue, type: TypeNode, lookUp: LookUp): boolean {
  const node = lookUp(type);
  switch (node.kind) {
    case "unknown":
    case "content":
    case "reference":
      return true;
    case "wide":
      return node.accepts === "object" ? isJsonObject(value) : value !== null;
    case "void":
      return false;
    case "null":
      return value === null;
    case "boolean":
      return typeof value === "boolean";
    case "string":
      return typeof value === "string" && fitsConstraints(value, node);
    case "template":
      return typeof value === "string";
    case "number":
      return typeof value === "number" && fitsConstraints(value, node);
    case "literal":
      return value === node.value;
    case "enum":
      return node.values.some((each) => each === value);
    case "codec":
      if (node.values) return node.values.some((digits) => value === digits || value === Number(digits));
      return codecRow(node.codec).wire.some((type) => typeof value === type);
    case "union":
      return node.members.some((member) => fits(value, member, lookUp));
    case "array":
    case "set":
      return isArray(value) && fitsConstraints(value, node) && value.every((item) => fits(item, node.element, lookUp));
    case "tuple":
      return isArray(value) && fitsTuple(value, node, lookUp);
    case "map":
      return typeof value === "object" && value !== null;
    case "record":
    case "object":
      return isJsonObject(value) && fitsObject(value, node, lookUp);
  }
}

type ObjectLike = Extract<TypeNode, { kind: "object" | "record" }>;

function fitsObject(value: Readonly<Record<string, JsonValue>>, node: ObjectLike, lookUp: LookUp): boolean {
  const properties = node.kind === "object" ? node.properties : [];
  const others = node.kind === "object" ? node.additional : node.value;
  const hasPatterns = node.kind === "object" && node.patterns !== undefined;
  const known = new Map(properties.map((property) => [property.name, property]));
  const complete = properties.every(({ name, optional }) => optional || Object.hasOwn(value, name));
  return (
    complete &&
    Object.entries(value).every(([name, member]) => {
      const type = known.get(name)?.type ?? others;
      // Which names a pattern is for is known when it is rendered.
      return type === undefined ? hasPatterns : hasPatterns || fits(member, type, lookUp);
    })
  );
}

function fitsTuple(value: readonly JsonValue[], { elements, rest, end = [] }: TupleNode, lookUp: LookUp): boolean {
  const required = elements.filter(({ optional }) => !optional).length + end.length;
  return (
    value.length >= required &&
    value.every((item, index) => {
      const type = elements[index]?.type ?? end[index - value.length + end.length] ?? rest;
      return type !== undefined && fits(item, type, lookUp);
    })
  );
}

/** For a value of the kind that the constraints are on. */
function fitsConstraints(value: JsonValue, type: StringNode | NumberNode | ArrayNode | SetNode): boolean {
  const on = constraintKind(type);
  return on === undefined || heldConstraints(on, type.constraints).every((held) => held.row.allows(value, held.value));
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

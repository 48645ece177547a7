/**
 * TypeNode → JSON Schema 2020-12, within what every known client understands: everything inlined but
 * recursive types, `items` on every array, `{}` for unknown, no boolean schemas. Keys in a fixed order.
 */
import type { Definition } from "../../model/api.js";
import type { JsonObject, JsonValue } from "../../model/json.js";
import { codecRow } from "../../language/codecs.js";
import { heldConstraints, type ConstraintKind } from "../../language/constraints.js";
import { unreachable } from "../../model/result.js";
import type {
  ArrayConstraints,
  KeyPattern,
  MapNode,
  NumberConstraints,
  ObjectNode,
  Property,
  RecordNode,
  StringConstraints,
  TupleNode,
  TypeNode,
  UnionNode,
} from "../../model/types.js";
import { contentTypes } from "./content-schemas.js";
import { keyPattern, templatePattern } from "./template-pattern.js";
import { isStringKeyed } from "../../model/types.js";

export interface SchemaScope {
  /** Inputs refuse unknown keys and say so. */
  readonly direction: "input" | "output";
  /** The key in `$defs` of a recursive type. */
  reference(name: string): string;
}

type Constraints = StringConstraints | NumberConstraints | ArrayConstraints;

const anyValue = {
  anyOf: [
    { type: "string" },
    { type: "number" },
    { type: "boolean" },
    { type: "object" },
    { type: "array", items: {} },
  ],
} as const;

function typeToJsonSchema(type: TypeNode, scope: SchemaScope): JsonObject {
  switch (type.kind) {
    case "string":
      return withConstraints({ type: "string" }, "string", type.constraints);
    case "number":
      return withConstraints({ type: "number" }, "number", type.constraints);
    case "boolean":
    case "null":
      return { type: type.kind };
    case "unknown":
    case "void":
      return {};
    case "wide":
      return type.accepts === "object" ? { type: "object" } : anyValue;
    case "literal":
      return { type: typeof type.value, const: type.value };
    case "enum":
      return enumSchema(type.values);
    case "template":
      return { type: "string", pattern: templatePattern(type.parts) };
    case "codec":
      return type.values ? bigintSchema(type.values) : codecRow(type.codec).schema;
    case "array":
      return arraySchema(typeToJsonSchema(type.element, scope), type.constraints);
    case "set":
      return arraySchema(typeToJsonSchema(type.element, scope), { ...type.constraints, uniqueItems: true });
    case "map":
      return mapSchema(type, scope);
    case "tuple":
      return tupleSchema(type, scope);
    case "record":
      return { type: "object", ...keySchema(type.key), additionalProperties: typeToJsonSchema(type.value, scope) };
    case "object":
      return objectSchema(type, scope);
    case "union":
      return unionSchema(type, scope);
    case "reference":
      return { $ref: `#/$defs/${scope.reference(type.name)}` };
    case "content": {
      const constant = contentTypes[type.content];
      return constant === undefined
        ? { type: "object" }
        : { type: "object", properties: { type: { type: "string", const: constant } }, required: ["type"] };
    }
    default:
      return unreachable(type);
  }
}

/** Integers only where a double holds them. */
function bigintSchema(values: readonly string[]): JsonObject {
  const safe = values.map(Number).filter(Number.isSafeInteger);
  const texts = { type: "string", enum: values };
  return safe.length === 0 ? texts : { anyOf: [texts, { type: "integer", enum: safe }] };
}

function withConstraints(plain: JsonObject, on: ConstraintKind, constraints: Constraints | undefined): JsonObject {
  const said = heldConstraints(on, constraints).flatMap(({ row, value }) => {
    const at = row.schema(value);
    return at === undefined ? [] : [[row.keyword, at] as const];
  });
  return { ...plain, ...Object.fromEntries(said) };
}

function enumSchema(values: readonly (string | number)[]): JsonObject {
  const types = [...new Set(values.map((value) => typeof value))];
  return { type: types.length === 1 ? (types[0] ?? "string") : types, enum: values };
}

function arraySchema(items: JsonObject, constraints: ArrayConstraints | undefined): JsonObject {
  return withConstraints({ type: "array", items }, "array", constraints);
}

function mapSchema(type: MapNode, scope: SchemaScope): JsonObject {
  if (isStringKeyed(type)) {
    const isPlain = type.key.kind === "string" && !type.key.constraints;
    return {
      type: "object",
      ...(!isPlain && { propertyNames: typeToJsonSchema(type.key, scope) }),
      additionalProperties: typeToJsonSchema(type.value, scope),
    };
  }
  const elements = [type.key, type.value].map((element) => ({ type: element, optional: false }));
  return arraySchema(tupleSchema({ kind: "tuple", elements }, scope), { uniqueItems: true });
}

/**
 * Clients that do not know `prefixItems` read `items`: it allows what any place allows. In inputs a rest has `items`
 * for itself, as nothing else can say what may follow; results must pass such a client's own validator.
 */
function tupleSchema(type: TupleNode, scope: SchemaScope): JsonObject {
  const prefixItems = type.elements.map((element) => typeToJsonSchema(element.type, scope));
  const { end = [] } = type;
  const rest = [...(type.rest ? [type.rest] : []), ...end].map((element) => typeToJsonSchema(element, scope));
  const places = distinctSchemas(type.rest && scope.direction === "input" ? rest : [...prefixItems, ...rest]);
  const [only = {}] = places;
  const required = type.elements.filter((element) => !element.optional).length + end.length;
  return {
    type: "array",
    ...(prefixItems.length > 0 && { prefixItems }),
    items: places.length > 1 ? { anyOf: places } : only,
    ...(required > 0 && { minItems: required }),
    ...(!type.rest && { maxItems: prefixItems.length }),
  };
}

/** Any string needs no saying. Numbers are keys by their digits. */
function keySchema(key: RecordNode["key"]): JsonObject {
  if (!key || (key.kind === "string" && !key.constraints)) return {};
  if (key.kind === "number") return { propertyNames: { pattern: keyPattern(key) } };
  if (key.kind === "template") return { propertyNames: { pattern: templatePattern(key.parts) } };
  if (key.kind === "enum") return { propertyNames: { enum: key.values.map(String) } };
  return { propertyNames: withConstraints({}, "string", key.constraints) };
}

function objectSchema(type: ObjectNode, scope: SchemaScope): JsonObject {
  const properties = type.properties.map((property) => [property.name, propertySchema(property, scope)] as const);
  const required = type.properties.filter((property) => mustAppear(property, scope)).map((property) => property.name);
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(properties.length > 0 && { required }),
    ...(type.patterns && { patternProperties: patternSchemas(type.patterns, scope) }),
    ...(type.additional && { additionalProperties: typeToJsonSchema(type.additional, scope) }),
    ...(!type.additional && scope.direction === "input" && { additionalProperties: false }),
  };
}

/** What a function gives as `unknown` may be `undefined`, which JSON leaves out. */
function mustAppear({ type, optional }: Property, { direction }: SchemaScope): boolean {
  return !optional && (direction === "input" || type.kind !== "unknown");
}

/** Two signatures may say the same of their keys. */
function patternSchemas(patterns: readonly KeyPattern[], scope: SchemaScope): JsonObject {
  return Object.fromEntries(patterns.map(({ key, value }) => [keyPattern(key), typeToJsonSchema(value, scope)]));
}

function propertySchema(property: Property, scope: SchemaScope): JsonObject {
  const { type, ...rest } = typeToJsonSchema(property.type, scope);
  const { description, default: initial, examples, deprecated } = property;
  return {
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...rest,
    ...(initial !== undefined && { default: initial }),
    ...(examples !== undefined && { examples }),
    ...(deprecated && { deprecated }),
  };
}

function unionSchema({ members }: UnionNode, scope: SchemaScope): JsonObject {
  const [only = {}, ...others] = distinctSchemas(members.map((member) => typeToJsonSchema(member, scope)));
  return others.length === 0 ? only : { anyOf: [only, ...others] };
}

function distinctSchemas(schemas: readonly JsonObject[]): readonly JsonObject[] {
  return [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
}

/** The schema of a whole argument list or result: an object, with the recursive types that it needs under `$defs`. */
export function rootSchema(
  type: TypeNode,
  direction: SchemaScope["direction"],
  definitions: Readonly<Record<string, Definition>>,
): JsonObject {
  const keys = new Map<string, string>();
  const pending: string[] = [];
  const scope: SchemaScope = {
    direction,
    reference(name) {
      const known = keys.get(name);
      if (known !== undefined) return known;
      const key = freeKey(name, new Set(keys.values()));
      keys.set(name, key);
      pending.push(name);
      return key;
    },
  };
  const target = type.kind === "reference" ? definitions[type.name] : undefined;
  const root = typeToJsonSchema(target?.type ?? type, scope);
  const schemas: [string, JsonValue][] = [];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    const definition = definitions[name];
    if (definition)
      schemas.push([
        keys.get(name) ?? name,
        describe(typeToJsonSchema(definition.type, scope), definition.description),
      ]);
  }
  const { type: _, ...rest } = root;
  return { type: "object", ...rest, ...(schemas.length > 0 && { $defs: Object.fromEntries(schemas) }) };
}

function describe(schema: JsonObject, description: string | undefined): JsonObject {
  if (description === undefined) return schema;
  const { type, ...rest } = schema;
  return { ...(type !== undefined && { type }), description, ...rest };
}

/** A key that needs no escaping in `#/$defs/key`. */
function freeKey(name: string, taken: ReadonlySet<string>): string {
  const base = name.replace(/[^A-Za-z0-9_.-]+/g, "_");
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(key)) return key;
  }
}

// Reads the JSON Schemas of `surface.json`: what may stand at a place. Schemas are plain data here; only the
// keywords that mcpgen prints are known.

export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

export type JsonType = "string" | "number" | "boolean" | "null" | "array" | "object";

/** A reference to a reference to itself must end somewhere. */
const maxReferences = 16;

/** The alternatives at a place: references followed, unions flattened. `root` holds the `$defs`. */
export function alternatives(schema: JsonSchema, root: JsonSchema, depth = 0): readonly JsonSchema[] {
  if (depth > maxReferences) return [];
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const target = definition(reference, root);
    return target === undefined ? [] : alternatives(target, root, depth + 1);
  }
  const union = schema["anyOf"] ?? schema["oneOf"];
  return Array.isArray(union)
    ? union.filter(isSchema).flatMap((member) => alternatives(member, root, depth + 1))
    : [schema];
}

/** The JSON types that a schema without unions accepts; undefined when it accepts all. */
export function acceptedTypes(schema: JsonSchema): ReadonlySet<JsonType> | undefined {
  const values = allowedValues(schema);
  if (values !== undefined) return new Set(values.map(jsonType));
  const type = schema["type"];
  if (type === undefined) return undefined;
  const types = (Array.isArray(type) ? type : [type]) as readonly string[];
  return new Set(types.map((name) => (name === "integer" ? "number" : (name as JsonType))));
}

/** The values of `const` and `enum`. */
export function allowedValues(schema: JsonSchema): readonly unknown[] | undefined {
  if ("const" in schema) return [schema["const"]];
  const values = schema["enum"];
  return Array.isArray(values) ? (values as readonly unknown[]) : undefined;
}

export function accepts(schemas: readonly JsonSchema[], type: JsonType): boolean {
  return schemas.some((schema) => acceptedTypes(schema)?.has(type) ?? true);
}

/** The schemas of one property or element, one for each alternative that has it. */
export function childSchemas(
  schemas: readonly JsonSchema[],
  key: PropertyKey,
  root: JsonSchema,
): readonly JsonSchema[] {
  return schemas.flatMap((schema) => {
    const child = typeof key === "number" ? elementSchema(schema, key) : propertySchema(schema, String(key));
    return child === undefined ? [] : alternatives(child, root);
  });
}

/** The alternatives that an object can be meant to be: those whose constant properties it does not contradict. */
export function matching(
  schemas: readonly JsonSchema[],
  value: Readonly<Record<string, unknown>>,
): readonly JsonSchema[] {
  const objects = schemas.filter((schema) => acceptedTypes(schema)?.has("object") ?? true);
  const fitting = objects.filter((schema) =>
    Object.entries(propertiesOf(schema)).every(([name, property]) => {
      const constant = property["const"];
      return constant === undefined || value[name] === undefined || value[name] === constant;
    }),
  );
  return fitting.length > 0 ? fitting : objects;
}

export function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  const properties = schema["properties"];
  return isSchema(properties) ? (properties as Record<string, JsonSchema>) : {};
}

export function isRequired(schema: JsonSchema, name: string): boolean {
  const required = schema["required"];
  return Array.isArray(required) && required.includes(name);
}

export function jsonType(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as JsonType;
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function propertySchema(schema: JsonSchema, name: string): JsonSchema | undefined {
  const properties = propertiesOf(schema);
  if (Object.hasOwn(properties, name)) return properties[name];
  const patterns = isSchema(schema["patternProperties"]) ? Object.entries(schema["patternProperties"]) : [];
  const [, fitting] = patterns.find(([pattern]) => new RegExp(pattern, "u").test(name)) ?? [];
  if (isSchema(fitting)) return fitting;
  const additional = schema["additionalProperties"];
  return isSchema(additional) ? additional : undefined;
}

function elementSchema(schema: JsonSchema, index: number): JsonSchema | undefined {
  const prefix = schema["prefixItems"];
  const place: unknown = Array.isArray(prefix) ? prefix[index] : undefined;
  if (isSchema(place)) return place;
  return isSchema(schema["items"]) ? schema["items"] : undefined;
}

function definition(reference: string, root: JsonSchema): JsonSchema | undefined {
  const name = /^#\/\$defs\/(.+)$/.exec(reference)?.[1];
  if (name === undefined) return reference === "#" ? root : undefined;
  const definitions = root["$defs"];
  const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
  const target: unknown = isSchema(definitions) ? definitions[key] : undefined;
  return isSchema(target) ? target : undefined;
}

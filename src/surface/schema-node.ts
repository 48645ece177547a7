/** JSON Schema as data: a place in it, what it refers to, the values and members that it names. */
import { isJsonObject, canonicalText, type JsonObject, type JsonValue } from "../model/json.js";

/** A place in a schema, with the root that its `$ref` are resolved in. */
export interface SchemaNode {
  readonly schema: JsonObject;
  readonly root: JsonObject;
}

/** Not `integer`, which is a bound of `number`. */
export type JsonType = "null" | "boolean" | "number" | "string" | "array" | "object";

const allTypes: readonly JsonType[] = ["null", "boolean", "number", "string", "array", "object"];

/** Said to people, or to those who draw forms: no value is refused for it. */
const annotationKeywords = [
  "$schema",
  "$id",
  "$comment",
  "$defs",
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "contentEncoding",
  "contentMediaType",
];

export function toList(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

/** A subschema; `false` is none. */
export function childOf(root: JsonObject, value: JsonValue | undefined): SchemaNode | undefined {
  if (value === false) return undefined;
  return { schema: isJsonObject(value) ? value : {}, root };
}

export function childrenOf({ schema, root }: SchemaNode, keyword: string): readonly SchemaNode[] {
  return toList(schema[keyword]).flatMap((value) => childOf(root, value) ?? []);
}

/** What a `$ref` leads to. Only annotations stand beside one. */
export function resolve(node: SchemaNode): SchemaNode {
  const reference = node.schema["$ref"];
  if (typeof reference !== "string") return node;
  const definitions = node.root["$defs"];
  const target = isJsonObject(definitions) ? definitions[reference.replace(/^#\/\$defs\//, "")] : undefined;
  return isJsonObject(target) ? resolve({ schema: target, root: node.root }) : node;
}

/** The keywords that refuse something. */
export function assertionsOf(schema: JsonObject): readonly string[] {
  return Object.keys(schema).filter((keyword) => !annotationKeywords.includes(keyword));
}

export function acceptsAnything({ schema }: SchemaNode): boolean {
  return assertionsOf(schema).length === 0;
}

export function typeOfValue(value: JsonValue): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}

/** The types that a schema without `$ref` allows by itself. */
export function typesOf(schema: JsonObject): readonly JsonType[] {
  const values = valuesOf(schema);
  if (values && schema["type"] !== "boolean" && schema["type"] !== "null") return [...new Set(values.map(typeOfValue))];
  const said = schema["type"];
  if (said === undefined) return allTypes;
  const names = (Array.isArray(said) ? said : [said]).map((name: JsonValue) => (name === "integer" ? "number" : name));
  return allTypes.filter((type) => names.includes(type));
}

/** Where there are only so many, all of them. */
export function valuesOf(schema: JsonObject): readonly JsonValue[] | undefined {
  const constant = schema["const"];
  if (constant !== undefined) return [constant];
  if (Array.isArray(schema["enum"])) return toList(schema["enum"]);
  if (schema["type"] === "boolean") return [true, false];
  return schema["type"] === "null" ? [null] : undefined;
}

/** What a schema says at a keyword, beside `allOf` and in it. */
export function saidAt(schema: JsonObject, keyword: string): readonly JsonValue[] {
  const parts = [schema, ...toList(schema["allOf"]).filter(isJsonObject)];
  return parts.flatMap((part) => part[keyword] ?? []);
}

/** Members that a schema names, and what it says of all others. */
export interface Members {
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly patterns: ReadonlyMap<string, SchemaNode>;
  /** Absent where there are no others. */
  readonly additional?: SchemaNode;
  readonly required: ReadonlySet<string>;
  /** What keys have to be. */
  readonly names?: SchemaNode;
}

export function membersOf({ schema, root }: SchemaNode): Members {
  const read = (keyword: string): ReadonlyMap<string, SchemaNode> => {
    const held = schema[keyword];
    const entries = Object.entries(isJsonObject(held) ? held : {});
    return new Map(
      entries.flatMap(([name, value]) => {
        const child = childOf(root, value);
        return child ? [[name, child] as const] : [];
      }),
    );
  };
  const required = new Set(toList(schema["required"]).filter((name) => typeof name === "string"));
  const additional = childOf(root, schema["additionalProperties"]);
  const names = isJsonObject(schema["propertyNames"]) ? { schema: schema["propertyNames"], root } : undefined;
  const own = read("properties");
  const few = names && additional && valuesOf(names.schema);
  if (few) {
    // Keys that can be counted are members like others.
    const keys = few.filter((name) => typeof name === "string");
    const counted = keys.map((name): [string, SchemaNode] => [name, own.get(name) ?? additional]);
    return { properties: new Map(counted), patterns: new Map(), required };
  }
  return {
    ...{ properties: own, patterns: read("patternProperties"), required },
    ...(additional && { additional }),
    ...(names && { names }),
  };
}

const canonical = new WeakMap<JsonObject, string>();

/** Kept, because a comparison asks for it again and again. */
export function textOf(schema: JsonObject): string {
  const known = canonical.get(schema);
  if (known !== undefined) return known;
  const text = canonicalText(schema);
  canonical.set(schema, text);
  return text;
}

export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalText(a) === canonicalText(b);
}

/** The path of a member, as one writes it in TypeScript. */
export function joinPath(path: string, name: string): string {
  if (!/^[\p{ID_Start}_$][\p{ID_Continue}$-]*$/u.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}

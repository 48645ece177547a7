/** A schema and the type that it was made of, side by side → its lines, each with its origin. */
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Origins } from "../model/origins.js";
import type { ObjectNode, Property, TypeNode } from "../model/types.js";
import { constraints } from "../language/constraints.js";
import type { Entry, Line, Source } from "./explanation.js";

export interface Place {
  /** `order.items[].sku`. */
  readonly path: string;
  readonly schema: JsonObject;
  readonly type: TypeNode;
  /** Of what nothing else is said. */
  readonly origin: Source;
  /** Of the property that the type stands in. */
  readonly origins?: Origins;
  /** Absent where nothing may be left out. */
  readonly optional?: boolean;
}

/** By their keys in `$defs`: the names of the types that are met. */
type References = Map<string, string>;

export function walkSchema(place: Place, references: References): readonly Entry[] {
  const walk: Walk = { references, lines: [], members: [] };
  walkType(walk, { ...place, keyword: "" });
  const own = [...walk.lines, ...requiredLine(place)];
  const entry: Entry = { path: place.path, lines: own };
  return [...(own.length > 0 ? [entry] : []), ...walk.members.flatMap((member) => walkSchema(member, references))];
}

interface Walk {
  readonly references: References;
  readonly lines: Line[];
  /** The properties below: entries of their own. */
  readonly members: Place[];
}

interface Part extends Place {
  /** The keywords above, with a dot at the end. */
  readonly keyword: string;
}

function walkType(walk: Walk, part: Part): void {
  const { schema, type, keyword } = part;
  const parts = children(part);
  const told = new Set(["properties", "required", ...parts.map(({ from }) => from)]);
  for (const [name, value] of Object.entries(schema)) {
    if (!told.has(name)) walk.lines.push({ keyword: keyword + name, value, origin: originOf(part, name) });
  }
  if (type.kind === "reference" && typeof schema["$ref"] === "string")
    walk.references.set(schema["$ref"].replace(/^.*\//, ""), type.name);
  if (type.kind === "object") walk.members.push(...membersOf(part, type));
  for (const child of parts) walkType(walk, child);
}

const strict: Source = { kind: "rule", text: "unknown arguments are refused" };

function originOf({ schema, type, origins, origin }: Part, keyword: string): Source {
  if (keyword === "additionalProperties" && schema[keyword] === false) return strict;
  const own = origins?.[keyword];
  if (own && keyword !== "type") return own;
  const constrained = constraintsAt(keyword).map((key) => type.origins?.[key]);
  return constrained.find((found) => found !== undefined) ?? type.origins?.[keyword] ?? origins?.["type"] ?? origin;
}

/** The model's keys of what a keyword may say. */
function constraintsAt(keyword: string): readonly string[] {
  return constraints.flatMap(({ key, row }) => (row.keyword === keyword ? [key] : []));
}

function requiredLine({ optional, origins, origin }: Place): readonly Line[] {
  if (optional === undefined) return [];
  const reason = optional ? (origins?.["optional"] ?? origins?.["default"]) : undefined;
  return [{ keyword: "required", value: !optional, origin: reason ?? origins?.["type"] ?? origin }];
}

function membersOf(part: Part, { properties }: ObjectNode): readonly Place[] {
  const schemas = toObject(part.schema["properties"]);
  return properties.map((property) => ({
    path: join(part.path, property.name),
    schema: toObject(schemas[property.name]),
    type: property.type,
    origin: typeSource(part),
    optional: property.optional,
    ...(property.origins && { origins: property.origins }),
  }));
}

function typeSource({ origins, origin }: Part): Source {
  return origins?.["type"] ?? origin;
}

interface Child extends Part {
  /** The keyword that holds it. */
  readonly from: string;
}

/** Elements, members of unions, values: schemas without a name. A Map in pairs is a list of tuples, shown as it is. */
function children(part: Part): readonly Child[] {
  const { type, schema } = part;
  switch (type.kind) {
    case "array":
    case "set":
      return [inside(part, type.element, { from: "items", path: "[]", schema: schema["items"] })];
    case "record":
      return [valueOf(part, type.value)];
    case "map":
      return schema["type"] === "object" ? [valueOf(part, type.value)] : [];
    case "object":
      return [...patternsOf(part, type), ...(type.additional ? [valueOf(part, type.additional)] : [])];
    case "tuple":
      return list(schema, "prefixItems").flatMap((place, at) => {
        const element = type.elements[at];
        return element ? [inside(part, element.type, { from: "prefixItems", at, path: `[${at}]`, schema: place })] : [];
      });
    case "union":
      return unionMembers(part, type.members);
    default:
      return [];
  }
}

function patternsOf(part: Part, { patterns = [] }: ObjectNode): readonly Child[] {
  return Object.entries(toObject(part.schema["patternProperties"])).flatMap(([pattern, schema], at) => {
    const type = patterns[at]?.value;
    return type ? [inside(part, type, { from: "patternProperties", path: `[${pattern}]`, schema })] : [];
  });
}

function valueOf(part: Part, type: TypeNode): Child {
  const from = "additionalProperties";
  return inside(part, type, { from, path: ".*", schema: part.schema[from] });
}

/** Members that look alike on the wire are one schema. */
function unionMembers(part: Part, members: readonly TypeNode[]): readonly Child[] {
  const schemas = list(part.schema, "anyOf");
  const isWhole = schemas.length === members.length;
  return schemas.flatMap((schema, at) => {
    const member = isWhole ? members[at] : members.find((each) => isLike(each, toObject(schema)));
    return member ? [inside(part, member, { from: "anyOf", at, path: `(${labelOf(member, at)})`, schema })] : [];
  });
}

function isLike(member: TypeNode, schema: JsonObject): boolean {
  const names = Object.keys(toObject(schema["properties"]));
  if (member.kind !== "object") return member.kind === schema["type"];
  return member.properties.map(({ name }) => name).join() === names.join();
}

/** `pet(cat).lives`: a member is called by the literal that tells it from the others, else by its number. */
function labelOf(member: TypeNode, index: number): string {
  const literal =
    member.kind === "object" ? member.properties.map(literalOf).find((text) => text !== undefined) : undefined;
  return literal ?? String(index + 1);
}

function literalOf({ type }: Property): string | undefined {
  return type.kind === "literal" ? String(type.value) : undefined;
}

interface Step {
  readonly from: string;
  /** Where the keyword holds a list. */
  readonly at?: number;
  readonly path: string;
  readonly schema: JsonValue | undefined;
}

/** What is said of a property is not said of its parts, but for the type that they stand in. */
function inside(part: Part, type: TypeNode, { from, at, path, schema }: Step): Child {
  return {
    from,
    keyword: `${part.keyword}${from}${at === undefined ? "" : `[${at}]`}.`,
    path: part.path + path,
    schema: toObject(schema),
    type,
    origin: typeSource(part),
  };
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

function list(schema: JsonObject, keyword: string): readonly JsonValue[] {
  const value = schema[keyword];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [];
}

function toObject(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

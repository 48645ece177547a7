/**
 * The subset test: whether each value that one schema accepts is accepted by another, and if not, where and why. What
 * cannot be shown counts as refused. A type that refers to itself is taken to fit while it is being looked at: what
 * does not fit is found on the way.
 */
import type { JsonObject, JsonValue } from "../model/json.js";
import { arrayEscapes, objectEscapes } from "./containers.js";
import { escapeAt, type Compared, type Descend, type Escape } from "./escape.js";
import { numberEscapes, stringEscapes } from "./scalars.js";
import {
  acceptsAnything,
  assertionsOf,
  childrenOf,
  isSame,
  membersOf,
  resolve,
  textOf,
  toList,
  typeOfValue,
  typesOf,
  valuesOf,
  type JsonType,
  type SchemaNode,
} from "./schema-node.js";

/** All ways out of `sup` that values of `sub` have; none if all of them are values of `sup`. */
export function findEscapes(sub: JsonObject, sup: JsonObject): readonly Escape[] {
  const shared = isSame(sub["$defs"] ?? {}, sup["$defs"] ?? {});
  const open = new Map<JsonObject, Set<JsonObject>>();

  const descend = (given: SchemaNode, taken: SchemaNode, path: string): readonly Escape[] => {
    const [from, to] = [resolve(given), resolve(taken)];
    if (acceptsAnything(to) || (shared && textOf(from.schema) === textOf(to.schema))) return [];
    const partners = open.get(from.schema) ?? new Set();
    if (partners.has(to.schema)) return [];
    open.set(from.schema, partners.add(to.schema));
    const found = alternativesOf(from).flatMap((each) => alternativeEscapes({ sub: each, sup: to, path }));
    partners.delete(to.schema);
    return gatherTypes(found);
  };

  /** Of one type, or of a few values. */
  const alternativeEscapes = (compared: Compared): readonly Escape[] => {
    const { sub: from } = compared;
    const values = valuesOf(from.schema);
    if (!values) return conjunctEscapes(compared);
    const fits = (value: JsonValue) => conjunctEscapes({ ...compared, sub: pointOf(value, from) }).length === 0;
    return valueEscapes(
      compared,
      values.filter((value) => !fits(value)),
    );
  };

  /** All that `to` says has to hold: its own keywords, one of its alternatives, each of `allOf`. */
  const conjunctEscapes = ({ sub: from, sup: reference, path }: Compared): readonly Escape[] => {
    const to = resolve(reference);
    const compared = { sub: from, sup: to, path };
    const own = keywordEscapes(compared, descend);
    return [
      ...own,
      ...(own.length === 0 && to.schema["anyOf"] !== undefined ? unionEscapes(compared) : []),
      ...childrenOf(to, "allOf").flatMap((part) => conjunctEscapes({ sub: from, sup: part, path })),
    ];
  };

  /** One alternative has to take it; where none does, the one that is most like it says why. */
  const unionEscapes = (compared: Compared): readonly Escape[] => {
    const { sub: from, sup: to, path } = compared;
    const [type = "null"] = typesOf(from.schema);
    const sides = { path, sub: from.schema, sup: to.schema };
    const candidates = childrenOf(to, "anyOf").flatMap((each) => alternativesOf(resolve(each)));
    const alike = candidates.filter(({ schema }) => typesOf(schema).includes(type));
    if (alike.length === 0) return [{ ...sides, reason: { kind: "types", types: [type] } }];
    const kin = alike.filter((each) => isKin(from, each));
    const tried = kin.map((each) => conjunctEscapes({ sub: from, sup: each, path }));
    const [best] = tried.toSorted((a, b) => a.length - b.length);
    if (best?.length !== 0) {
      const parts = splitByMark(from, alike);
      const fits = (part: SchemaNode) => unionEscapes({ ...compared, sub: part }).length === 0;
      if (parts.length > 0 && parts.every(fits)) return [];
    }
    return best ?? [{ ...sides, reason: { kind: "alternative", mark: markOf(from) } }];
  };

  return descend({ schema: sub, root: sub }, { schema: sup, root: sup }, "");
}

function keywordEscapes(compared: Compared, descend: Descend): readonly Escape[] {
  const { sub: from, sup: to, path } = compared;
  const [type = "null"] = typesOf(from.schema);
  const sides = { path, sub: from.schema, sup: to.schema };
  if (!typesOf(to.schema).includes(type)) return [{ ...sides, reason: { kind: "types", types: [type] } }];
  const values = valuesOf(to.schema);
  const point = from.schema["const"];
  if (values && !values.some((value) => isSame(value, point))) return [{ ...sides, reason: { kind: "limited" } }];
  return [...typedEscapes(type, compared, descend), ...unknownKeywords(compared)];
}

function typedEscapes(type: JsonType, compared: Compared, descend: Descend): readonly Escape[] {
  if (type === "string") return stringEscapes(compared);
  if (type === "number") return numberEscapes(compared);
  if (type === "array") return arrayEscapes(compared, descend);
  return type === "object" ? objectEscapes(compared, descend) : [];
}

/** Types that are not taken at all are told as such. */
function valueEscapes({ sub: from, sup: to, path }: Compared, refused: readonly JsonValue[]): readonly Escape[] {
  const strange = [...new Set(refused.map(typeOfValue))].filter((type) => !takesType(to, type));
  const known = refused.filter((value) => !strange.includes(typeOfValue(value)));
  const sides = { path, sub: from.schema, sup: to.schema };
  return [
    ...(strange.length > 0 ? [{ ...sides, reason: { kind: "types", types: strange } as const }] : []),
    ...(known.length > 0 ? [{ ...sides, reason: { kind: "values", values: known } as const }] : []),
  ];
}

const understood = [
  ...["type", "const", "enum", "anyOf", "allOf", "$ref"],
  ...["minLength", "maxLength", "pattern", "format"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["items", "prefixItems", "minItems", "maxItems", "uniqueItems"],
  ...["properties", "patternProperties", "additionalProperties", "propertyNames", "required"],
];

/** Of a keyword that is not looked into, only the same words are known to be enough. */
function unknownKeywords(compared: Compared): readonly Escape[] {
  const { sub, sup } = compared;
  return assertionsOf(sup.schema)
    .filter((keyword) => !understood.includes(keyword))
    .filter((keyword) => !isSame(sub.schema[keyword], sup.schema[keyword]))
    .map((keyword) => escapeAt(compared, "unproven", keyword));
}

/** Schemas of one type each, or of a few values, that have all values of this one between them. */
function alternativesOf(node: SchemaNode): readonly SchemaNode[] {
  const { schema, root } = resolve(node);
  const { anyOf, ...siblings } = schema;
  if (anyOf !== undefined)
    return childrenOf({ schema, root }, "anyOf").flatMap((member) =>
      // What both say, the member says: dropping a sibling makes the schema wider, which is on the safe side.
      alternativesOf({ schema: { ...siblings, ...resolve(member).schema }, root }),
    );
  const types = typesOf(schema);
  if (types.length === 1 || valuesOf(schema)) return [{ schema, root }];
  const said = toList(schema["type"]);
  const nameOf = (type: JsonType) => (said.includes("integer") && !said.includes("number") ? integerFor(type) : type);
  return types.map((type) => ({ schema: { ...schema, type: nameOf(type) }, root }));
}

function integerFor(type: JsonType): string {
  return type === "number" ? "integer" : type;
}

/** One value, with all that can be said of it. */
function pointOf(value: JsonValue, { root }: SchemaNode): SchemaNode {
  const type = typeOfValue(value);
  const length = typeof value === "string" ? Array.from(value).length : 0;
  const bounds = {
    ...(typeof value === "number" && { minimum: value, maximum: value }),
    ...(typeof value === "string" && { minLength: length, maxLength: length }),
  };
  return { schema: { type, const: value, ...bounds }, root };
}

function takesType(node: SchemaNode, type: JsonType): boolean {
  const { schema } = resolve(node);
  if (!typesOf(schema).includes(type)) return false;
  return schema["anyOf"] === undefined || childrenOf(resolve(node), "anyOf").some((each) => takesType(each, type));
}

/** Members with few values tell the alternatives of a union apart: kin have values in common. */
function isKin(a: SchemaNode, b: SchemaNode): boolean {
  const others = membersOf(b).properties;
  return [...marksOf(a)].every(([name, values]) => {
    const other = others.get(name);
    const theirs = other && valuesOf(resolve(other).schema);
    return !theirs || values.some((value) => theirs.some((each) => isSame(each, value)));
  });
}

function marksOf(node: SchemaNode): ReadonlyMap<string, readonly JsonValue[]> {
  const marks = [...membersOf(node).properties].flatMap(([name, member]) => {
    const { schema } = resolve(member);
    const values = schema["type"] === "boolean" && !("const" in schema) ? undefined : valuesOf(schema);
    return values ? [[name, values] as const] : [];
  });
  return new Map(marks);
}

/** `{ kind: "a" | "b" }` → `{ kind: "a" }` and `{ kind: "b" }`, where the alternatives are told apart by it. */
function splitByMark(node: SchemaNode, alternatives: readonly SchemaNode[]): readonly SchemaNode[] {
  const { properties } = membersOf(node);
  for (const [name, member] of properties) {
    const values = valuesOf(resolve(member).schema) ?? [];
    const tells = alternatives.some((each) => marksOf(each).get(name)?.length === 1);
    if (values.length < 2 || !tells) continue;
    return values.map((value) => {
      const held = Object.fromEntries([...properties].map(([key, each]) => [key, each.schema]));
      const mark = { type: typeOfValue(value), const: value };
      return { schema: { ...node.schema, properties: { ...held, [name]: mark } }, root: node.root };
    });
  }
  return [];
}

/** `kind: "circle"`: enough to recognise an alternative. */
function markOf(node: SchemaNode): string {
  return [...marksOf(node)]
    .slice(0, 2)
    .map(([name, values]) => `${name}: ${values.map((value) => JSON.stringify(value)).join(" | ")}`)
    .join(", ");
}

/** Several types that are refused at one place are one thing to say. */
function gatherTypes(found: readonly Escape[]): readonly Escape[] {
  const gathered = new Map<string, Escape>();
  for (const each of found) {
    const { reason } = each;
    const key = JSON.stringify([each.path, reason.kind === "types" ? "types" : reason]);
    const known = gathered.get(key);
    if (known?.reason.kind !== "types" || reason.kind !== "types") gathered.set(key, known ?? each);
    else
      gathered.set(key, {
        ...known,
        reason: { kind: "types", types: [...new Set([...known.reason.types, ...reason.types])] },
      });
  }
  return [...gathered.values()];
}

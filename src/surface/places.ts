/** What a schema says beside what it accepts: defaults and texts, by their place. */
import { isJsonObject, canonicalText, type JsonObject, type JsonValue } from "../model/json.js";
import { childOf, childrenOf, joinPath, resolve, type SchemaNode } from "./schema-node.js";

/** Every place of a schema, with all that is said there; what several places refer to is told at the first. */
export function placesOf(root: JsonObject): ReadonlyMap<string, readonly JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  const seen = new Set<JsonObject>();
  const visit = (node: SchemaNode, path: string): void => {
    const target = resolve(node);
    const said = found.get(path) ?? [];
    if (node.schema !== target.schema) said.push(node.schema);
    found.set(path, said);
    said.push(target.schema);
    if (seen.has(target.schema)) return;
    seen.add(target.schema);
    for (const [child, at] of innerOf(target, path)) visit(child, at);
  };
  visit({ schema: root, root }, "");
  return found;
}

function innerOf(node: SchemaNode, path: string): readonly (readonly [SchemaNode, string])[] {
  const { schema, root } = node;
  const properties = schema["properties"];
  const named = Object.entries(isJsonObject(properties) ? properties : {});
  const items = schema["items"] === undefined ? undefined : childOf(root, schema["items"]);
  const others = schema["additionalProperties"];
  const alternatives = childrenOf(node, "anyOf");
  return [
    ...named.flatMap(([name, value]) => {
      const child = childOf(root, value);
      return child ? [[child, joinPath(path, name)] as const] : [];
    }),
    ...childrenOf(node, "prefixItems").map((child, index) => [child, `${path}[${String(index)}]`] as const),
    ...(items ? [[items, `${path}[]`] as const] : []),
    ...(isJsonObject(others) ? [[{ schema: others, root }, `${path}[]`] as const] : []),
    ...alternatives.map((child) => [child, path] as const),
  ];
}

/** What is said at a keyword, by place: one value, or all that alternatives say. */
export function saidByPlace(
  places: ReadonlyMap<string, readonly JsonObject[]>,
  keyword: string,
): ReadonlyMap<string, JsonValue> {
  const entries = [...places].flatMap(([path, schemas]): readonly (readonly [string, JsonValue])[] => {
    const values = schemas.flatMap((schema) => (schema[keyword] === undefined ? [] : [schema[keyword]]));
    const distinct = [...new Map(values.map((value) => [canonicalText(value), value])).values()];
    const [only] = distinct;
    if (only === undefined) return [];
    return [[path, distinct.length === 1 ? only : distinct]];
  });
  return new Map(entries);
}

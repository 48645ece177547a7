// Mends the two slips that clients are known for: JSON sent as a string where no string is allowed, and `null`
// for an argument that may be left out. Directed by the schema: what is acceptable as it is stays as it is.
import {
  acceptedTypes,
  accepts,
  alternatives,
  childSchemas,
  isRequired,
  isSchema,
  jsonType,
  matching,
  propertiesOf,
  type JsonSchema,
} from "./json-schema.js";

/** Returns a mended copy; the caller validates it. */
export function mend(value: unknown, schema: JsonSchema): unknown {
  return mendValue(value, alternatives(schema, schema), schema);
}

function mendValue(value: unknown, schemas: readonly JsonSchema[], root: JsonSchema): unknown {
  const parsed = typeof value === "string" ? parseOnce(value, schemas) : value;
  if (Array.isArray(parsed)) {
    const arrays = schemas.filter((schema) => acceptedTypes(schema)?.has("array") ?? true);
    return parsed.map((item, index) => mendValue(item, childSchemas(arrays, index, root), root));
  }
  return isSchema(parsed) ? mendObject(parsed, matching(schemas, parsed), root) : parsed;
}

function mendObject(
  value: Readonly<Record<string, unknown>>,
  schemas: readonly JsonSchema[],
  root: JsonSchema,
): unknown {
  const kept = Object.entries(value).flatMap(([name, item]) => {
    const children = childSchemas(schemas, name, root);
    const known = children.length > 0;
    const droppable = item === null && known && !accepts(children, "null") && !schemas.some((s) => isRequired(s, name));
    return droppable ? [] : [[name, mendValue(item, children, root)] as const];
  });
  const mended: unknown = Object.fromEntries(kept);
  return hidesInherited(value, schemas) ? Object.setPrototypeOf(mended, null) : mended;
}

/** An absent argument called `toString` would be found, as a function, on the prototype. */
function hidesInherited(value: object, schemas: readonly JsonSchema[]): boolean {
  const names = schemas.flatMap((schema) => Object.keys(propertiesOf(schema)));
  return names.some((name) => name in Object.prototype && !Object.hasOwn(value, name));
}

/** A string stays a string where one is allowed, or where its content would not be allowed either. */
function parseOnce(text: string, schemas: readonly JsonSchema[]): unknown {
  if (schemas.length === 0 || accepts(schemas, "string")) return text;
  try {
    const parsed: unknown = JSON.parse(text);
    return accepts(schemas, jsonType(parsed)) ? parsed : text;
  } catch {
    return text;
  }
}

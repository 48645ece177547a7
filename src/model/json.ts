/** Values that JSON can carry, and the JSON Schema objects printed into `surface.json`. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

/** Not of a list, which JavaScript takes for an object too. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same text for values that JSON Schema takes for the same: whatever the order of keys. */
export function canonicalText(value: JsonValue): string {
  return JSON.stringify(value, (_, part: JsonValue) => (isJsonObject(part) ? Object.fromEntries(sorted(part)) : part));
}

function sorted(object: JsonObject): readonly (readonly [string, JsonValue])[] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}

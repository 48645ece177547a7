/** The text of `@default` or `@example` → the JSON value that it means for a type. */
import type { JsonValue } from "../../model/json.js";
import type { TypeNode } from "../../model/types.js";
import { fits, type LookUp } from "../../language/fits.js";

export type WrittenValue =
  | { readonly kind: "value"; readonly value: JsonValue }
  /** It says that there is none, or it is prose. */
  | { readonly kind: "none" }
  | { readonly kind: "misfit" };

/** As JSON; else, where the type takes one, as a bare string. */
export function readValue(text: string, type: TypeNode, lookUp: LookUp): WrittenValue {
  const bare = text.replace(/^```\w*\n([^]*?)\n?```$/, "$1").replace(/^`([^`]*)`$/, "$1");
  if (bare === "" || bare === "undefined") return { kind: "none" };
  const candidates = [parseJson(bare), unquote(bare)].filter((candidate) => candidate !== undefined);
  const value = candidates.find((candidate) => fits(candidate, type, lookUp));
  return value === undefined ? { kind: "misfit" } : { kind: "value", value };
}

/** `@examples ["a", "b"]` of other tools → the texts of its values; none where it is no list. */
export function readList(text: string): readonly string[] {
  const list = parseJson(text);
  return Array.isArray(list) ? list.map((value: JsonValue) => JSON.stringify(value)) : [];
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function unquote(text: string): string {
  return /^'([^']*)'$/.exec(text)?.[1] ?? text;
}

/** What a format of files has to be able to do, so that an entry of it can be changed and all the rest stays as it is. */
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { Position } from "../../model/span.js";
import type { Entry } from "./clients.js";

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type Read =
  | { readonly kind: "read"; readonly data: JsonObject }
  | { readonly kind: "invalid"; readonly reason: string; readonly range: Range | undefined };

/** The member of the servers, and the name of one. */
export type EntryKeys = readonly [string, string];

/** Of the file's text without a byte order mark; undefined: such a text is not one that can be changed in place. */
export interface Format {
  readonly read: (text: string) => Read;
  /** The key at that place. */
  readonly locate: (text: string, keys: readonly string[]) => Range | undefined;
  readonly add: (text: string, keys: EntryKeys, entry: Entry) => string | undefined;
  /** Only the fields that differ. */
  readonly change: (
    text: string,
    keys: EntryKeys,
    fields: { readonly from: Entry; readonly to: Entry },
  ) => string | undefined;
  /** All of the entry, whatever it is. */
  readonly replace: (text: string, keys: EntryKeys, entry: Entry) => string | undefined;
  readonly remove: (text: string, keys: EntryKeys) => string | undefined;
}

export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

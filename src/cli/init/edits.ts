/** The user's files with the edits that `mcpgen init` proposes: collected first, so that they can be shown, and written together. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applyEdits, modify, parse, type ParseError } from "jsonc-parser";
import { compareText } from "../../model/text.js";
import type { JsonValue } from "../../model/json.js";

export interface FileEdit {
  /** Relative to the root, forward slashes. */
  readonly path: string;
  /** Absent for a new file. */
  readonly before: string | undefined;
  readonly after: string;
  /** The values that are set, from the root of the JSON; empty where it is no JSON. */
  readonly values: readonly (readonly string[])[];
}

export interface Edits {
  /** The file as it will be; absent where there is none. */
  readonly text: (path: string) => string | undefined;
  /** What its JSON says, comments and trailing commas allowed; absent where there is no file, or none that can be read so. */
  readonly json: (path: string) => Readonly<Record<string, unknown>> | undefined;
  readonly write: (path: string, text: string) => void;
  /** One value of a JSON file; comments and layout stay. An absent value removes the key. */
  readonly set: (path: string, keys: readonly string[], value: JsonValue | undefined) => void;
  /** Only what differs from the disk. */
  readonly list: () => readonly FileEdit[];
}

export function collectEdits(root: string): Edits {
  const before = new Map<string, string | undefined>();
  const after = new Map<string, string>();
  const values = new Map<string, (readonly string[])[]>();
  const text = (path: string): string | undefined => {
    if (!before.has(path)) before.set(path, readText(join(root, path)));
    return after.get(path) ?? before.get(path);
  };
  const write = (path: string, written: string): void => {
    text(path);
    after.set(path, written);
  };
  return {
    text,
    write,
    json: (path) => {
      const found = text(path);
      return found === undefined ? undefined : parseObject(found);
    },
    set: (path, keys, value) => {
      write(path, setValue(text(path) ?? "{}\n", keys, value));
      values.set(path, [...(values.get(path) ?? []), keys]);
    },
    list: () =>
      [...after]
        .map(([path, written]) => ({ path, before: before.get(path), after: written, values: values.get(path) ?? [] }))
        .filter((edit) => edit.before !== edit.after),
  };
}

/** A byte order mark is no part of the JSON. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ""), errors, { allowTrailingComma: true });
  return errors.length === 0 && isRecord(value) ? value : undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function setValue(text: string, keys: readonly string[], value: JsonValue | undefined): string {
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: /^( +)\S/m.exec(text)?.[1]?.length ?? 2,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  const options = keys[0] === "devDependencies" ? { formattingOptions, getInsertionIndex } : { formattingOptions };
  return applyEdits(text, modify(text, [...keys], value, options));

  /** npm keeps packages in code-unit order. */
  function getInsertionIndex(names: string[]): number {
    const at = names.findIndex((name) => compareText(name, keys.at(-1) ?? "") > 0);
    return at < 0 ? names.length : at;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    // What cannot be read is not taken for what is not there: it would be overwritten.
    if (cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR"))
      return undefined;
    throw cause;
  }
}

/**
 * TOML (https://toml.io/en/v1.0.0) in which a server is a table of its own, `[mcp_servers.shop]`, with a line for each of its
 * keys: lines are added, replaced and removed. What is written otherwise, as an inline table for example, is not changed.
 */
import { parse, stringify, TomlError } from "smol-toml";
import { isJsonObject, type JsonObject, type JsonValue } from "../../model/json.js";
import type { Entry } from "./clients.js";
import type { EntryKeys, Format } from "./format.js";

export const tomlFormat: Format = {
  read: (text) => {
    try {
      return { kind: "read", data: plain(text) };
    } catch (cause) {
      if (!(cause instanceof TomlError)) throw cause;
      const [reason = ""] = cause.message.replace("Invalid TOML document: ", "").split("\n");
      const { line, column } = cause;
      return { kind: "invalid", reason, range: { start: { line, column }, end: { line, column: column + 1 } } };
    }
  },
  locate: (text, keys) => {
    const index = text.split(/\r?\n/).findIndex((line) => startsWith(tableOf(line), keys));
    if (index < 0) return undefined;
    const { length } = text.split(/\r?\n/)[index] ?? "";
    return { start: { line: index + 1, column: 1 }, end: { line: index + 1, column: length + 1 } };
  },
  add,
  replace: (text, keys, entry) => {
    const without = remove(text, keys);
    return without === undefined ? undefined : add(without, keys, entry);
  },
  change: (text, keys, { from, to }) => {
    const lines = linesOf(text);
    const [block] = blocksOf(lines, keys);
    if (!block) return undefined;
    const own = lines.slice(block.start, block.end);
    for (const field of new Set([...Object.keys(from), ...Object.keys(to)])) {
      const [before, after] = [from[field], to[field]];
      if (JSON.stringify(before) === JSON.stringify(after)) continue;
      const at = before === undefined ? own.length : own.findIndex((line) => says(line, field, before));
      if (at < 0) return undefined;
      own.splice(at, before === undefined ? 0 : 1, ...(after === undefined ? [] : [printLine(field, after)]));
    }
    return join(text, [...lines.slice(0, block.start), ...own, ...lines.slice(block.end)]);
  },
  remove,
};

function add(text: string, keys: EntryKeys, entry: Entry): string {
  const above = text.trim() === "" ? [] : [...linesOf(text), ""];
  const lines = Object.entries(entry).map(([field, value]) => printLine(field, value));
  return join(text, [...above, `[${keys.map(printKey).join(".")}]`, ...lines]);
}

function remove(text: string, keys: EntryKeys): string | undefined {
  const lines = linesOf(text);
  const blocks = blocksOf(lines, keys);
  if (blocks.length === 0) return undefined;
  for (const { start, end } of blocks.toReversed()) {
    // The empty line above it is its own, too.
    const first = lines[start - 1]?.trim() === "" ? start - 1 : start;
    lines.splice(first, end - first);
  }
  return lines.length === 0 ? "" : join(text, lines);
}

interface Block {
  /** The line of the header. */
  readonly start: number;
  /** After the last line that says something. */
  readonly end: number;
}

/** The table itself and the tables in it, in the order of the file. */
function blocksOf(lines: readonly string[], keys: EntryKeys): readonly Block[] {
  const headers = lines.flatMap((line, index) => (tableOf(line) ? [index] : []));
  return headers.flatMap((start, index) => {
    if (!startsWith(tableOf(lines[start] ?? ""), keys)) return [];
    let end = headers[index + 1] ?? lines.length;
    // A comment above the next table is about that one.
    while (/^\s*(?:#.*)?$/.test(lines[end - 1] ?? "")) end -= 1;
    return [{ start, end }];
  });
}

/** `[a."b c"]` → its keys; undefined for a line that is no header. */
function tableOf(line: string): readonly string[] | undefined {
  if (!/^\s*\[/.test(line)) return undefined;
  try {
    return onlyKeys(plain(line));
  } catch (cause) {
    if (cause instanceof TomlError) return undefined;
    throw cause;
  }
}

function onlyKeys(value: JsonValue | undefined): readonly string[] {
  const [key] = isJsonObject(value) ? Object.keys(value) : [];
  return key !== undefined && isJsonObject(value) ? [key, ...onlyKeys(value[key])] : [];
}

function startsWith(table: readonly string[] | undefined, keys: readonly string[]): boolean {
  return table !== undefined && keys.every((key, index) => table[index] === key);
}

/** The whole line is that key with that value. */
function says(line: string, field: string, value: JsonValue): boolean {
  try {
    return JSON.stringify(plain(line)) === JSON.stringify({ [field]: value });
  } catch (cause) {
    if (cause instanceof TomlError) return false;
    throw cause;
  }
}

/** Dates as JSON has them. */
function plain(text: string): JsonObject {
  return JSON.parse(JSON.stringify(parse(text))) as JsonObject;
}

function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}

function join(text: string, lines: readonly string[]): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return lines.map((line) => `${line}${eol}`).join("");
}

function printLine(field: string, value: JsonValue): string {
  if (!isJsonObject(value)) return stringify({ [field]: value }).trim();
  const members = Object.entries(value).map(([name, each]) => printLine(name, each));
  return `${printKey(field)} = { ${members.join(", ")} }`;
}

function printKey(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

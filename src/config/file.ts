/** Finds mcpgen.json and parses it, keeping the places of its keys and values. JSON with comments and trailing commas. */
import { readFileSync, statSync, type Stats } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { findNodeAtLocation, parse, parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";
import type { Position, Span } from "../model/span.js";

const configFileName = "mcpgen.json";

export interface ConfigFile {
  readonly folder: string;
  readonly name: string;
  /** Undefined when the file cannot be read. */
  readonly text: string | undefined;
  /** Whatever the JSON says; not validated. */
  readonly value: unknown;
  readonly errors: readonly { readonly reason: string; readonly span: Span }[];
}

export function readConfigFile(path: string): ConfigFile {
  const place = { folder: dirname(path), name: basename(path) };
  const text = readText(path);
  if (text === undefined) return { ...place, text, value: undefined, errors: [] };
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return {
    ...place,
    text,
    value,
    errors: errors.map((error) => ({
      reason: describeParseError(error),
      span: spanBetween({ file: place.name, text, from: error.offset, to: error.offset + Math.max(error.length, 1) }),
    })),
  };
}

/** The nearest mcpgen.json at or above a folder. */
export function findConfigFile(folder: string): string | undefined {
  return findAbove(folder, (candidate) =>
    isFile(join(candidate, configFileName)) ? join(candidate, configFileName) : undefined,
  );
}

/**
 * The first answer on the way up. What lies above a repository's root or around a node_modules folder
 * belongs to somebody else.
 */
export function findAbove<T>(folder: string, answer: (candidate: string) => T | undefined): T | undefined {
  for (let candidate = resolve(folder); ; candidate = dirname(candidate)) {
    if (basename(candidate) === "node_modules") return undefined;
    const found = answer(candidate);
    if (found !== undefined) return found;
    if (candidate === dirname(candidate) || exists(join(candidate, ".git"))) return undefined;
  }
}

/** The place of a key (with its quotes), or of its value. */
export function spanOfSetting(
  file: ConfigFile,
  path: readonly (string | number)[],
  part: "key" | "value",
): Span | undefined {
  const tree = file.text === undefined ? undefined : parseTree(file.text, [], { allowTrailingComma: true });
  const value = tree && findNodeAtLocation(tree, [...path]);
  const node = part === "key" ? value?.parent?.children?.[0] : value;
  if (!node || file.text === undefined) return undefined;
  return spanBetween({ file: file.name, text: file.text, from: node.offset, to: node.offset + node.length });
}

interface Range {
  readonly file: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

function spanBetween({ file, text, from, to }: Range): Span {
  return { file, start: positionAt(text, from), end: positionAt(text, to) };
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

function describeParseError(error: ParseError): string {
  // `PropertyNameExpected` → `property name expected`
  return printParseErrorCode(error.error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch {
    return undefined;
  }
}

export function isFile(path: string): boolean {
  return statOrUndefined(path)?.isFile() ?? false;
}

function exists(path: string): boolean {
  return statOrUndefined(path) !== undefined;
}

/** Also for a path below a file, where the system answers ENOTDIR. */
export function statOrUndefined(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** What all neighbours share: how they are told, and how their settings are read. */
import { findNodeAtLocation, parse, parseTree, type ParseError } from "jsonc-parser";
import { coversFile } from "../model/project/globs.js";
import type { JsonValue } from "../model/json.js";

export interface Neighbourhood {
  /** Absolute. */
  readonly root: string;
  /** Relative to the root, forward slashes. */
  readonly output: string;
  /** The text of a file beside package.json; undefined where there is none. */
  readonly read: (name: string) => string | undefined;
}

export interface Neighbour {
  readonly program: "jest" | "vitest" | "eslint";
  /** Where its settings stand, or would. */
  readonly file: string;
  readonly isMissing?: true;
  /** What it lacks, and where in the file. */
  readonly line: string;
  readonly edit?: NeighbourEdit;
}

/** A value of a JSON file, by the keys from its root, or a further line of a list. */
export type NeighbourEdit = { readonly path: readonly string[]; readonly value: JsonValue } | { readonly line: string };

export type Settings = Readonly<Record<string, unknown>>;

/** A file that stands in the output of every project, and that test runners would take for theirs. */
export function ownTest(output: string): string {
  return `${output}/test/a.test.ts`;
}

export function findFile({ read }: Neighbourhood, names: readonly string[]): string | undefined {
  return names.find((name) => read(name) !== undefined);
}

/** What its JSON says, comments and trailing commas allowed; empty where there is no file, or none that can be read so. */
export function readSettings({ read }: Neighbourhood, name: string): Settings {
  const errors: ParseError[] = [];
  // A byte order mark is no part of the JSON.
  const value: unknown = parse((read(name) ?? "{}").replace(/^\uFEFF/, ""), errors, { allowTrailingComma: true });
  return errors.length === 0 && isRecord(value) ? value : {};
}

/** Where a key of the whole stands in a JSON file, with its quotes: a package can have the name of the settings. */
export function rangeOfKey(text: string, name: string): readonly [number, number] | undefined {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const key = tree && findNodeAtLocation(tree, [name])?.parent?.children?.[0];
  return key && [key.offset, key.offset + key.length];
}

export function hasPackage(around: Neighbourhood, name: string): boolean {
  const manifest = readSettings(around, "package.json");
  return [manifest["dependencies"], manifest["devDependencies"]].some((list) => isRecord(list) && name in list);
}

export function isRecord(value: unknown): value is Settings {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text counts as a list of one, as it does for these programs. */
export function textsOf(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
}

/**
 * Whether a program's text leaves the output out, as far as a text can say: it has the output in a text of its own or as
 * a step of a path in one (`server: { port }` of Vite is something else), or in what a glob of one of these lists means.
 */
export function leavesOut(program: string, output: string, lists: readonly string[]): boolean {
  const isNamed = textsIn(program).some((text) => `/${text}/`.includes(`/${output}/`));
  return isNamed || lists.some((list) => globsOf(program, list)?.some((glob) => coversFile(glob, ownTest(output))));
}

/** The texts of `name: [ … ]` or `name([ … ])`, all of them together; undefined where there is no such list. */
export function globsOf(program: string, name: string): readonly string[] | undefined {
  const lists = [...program.matchAll(new RegExp(`\\b${name}\\s*(?::|\\()\\s*\\[([^\\]]*)\\]`, "g"))];
  return lists.length === 0 ? undefined : lists.flatMap(([, list = ""]) => textsIn(list));
}

function textsIn(program: string): readonly string[] {
  return [...program.matchAll(/(["'`])([^"'`\n]*)\1/g)].map(([, , text = ""]) => text);
}

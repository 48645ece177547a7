/** JSON with comments and trailing commas: values are set in the text, and everything around them stays. */
import {
  applyEdits,
  findNodeAtLocation,
  modify,
  parse,
  parseTree,
  printParseErrorCode,
  type ModificationOptions,
  type ParseError,
} from "jsonc-parser";
import { isJsonObject, type JsonValue } from "../../model/json.js";
import { indentOf, insertMember, removeMember } from "./json-layout.js";
import { positionAt, type Format, type Range } from "./format.js";

type Path = readonly (string | number)[];

/** One value; an absent one removes the key. What is to hold it and is null becomes an object. */
export function setJson(text: string, path: Path, value: JsonValue | undefined): string {
  const whole = text.trim() === "" ? "{}\n" : text;
  return setMember(whole, path, value) ?? applyEdits(whole, modify(whole, [...path], value, optionsFor(whole)));
}

/** One more element of a list. */
export function addJson(text: string, path: Path, value: JsonValue): string {
  return applyEdits(text, modify(text, [...path, -1], value, { ...optionsFor(text), isArrayInsertion: true }));
}

function optionsFor(text: string): ModificationOptions {
  const indent = indentOf(text);
  const insertSpaces = indent !== "\t";
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return { formattingOptions: { insertSpaces, tabSize: insertSpaces ? indent.length : 1, eol } };
}

/** The library lays out the lines around what comes and goes anew: only where there is no other way. */
function setMember(text: string, path: Path, value: JsonValue | undefined): string | undefined {
  const name = path.at(-1);
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const object = tree && findNodeAtLocation(tree, path.slice(0, -1));
  if (typeof name === "string" && object?.type === "null" && value !== undefined)
    return setJson(text, path.slice(0, -1), { [name]: value });
  if (typeof name !== "string" || object?.type !== "object") return undefined;
  if (value === undefined) return removeMember(text, object, name);
  return findNodeAtLocation(object, [name]) ? undefined : insertMember(text, object, { name, value });
}

export const jsonFormat: Format = {
  read: (text) => {
    if (text.trim() === "") return { kind: "read", data: {} };
    const errors: ParseError[] = [];
    const data = parse(text, errors, { allowTrailingComma: true }) as JsonValue | undefined;
    const [error] = errors;
    if (error)
      return { kind: "invalid", reason: wordsOf(error), range: rangeOf(text, error.offset, Math.max(error.length, 1)) };
    if (isJsonObject(data)) return { kind: "read", data };
    return { kind: "invalid", reason: "it is not an object", range: rangeOf(text, 0, 1) };
  },
  locate: (text, keys) => {
    const tree = parseTree(text, [], { allowTrailingComma: true });
    const node = tree && findNodeAtLocation(tree, [...keys])?.parent?.children?.[0];
    return node && rangeOf(text, node.offset, node.length);
  },
  add: (text, keys, entry) => setJson(text, keys, entry),
  replace: (text, keys, entry) => setJson(text, keys, entry),
  change: (text, keys, { from, to }) => {
    let changed = text;
    for (const field of new Set([...Object.keys(from), ...Object.keys(to)]))
      for (const [path, value] of differences([field], from[field], to[field]))
        changed = setJson(changed, [...keys, ...path], value);
    return changed;
  },
  remove: (text, keys) => closeEmpty(setJson(text, keys, undefined), keys[0]),
};

/** An object that has nothing left in it, not even a comment, takes one line. */
function closeEmpty(text: string, key: string): string {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const node = tree && findNodeAtLocation(tree, [key]);
  if (!node || !/^\{\s*\}$/.test(text.slice(node.offset, node.offset + node.length))) return text;
  return `${text.slice(0, node.offset)}{}${text.slice(node.offset + node.length)}`;
}

type Difference = readonly [Path, JsonValue | undefined];

/** The smallest values that differ: a variable and not all of `env`, so that comments between them stay. */
function differences(path: Path, from: JsonValue | undefined, to: JsonValue | undefined): readonly Difference[] {
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  if (!isJsonObject(from) || !isJsonObject(to)) return [[path, to]];
  const names = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...names].flatMap((name) => differences([...path, name], from[name], to[name]));
}

/** `PropertyNameExpected` → `property name expected` */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
}

function rangeOf(text: string, offset: number, length: number): Range {
  return { start: positionAt(text, offset), end: positionAt(text, offset + length) };
}

/**
 * Members of an object that has each on lines of its own: one comes and goes with its lines, and its neighbours keep
 * theirs. Undefined: the object is not laid out so.
 */
import { createScanner, type Node } from "jsonc-parser";
import type { JsonValue } from "../../model/json.js";

/** `CommaToken` of the library's `SyntaxKind`, a `const enum`, of which nothing is left when a file is compiled by itself. */
const comma = 5;

/** The unit in which lines are indented: a tab, or some blanks. */
export function indentOf(text: string): string {
  return /^\t/m.test(text) ? "\t" : (/^( +)\S/m.exec(text)?.[1] ?? "  ");
}

interface Member {
  readonly name: string;
  readonly value: JsonValue;
}

/** After the last member. */
export function insertMember(text: string, object: Node, { name, value }: Member): string | undefined {
  const last = object.children?.at(-1);
  const margin = last && marginOf(text, last.offset);
  if (last === undefined || margin === undefined) return undefined;
  const end = last.offset + last.length;
  const trailing = commaAfter(text, end);
  const after = trailing === undefined ? end : trailing + 1;
  // A comment at the end of its line is about that member.
  const [rest = ""] = /^[^\r\n]*/.exec(text.slice(after)) ?? [];
  if (!/^\s*(?:\/\/.*|\/\*[^*]*\*\/\s*)?$/.test(rest)) return undefined;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const printed = JSON.stringify(value, undefined, indentOf(text)).split("\n").join(`${eol}${margin}`);
  const member = `${eol}${margin}${JSON.stringify(name)}: ${printed}`;
  const [before, between] = trailing === undefined ? [",", ""] : ["", ","];
  return `${text.slice(0, end)}${before}${text.slice(end, after)}${rest}${member}${between}${text.slice(after + rest.length)}`;
}

export function removeMember(text: string, object: Node, name: string): string | undefined {
  const members = object.children ?? [];
  const index = members.findIndex(({ children }) => children?.[0]?.value === name);
  const member = members[index];
  if (member === undefined || marginOf(text, member.offset) === undefined) return undefined;
  const end = member.offset + member.length;
  const own = commaAfter(text, end);
  const after = own === undefined ? end : own + 1;
  const [rest = ""] = /^[^\r\n]*\r?\n?/.exec(text.slice(after)) ?? [];
  if (rest.trim() !== "") return undefined;
  const start = text.lastIndexOf("\n", member.offset) + 1;
  const left = `${text.slice(0, start)}${text.slice(after + rest.length)}`;
  const before = members[index - 1];
  const isLast = index === members.length - 1;
  const needless = before && isLast && own === undefined ? commaAfter(text, before.offset + before.length) : undefined;
  return needless === undefined ? left : `${left.slice(0, needless)}${left.slice(needless + 1)}`;
}

/** The blanks before what begins its line; undefined where something else does. */
function marginOf(text: string, offset: number): string | undefined {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return text.slice(0, offset).includes("\n") && line.trim() === "" ? line : undefined;
}

/** Where the comma is that comes next, if one does. */
function commaAfter(text: string, offset: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset);
  const token: number = scanner.scan();
  return token === comma ? scanner.getTokenOffset() : undefined;
}

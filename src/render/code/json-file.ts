/** JSON values → the text of a JSON file, as prettier would lay it out: without code in between, for the surface of a thousand tools. */
import type { JsonValue } from "../../model/json.js";
import { printWidth } from "./layout.js";
import { jsonNumber, jsonString } from "./text.js";
import { textWidth } from "./width.js";

/** `laid`: objects whose text is known, which is of several lines and indented as it will stand. */
export function jsonFile(value: JsonValue, laid: ReadonlyMap<JsonValue, string> = new Map()): string {
  return `${layOut(value, { indent: 0, column: 0, rest: 0, laid })}\n`;
}

/** As it will stand in a list at this depth, where it takes several lines; else undefined. */
export function listedJson(value: JsonValue, indent: number): string | undefined {
  const text = layOut(value, { indent, column: indent, rest: 0, laid: new Map() });
  return text.includes("\n") ? text : undefined;
}

/** Where a value starts, how far its lines are indented, and how much has to follow it on its last line. */
interface Place {
  readonly indent: number;
  readonly column: number;
  readonly rest: number;
  readonly laid: ReadonlyMap<JsonValue, string>;
}

function layOut(value: JsonValue, place: Place): string {
  const { column, rest, laid } = place;
  return laid.get(value) ?? onOneLine(value, printWidth - column - rest, laid) ?? breakUp(value, place);
}

/** Undefined where it takes more than so many columns, or is never written on one line. */
function onOneLine(value: JsonValue, room: number, laid: Place["laid"]): string | undefined {
  if (room < 0) return undefined;
  if (typeof value !== "object" || value === null) {
    // No string is shorter in JSON than it is, and no character takes less than a column.
    if (typeof value === "string" && value.length > room) return undefined;
    const text = scalar(value);
    return textWidth(text) <= room ? text : undefined;
  }
  const isList = Array.isArray(value);
  if (laid.has(value) || (isList && isMatrix(value))) return undefined;
  const keys = isList ? undefined : Object.keys(value);
  const members: readonly JsonValue[] = isList ? value : Object.values(value);
  if (members.length === 0) return isList ? "[]" : "{}";
  const close = isList ? "]" : " }";
  let text = isList ? "[" : "{ ";
  let left = room - text.length - close.length;
  for (const [index, member] of members.entries()) {
    const before = (index === 0 ? "" : ", ") + (keys ? `${jsonString(keys[index] ?? "")}: ` : "");
    left -= textWidth(before);
    // The room that is left goes down: what is too wide is given up at its first member that is.
    const inside = onOneLine(member, left, laid);
    if (inside === undefined) return undefined;
    left -= textWidth(inside);
    text += before + inside;
  }
  return left < 0 ? undefined : text + close;
}

function breakUp(value: JsonValue, { indent, laid }: Place): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const inner = indent + 2;
  const line = newLine(inner);
  if (Array.isArray(value)) {
    const last = value.length - 1;
    const items: readonly JsonValue[] = value;
    const inside = isNumeric(items)
      ? fillNumbers(items, inner)
      : items
          .map((item, index) => layOut(item, { indent: inner, column: inner, rest: index === last ? 0 : 1, laid }))
          .join(`,${line}`);
    return last < 0 ? "[]" : `[${line}${inside}${newLine(indent)}]`;
  }
  const members = Object.entries(value);
  const inside = members.map(([name, member], index) => {
    const key = `${jsonString(name)}: `;
    const rest = index === members.length - 1 ? 0 : 1;
    return key + layOut(member, { indent: inner, column: inner + textWidth(key), rest, laid });
  });
  return inside.length === 0 ? "{}" : `{${line}${inside.join(`,${line}`)}${newLine(indent)}}`;
}

function scalar(value: string | number | boolean | null): string {
  if (typeof value === "string") return jsonString(value);
  return typeof value === "number" ? jsonNumber(value) : String(value);
}

function newLine(indent: number): string {
  return `\n${" ".repeat(indent)}`;
}

/** Several lists, or several objects, of more than one member each. */
function isMatrix(items: readonly JsonValue[]): boolean {
  if (items.length < 2) return false;
  const lists = Array.isArray(items[0]);
  return items.every(
    (item) =>
      typeof item === "object" && item !== null && Array.isArray(item) === lists && Object.keys(item).length > 1,
  );
}

/** Numbers are set like words: as many as fit on each line. */
function isNumeric(items: readonly JsonValue[]): items is readonly number[] {
  return items.length > 1 && items.every((item) => typeof item === "number");
}

function fillNumbers(items: readonly number[], indent: number): string {
  let text = "";
  let column = indent;
  for (const [index, item] of items.entries()) {
    const number = jsonNumber(item);
    const width = number.length + (index === items.length - 1 ? 0 : 1);
    const wraps = index > 0 && column + 1 + width > printWidth;
    text += index === 0 ? "" : wraps ? `,${newLine(indent)}` : ", ";
    column = index === 0 || wraps ? indent + width : column + 1 + width;
    text += number;
  }
  return text;
}

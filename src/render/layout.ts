/**
 * Code → text as prettier would lay it out, at a tenth of its price: files need no formatting afterwards.
 * `test/unit/layout.test.ts` holds it to that. What is rare is left to prettier itself: see `format.ts`.
 */
import { alwaysExpands, type ArrowCode, type Call, type ChainCode, type Code, type Entry, type ListCode } from "./code.js";
import { textWidth } from "./width.js";

export const printWidth = 100;

/** JSON has no trailing commas, and a value never goes to the line after its key. */
export type Dialect = "typescript" | "json";

/** Where code starts, how far its lines are indented, and how much has to follow it on its last line. */
export interface Place {
  readonly indent: number;
  readonly column: number;
  readonly rest: number;
}

export function layOut(code: Code, place: Place, dialect: Dialect = "typescript"): string {
  if (!code.broken && fits(code.flat, place)) return code.flat;
  switch (code.kind) {
    case "atom":
      return code.flat;
    case "array":
    case "object":
      return breakList(code, place, dialect);
    case "chain":
      return breakChain(code, place, dialect);
    case "arrow":
      return breakArrow(code, place, dialect);
  }
}

function fits(text: string, place: Place): boolean {
  return place.column + textWidth(text) + place.rest <= printWidth;
}

function newLine(indent: number): string {
  return `\n${" ".repeat(indent)}`;
}

/** A line of its own, one step further in, with a comma behind it. */
function ownLine(indent: number): Place {
  return { indent: indent + 2, column: indent + 2, rest: 1 };
}

function breakList(code: ListCode, place: Place, dialect: Dialect): string {
  const [open, close] = code.kind === "array" ? "[]" : "{}";
  if (code.entries.length === 0) return code.flat;
  const line = newLine(place.indent + 2);
  const comma = dialect === "json" ? "" : ",";
  const inside = isNumeric(code)
    ? fillNumbers(code, place.indent + 2)
    : code.entries.map((entry) => layOutEntry(entry, place.indent, dialect)).join(`,${line}`);
  return `${open}${line}${inside}${comma}${newLine(place.indent)}${close}`;
}

function layOutEntry(entry: Entry, indent: number, dialect: Dialect): string {
  const place = ownLine(indent);
  if (entry.key === undefined) return layOut(entry.value, place, dialect);
  const keyWidth = textWidth(entry.key);
  const beside = { ...place, column: place.column + keyWidth + 2 };
  // A short key would win nothing by a new line.
  const moves = dialect === "typescript" && keyWidth >= 5 && !entry.value.broken && breaksAfterKey(entry.value) && !fits(entry.value.flat, beside);
  if (moves) return `${entry.key}:${newLine(indent + 4)}${layOut(entry.value, ownLine(indent + 2), dialect)}`;
  return `${entry.key}: ${layOut(entry.value, beside, dialect)}`;
}

/** Strings, and calls with nothing in them worth breaking. */
function breaksAfterKey(code: Code): boolean {
  if (code.kind === "atom") return code.role !== "number";
  if (code.kind !== "chain" || code.calls.length > 1) return false;
  const args = code.calls[0]?.arguments ?? [];
  const [only] = args;
  return args.length === 0 || (args.length === 1 && only?.kind === "atom" && only.flat.length <= printWidth / 4);
}

/** Numbers are set like words: as many as fit on each line. */
function isNumeric(code: ListCode): boolean {
  return code.kind === "array" && code.entries.length > 1 && code.entries.every(({ value }) => value.kind === "atom" && value.role === "number");
}

function fillNumbers(code: ListCode, indent: number): string {
  let text = "";
  let column = indent;
  for (const [index, { value }] of code.entries.entries()) {
    const width = value.flat.length + 1;
    const wraps = index > 0 && column + 1 + width > printWidth;
    text += index === 0 ? "" : wraps ? `,${newLine(indent)}` : ", ";
    column = index === 0 || wraps ? indent + width : column + 1 + width;
    text += value.flat;
  }
  return text;
}

function breakChain(code: ChainCode, place: Place, dialect: Dialect): string {
  const [first, ...others] = code.calls;
  if (!first) return code.flat;
  const last = code.calls.at(-1) ?? first;
  if (others.length === 0) return code.head + layOutCall(first, { ...place, column: place.column + textWidth(code.head) }, dialect);
  const lead = `${code.head}${code.calls.slice(0, -1).map(flatCall).join("")}`;
  const hugs = last.arguments.length === 1 && last.arguments[0]?.kind === "object" && !code.calls.slice(0, -1).some(isBroken);
  const leadPlace = { ...place, column: place.column + textWidth(lead) };
  if (!alwaysExpands(code.calls) && hugs && fits(`.${last.name}({`, { ...leadPlace, rest: 0 })) return lead + layOutCall(last, leadPlace, dialect);
  const line = newLine(place.indent + 2);
  const links = code.calls.map((one) => {
    const rest = one === last ? place.rest : 0;
    return line + layOutCall(one, { indent: place.indent + 2, column: place.indent + 2, rest }, dialect);
  });
  return code.head + links.join("");
}

function flatCall(one: Call): string {
  return `.${one.name}(${one.arguments.map((argument) => argument.flat).join(", ")})`;
}

function isBroken(one: Call): boolean {
  return one.arguments.some((argument) => argument.broken);
}

/** `.name(…)`: on one line, or with its last argument opened in place, or one argument a line. */
function layOutCall(one: Call, place: Place, dialect: Dialect): string {
  const open = `${one.name === "" ? "" : `.${one.name}`}(`;
  const flat = `${open}${one.arguments.map((argument) => argument.flat).join(", ")})`;
  const last = one.arguments.at(-1);
  if (!last || (!isBroken(one) && fits(flat, place))) return flat;
  const head = `${open}${one.arguments
    .slice(0, -1)
    .map((argument) => `${argument.flat}, `)
    .join("")}`;
  if (canHug(one.arguments) && fits(`${head}{`, { ...place, rest: 0 })) {
    return `${head}${breakList(last as ListCode, { ...place, column: place.column + textWidth(head), rest: place.rest + 1 }, dialect)})`;
  }
  const line = newLine(place.indent + 2);
  const args = one.arguments.map((argument) => line + layOut(argument, ownLine(place.indent), dialect));
  return `${open}${args.join(",")},${newLine(place.indent)})`;
}

function canHug(args: readonly Code[]): boolean {
  const last = args.at(-1);
  if (last?.kind !== "object" && last?.kind !== "array") return false;
  if (last.entries.length === 0 || args.slice(0, -1).some((argument) => argument.broken)) return false;
  return args.at(-2)?.kind !== last.kind && !(args.length > 1 && isNumeric(last));
}

function breakArrow(code: ArrowCode, place: Place, dialect: Dialect): string {
  const flatHead = `(${code.parameters.map((parameter) => parameter.flat).join(", ")}) =>`;
  const only = code.parameters.length === 1 ? code.parameters[0] : undefined;
  const line = newLine(place.indent + 2);
  let head = flatHead;
  if (!fits(flatHead, { ...place, rest: 0 })) {
    head = only?.kind === "object"
      ? `(${breakList(only, place, dialect)}) =>`
      : `(${code.parameters.map((parameter) => line + layOut(parameter, ownLine(place.indent), dialect)).join(",")},${newLine(place.indent)}) =>`;
  }
  const column = head === flatHead ? place.column + textWidth(flatHead) + 1 : place.indent + head.length - head.lastIndexOf("\n") - place.indent;
  if (!code.body.broken && fits(code.body.flat, { ...place, column })) return `${head} ${code.body.flat}`;
  return `${head}${line}${layOut(code.body, { indent: place.indent + 2, column: place.indent + 2, rest: place.rest }, dialect)}`;
}

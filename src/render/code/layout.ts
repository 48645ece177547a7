/**
 * Code → text as prettier would lay it out, at a tenth of its price: files need no formatting afterwards.
 * `test/unit/layout.test.ts` holds it to that. What is rare is left to prettier itself: see `format.ts`.
 */
import {
  alwaysExpands,
  callWidth,
  composes,
  flatCall,
  takesFunction,
  type ArrowCode,
  type Call,
  type ChainCode,
  type Code,
  type Entry,
  type ListCode,
} from "./code.js";
import { textWidth } from "./width.js";

export const printWidth = 100;

/** Where code starts, how far its lines are indented, and how much has to follow it on its last line. */
export interface Place {
  readonly indent: number;
  readonly column: number;
  readonly rest: number;
}

export function layOut(code: Code, place: Place): string {
  if (!code.broken && fitsWidth(code.width, place)) return code.flat;
  switch (code.kind) {
    case "atom":
      return code.flat;
    case "array":
    case "object":
      return breakList(code, place);
    case "chain":
      return breakChain(code, place);
    case "arrow":
      return breakArrow(code, place);
  }
}

function fits(text: string, place: Place): boolean {
  return fitsWidth(textWidth(text), place);
}

function fitsWidth(width: number, place: Place): boolean {
  return place.column + width + place.rest <= printWidth;
}

function newLine(indent: number): string {
  return `\n${" ".repeat(indent)}`;
}

/** A line of its own, one step further in, with a comma behind it. */
function ownLine(indent: number, comma = 1): Place {
  return { indent: indent + 2, column: indent + 2, rest: comma };
}

function breakList(code: ListCode, place: Place): string {
  const [open, close] = code.kind === "array" ? "[]" : "{}";
  if (code.entries.length === 0) return code.flat;
  const line = newLine(place.indent + 2);
  const inside = isNumeric(code)
    ? fillNumbers(code, place.indent + 2)
    : code.entries.map((entry) => layOutEntry(entry, ownLine(place.indent))).join(`,${line}`);
  return `${open}${line}${inside},${newLine(place.indent)}${close}`;
}

function layOutEntry(entry: Entry, place: Place): string {
  if (entry.key === undefined) return layOut(entry.value, place);
  const keyWidth = textWidth(entry.key);
  const beside = { ...place, column: place.column + keyWidth + 2 };
  // A short key would win nothing by a new line.
  const moves =
    keyWidth >= 5 && !entry.value.broken && breaksAfterKey(entry.value) && !fitsWidth(entry.value.width, beside);
  if (moves) return `${entry.key}:${newLine(place.indent + 2)}${layOut(entry.value, ownLine(place.indent))}`;
  return `${entry.key}: ${layOut(entry.value, beside)}`;
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
  return (
    code.kind === "array" &&
    code.entries.length > 1 &&
    code.entries.every(({ value }) => value.kind === "atom" && value.role === "number")
  );
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

/** `head.a().b()` stays in one piece with one link, opens the object of its last link, or puts each link on a line. */
function breakChain(code: ChainCode, place: Place): string {
  const lead = code.calls[0]?.name === "" ? code.calls[0] : undefined;
  const links = lead ? code.calls.slice(1) : code.calls;
  const layOutLead = (rest: number): string =>
    lead ? code.head + layOutCall(lead, { ...after(place, code.head), rest }) : code.head;
  const last = links.at(-1);
  if (!last) return layOutLead(place.rest);
  if (links.length === 1) {
    const start = layOutLead(last.arguments.length > 0 ? `.${last.name}(`.length : callWidth(last) + place.rest);
    return start + layOutCall(last, after(place, start));
  }
  const others = code.calls.slice(0, -1);
  const start = code.head + others.map(flatCall).join("");
  const opens =
    last.arguments.length === 1 &&
    last.arguments[0]?.kind === "object" &&
    !others.some((one) => isBroken(one) || takesFunction(one)) &&
    !alwaysExpands(code.calls);
  if (opens && fits(`${start}.${last.name}({`, { ...place, rest: 0 }))
    return start + layOutCall(last, after(place, start));
  const line = newLine(place.indent + 2);
  return (
    layOutLead(0) +
    links.map((one) => line + layOutCall(one, ownLine(place.indent, one === last ? place.rest : 0))).join("")
  );
}

/** The place behind a text that begins at `place`. */
function after(place: Place, text: string): Place {
  const line = text.lastIndexOf("\n");
  return { ...place, column: line < 0 ? place.column + textWidth(text) : textWidth(text.slice(line + 1)) };
}

function isBroken(one: Call): boolean {
  return composes(one) || one.arguments.some((argument) => argument.broken);
}

/** `.name(…)`: on one line, or with its last argument opened in place, or one argument a line. */
function layOutCall(one: Call, place: Place): string {
  if (one.arguments.length === 0 || (!isBroken(one) && fitsWidth(callWidth(one), place))) return flatCall(one);
  const open = one.name === "" ? "(" : `.${one.name}(`;
  const head =
    open +
    one.arguments
      .slice(0, -1)
      .map((argument) => `${argument.flat}, `)
      .join("");
  const last = one.arguments.at(-1);
  if (last && !composes(one) && canOpen(last, one.arguments.slice(0, -1)) && fits(`${head}{`, { ...place, rest: 0 })) {
    return `${head}${breakList(last, { ...after(place, head), rest: place.rest + 1 })})`;
  }
  const line = newLine(place.indent + 2);
  return `${open}${one.arguments.map((argument) => line + layOut(argument, ownLine(place.indent))).join(",")},${newLine(place.indent)})`;
}

/** An object or array in last place, unless the one before is of its kind, or it is a row of numbers beside others. */
function canOpen(last: Code, others: readonly Code[]): last is ListCode {
  if ((last.kind !== "object" && last.kind !== "array") || last.entries.length === 0) return false;
  return (
    others.at(-1)?.kind !== last.kind &&
    !others.some((argument) => argument.broken) &&
    !(others.length > 0 && isNumeric(last))
  );
}

/** Parameters break only where they have to; a call that does not fit behind the arrow goes to the next line. */
function breakArrow(code: ArrowCode, place: Place): string {
  const flatHead = `(${code.parameters.map((parameter) => parameter.flat).join(", ")}) =>`;
  const head = fits(flatHead, { ...place, rest: 0 }) ? flatHead : breakParameters(code.parameters, place);
  if (!code.body.broken && fitsWidth(code.body.width + 1, after(place, head))) return `${head} ${code.body.flat}`;
  return `${head}${newLine(place.indent + 2)}${layOut(code.body, ownLine(place.indent, place.rest))}`;
}

function breakParameters(parameters: readonly Code[], place: Place): string {
  const [only] = parameters;
  if (parameters.length === 1 && only?.kind === "object") return `(${breakList(only, place)}) =>`;
  const line = newLine(place.indent + 2);
  return `(${parameters.map((parameter) => line + layOut(parameter, ownLine(place.indent))).join(",")},${newLine(place.indent)}) =>`;
}

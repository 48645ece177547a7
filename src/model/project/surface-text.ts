/** The text of `generated/surface.json`, by tools: what is the same in two builds is the same text. */
import { hashText } from "../hash.js";
import type { JsonObject, JsonValue } from "../json.js";
import { lastly } from "../once.js";

export interface SurfaceText {
  /** Up to the first tool, and from behind the last. */
  readonly head: string;
  readonly tail: string;
  /** From its first brace to its last, as they stand. */
  readonly tools: readonly string[];
}

const head = '{\n  "tools": [\n    ';
const between = ",\n    ";
const border = `${between}{`;

/** Undefined where it is not laid out as mcpgen does. A build asks more than once for the surface that stands and for its own. */
export const splitSurface = lastly(split, 2);

/** What a process has put together itself it need not split. */
export function putTogether(parts: Pick<SurfaceText, "tools" | "tail">): string {
  const whole = { head, ...parts };
  const text = joinSurface(whole);
  splitSurface.keep(text, whole);
  return text;
}

/** No string of JSON has a line end in it, so that a brace at this depth is a tool's. */
function split(text: string): SurfaceText | undefined {
  const end = text.indexOf("\n  ]");
  if (!text.startsWith(`${head}{`) || end === -1) return undefined;
  const tools: string[] = [];
  let start = head.length;
  for (let next = text.indexOf(border, start); next !== -1 && next < end; next = text.indexOf(border, start)) {
    tools.push(text.slice(start, next));
    start = next + between.length;
  }
  return { head, tools: [...tools, text.slice(start, end)], tail: text.slice(end) };
}

/** Where two lists of tools differ: most changes are of one tool, and those before and behind it stand as they stood. */
export interface SameEnds {
  readonly start: number;
  /** From the end. */
  readonly end: number;
}

export function sameEnds(old: readonly string[], now: readonly string[]): SameEnds {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return { start, end };
}

export function joinSurface({ head: start, tools, tail }: SurfaceText): string {
  if (tools.length === 0) return `${start.trimEnd()}${tail.trimStart()}`;
  const last = tools.length - 1;
  // In one step: each more would copy the megabytes.
  return tools.map((tool, at) => `${at === 0 ? start : ""}${tool}${at === last ? tail : ""}`).join(between);
}

/** Of the text of a tool. */
export function nameInText(tool: string): string | undefined {
  return /^\{\n {6}"name": "([\w.-]+)",\n/.exec(tool)?.[1];
}

/** What a surface says, each of its tools as a hash: whoever has these need not look at the tools again. */
export function sayInBrief(tools: readonly string[], others: JsonObject): string {
  return JSON.stringify({ tools, ...others });
}

export function hashTool(tool: JsonValue): string {
  return hashText(JSON.stringify(tool));
}

/** Code or JSON → a hash of its tokens: the same whatever formatter ran over it. Comments count, layout does not. */
import { hashText } from "../model/hash.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import { sameEnds, splitSurface } from "../model/project/surface-text.js";

/** Literals and comments are whole. What this takes apart wrongly, such as a quote in a regular expression, it leaves as it is written. */
const token =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|[\p{L}\p{N}_$]+|./gu;

/** Sixteen digits: for telling a formatter's work from a person's, not for safety. */
export function hashTokens(text: string): string {
  return hashText(valueOf(text) ?? tokensOf(text).join("\n")).slice(0, 16);
}

/** Of JSON, what it says, of each of its tools as a hash; undefined for what is none. */
function valueOf(text: string): string | undefined {
  if (!text.startsWith("{")) return undefined;
  const surface = splitSurface(text);
  try {
    const value = JSON.parse(surface ? surface.tail.replace(/^\s*\]/, '{"tools":[]') : text) as JsonObject;
    const { tools } = value;
    const hashes = surface ? hashTools(surface.tools) : Array.isArray(tools) && tools.map(hashValue);
    return JSON.stringify(hashes ? { ...value, tools: hashes } : value);
  } catch {
    return undefined;
  }
}

function hashValue(value: JsonValue): string {
  return hashText(JSON.stringify(value));
}

interface Known {
  readonly tools: readonly string[];
  readonly hashes: readonly string[];
}

/** The tools of the last surface: in the next one of this process most are as they were. */
let known: Known = { tools: [], hashes: [] };

function hashTools(tools: readonly string[]): readonly string[] {
  const { start, end } = sameEnds(known.tools, tools);
  const changed = tools.slice(start, tools.length - end).map((text) => hashValue(JSON.parse(text) as JsonValue));
  const after = known.hashes.length - end;
  const hashes = [...known.hashes.slice(0, start), ...changed, ...known.hashes.slice(after)];
  known = { tools, hashes };
  return hashes;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  for (const each of text.match(token) ?? []) {
    const normalized = normalize(each);
    if (normalized !== undefined) tokens.push(normalized);
  }
  const kept = tokens.filter((each, index) => !isLayout(tokens, index, each));
  return kept.map((each, index) => asKey(kept, index, each));
}

/** Undefined for what is layout by itself. */
function normalize(text: string): string | undefined {
  if (text === ";" || /^\s/.test(text)) return undefined;
  if (text.startsWith("//") || text.startsWith("/*")) return text.replace(/\s+/g, " ").trim();
  if (!text.startsWith("'") || text.length < 2) return text;
  return `"${text
    .slice(1, -1)
    .replaceAll("\\'", "'")
    .replaceAll(/(?<!\\)"/g, '\\"')}"`;
}

/** The last comma of a list, the first bar of a union, the parentheses around the one parameter of a function. */
function isLayout(tokens: readonly string[], index: number, text: string): boolean {
  if (text.length > 1) return false;
  const before = tokens[index - 1] ?? "";
  const after = tokens[index + 1] ?? "";
  if (text === ",") return /^[)\]}>]$/.test(after);
  if (text === "|") return /^[=(:<,[]$/.test(before) && after !== "|";
  if (text === "(") return isName(after) && tokens[index + 2] === ")" && isArrow(tokens, index + 3);
  if (text === ")") return isName(before) && tokens[index - 2] === "(" && isArrow(tokens, index + 1);
  return false;
}

function isArrow(tokens: readonly string[], index: number): boolean {
  return tokens[index] === "=" && tokens[index + 1] === ">";
}

function isName(text: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(text);
}

/** A quoted key is the name in it. */
function asKey(tokens: readonly string[], index: number, text: string): string {
  if (!text.startsWith('"')) return text;
  const name = text.slice(1, -1);
  const isKey = /^[{,]$/.test(tokens[index - 1] ?? "") && tokens[index + 1] === ":";
  return isKey && isName(name) ? name : text;
}

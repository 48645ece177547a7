/** Code or JSON → a hash of its tokens: the same whatever formatter ran over it. Comments count, layout does not. */
import { shortHash } from "../model/hash.js";
import type { JsonObject } from "../model/json.js";
import { hashTool, sayInBrief } from "../model/project/surface-text.js";

/** Literals and comments are whole. What this takes apart wrongly, such as a quote in a regular expression, it leaves as it is written. */
const token =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|[\p{L}\p{N}_$]+|./gu;

export function hashTokens(text: string): string {
  return shortHash(valueOf(text) ?? tokensOf(text).join("\n"));
}

/** Of JSON, what it says; undefined for what is none. */
function valueOf(text: string): string | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const value = JSON.parse(text) as JsonObject;
    const { tools, ...others } = value;
    return Array.isArray(tools) ? sayInBrief(tools.map(hashTool), others) : JSON.stringify(value);
  } catch {
    return undefined;
  }
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

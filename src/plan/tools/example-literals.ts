/** Reads literals as people write them in examples: JSON, and JavaScript's quotes, bare keys and trailing commas. Nothing is run. */
import type { JsonObject, JsonValue } from "../../model/json.js";

export type Literal =
  | { readonly kind: "json"; readonly value: JsonValue }
  | { readonly kind: "undefined" }
  /** A name or an expression: not ours to know. */
  | { readonly kind: "other" };

const token =
  /\s*(?:\/\/[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(?:(?<string>"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`)|(?<number>-?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?n?)|(?<name>[A-Za-z_$][\w$.]*)|(?<mark>[{}[\](),:;]|=>?)|(?<end>$))/uy;

type Kind = "string" | "number" | "name" | "mark" | "end" | "unknown";

interface Token {
  readonly kind: Kind;
  readonly text: string;
}

/** Stops a parse that met something other than a literal; never leaves this file. */
const notALiteral = new Error("not a literal");

export function parseLiteral(text: string): { readonly value: JsonValue } | undefined {
  const reader = readTokens(text);
  const literal = attempt(() => parseValue(reader));
  if (literal?.kind !== "json") return undefined;
  return reader.peek().kind === "end" ? { value: literal.value } : undefined;
}

export interface Call {
  readonly values: readonly Literal[];
  /** The text behind it. */
  readonly rest: string;
}

/** `name(1, "x")`, with or without `await`, a result that it is assigned to, and what follows. */
export function parseCall(text: string, name: string): Call | undefined {
  const start = new RegExp(`(?:^|[^\\w$.])${name.replaceAll("$", "\\$")}\\s*\\(`, "u").exec(text);
  if (!start) return undefined;
  const inside = text.slice(start.index + start[0].length);
  const reader = readTokens(inside);
  const values = attempt(() => parseList(reader, ")"));
  return values && { values, rest: inside.slice(reader.at()) };
}

/** `; // => 3`, `→ 3`: what is answered, where it is a literal and all of its line, or of its lines. */
export function parseAnswer(text: string): { readonly value: JsonValue } | undefined {
  const [arrow] = /^\s*;?\s*(?:\/\/|\/\*)?\s*(?:=>|->|[→⇒])/u.exec(text) ?? [];
  if (arrow === undefined) return undefined;
  const answer = text.slice(arrow.length).replace(/\n[ \t]*\/\/[ \t]?/g, "\n");
  const reader = readTokens(answer);
  const literal = attempt(() => parseValue(reader));
  if (literal?.kind !== "json") return undefined;
  return /^[ \t]*(?:;|\*\/)?[ \t]*(?:\n|$)/.test(answer.slice(reader.at())) ? { value: literal.value } : undefined;
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (stopped) {
    if (stopped === notALiteral) return undefined;
    throw stopped;
  }
}

interface Reader {
  peek(): Token;
  next(): Token;
  /** The end of the last token that was taken. */
  at(): number;
}

function readTokens(text: string): Reader {
  let at = 0;
  let taken = 0;
  let ahead: Token | undefined;
  const scan = (): Token => {
    token.lastIndex = at;
    const match = token.exec(text);
    if (!match) return { kind: "unknown", text: "" };
    at = token.lastIndex;
    const [kind, found] = Object.entries<string | undefined>(match.groups ?? {}).find(
      ([, value]) => value !== undefined,
    ) ?? ["end"];
    return { kind: kind as Kind, text: found ?? "" };
  };
  return {
    peek: () => (ahead ??= scan()),
    next: () => {
      const result = ahead ?? scan();
      ahead = undefined;
      taken = at;
      return result;
    },
    at: () => taken,
  };
}

function parseValue(reader: Reader): Literal {
  const { kind, text } = reader.next();
  if (kind === "string") return json(readString(text));
  // A bigint travels as its digits.
  if (kind === "number")
    return json(text.endsWith("n") ? text.slice(0, -1).replaceAll("_", "") : Number(text.replaceAll("_", "")));
  if (text === "[") return json(parseList(reader, "]").map(valueOf));
  if (text === "{") return json(parseObject(reader));
  if (kind !== "name") throw notALiteral;
  if (text === "new") return parseConstruction(reader);
  if (text === "true" || text === "false") return json(text === "true");
  return text === "null" ? json(null) : { kind: text === "undefined" ? "undefined" : "other" };
}

/** Values that JSON has another form for, by their class: what is given to it → how it travels. */
const constructed: Readonly<Record<string, (given: JsonValue) => JsonValue | undefined>> = {
  Date: (given) => (typeof given === "string" ? writeDate(given) : undefined),
  URL: (given) => (typeof given === "string" && URL.canParse(given) ? new URL(given).href : undefined),
  Set: (given) => given,
};

function parseConstruction(reader: Reader): Literal {
  const name = reader.next().text;
  expect(reader, "(");
  const [given, ...others] = parseList(reader, ")");
  const write = Object.hasOwn(constructed, name) ? constructed[name] : undefined;
  const value = given && others.length === 0 ? write?.(valueOf(given)) : undefined;
  if (value === undefined) throw notALiteral;
  return json(value);
}

/** A day, or a moment in UTC; what depends on where it is read is none. */
function writeDate(text: string): string | undefined {
  const [, day, time = "T00:00:00", fraction = ""] =
    /^(\d{4}-\d\d-\d\d)(?:(T\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?Z)?$/.exec(text) ?? [];
  return day === undefined ? undefined : `${day}${time}.${fraction.padEnd(3, "0")}Z`;
}

function parseList(reader: Reader, close: ")" | "]"): readonly Literal[] {
  const values: Literal[] = [];
  while (reader.peek().text !== close) {
    values.push(parseValue(reader));
    if (reader.peek().text !== ",") break;
    reader.next();
  }
  expect(reader, close);
  return values;
}

function parseObject(reader: Reader): JsonObject {
  const entries: [string, JsonValue][] = [];
  while (reader.peek().text !== "}") {
    const key = reader.next();
    if (key.kind !== "string" && key.kind !== "name" && key.kind !== "number") throw notALiteral;
    expect(reader, ":");
    const literal = parseValue(reader);
    if (literal.kind !== "undefined")
      entries.push([key.kind === "string" ? readString(key.text) : key.text, valueOf(literal)]);
    if (reader.peek().text !== ",") break;
    reader.next();
  }
  expect(reader, "}");
  return Object.fromEntries(entries);
}

function expect(reader: Reader, mark: string): void {
  const { kind, text } = reader.next();
  if (kind !== "mark" || text !== mark) throw notALiteral;
}

function json(value: JsonValue): Literal {
  return { kind: "json", value };
}

function valueOf(literal: Literal): JsonValue {
  if (literal.kind !== "json") throw notALiteral;
  return literal.value;
}

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
  "\n": "",
};

function readString(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(?:u\{[\da-fA-F]{1,6}\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[\s\S])/g, (escape) => {
    const code = /[\da-fA-F]{2,6}(?=\}?$)/.exec(escape.length > 2 ? escape : "")?.[0];
    const name = escape.slice(1);
    if (code === undefined) return escapes[name] ?? name;
    const point = Number.parseInt(code, 16);
    if (point > 0x10ffff) throw notALiteral;
    return String.fromCodePoint(point);
  });
}

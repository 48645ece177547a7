/** The text of `@default` or `@example` → the JSON value that it means for a type. */
import type { ts } from "ts-morph";
import { literalValue } from "../checker/literals.js";
import { compiler } from "../checker/compiler.js";
import type { JsonValue } from "../../model/json.js";
import type { TypeNode } from "../../model/types.js";
import { fits, type LookUp } from "../../language/fits.js";

export type WrittenValue =
  | { readonly kind: "value"; readonly value: JsonValue }
  /** It says that there is none, or it is prose. */
  | { readonly kind: "none" }
  | { readonly kind: "misfit" };

/** What has a value only where it runs: `Infinity`, `process.env.HOME`, `new Date()`, `os.cpus().length`. */
const code = /^(?:-?Infinity|NaN|(?:new )?[\w$.]+\(.*\)(?:\.[\w$.]+)*|process\.[\w.]+)$/su;

/** What a name such as `Color.Red` stands for where the comment is: its value, if that is literal; absent for other names. */
export type LookUpName = (name: string) => { readonly value: JsonValue | undefined } | undefined;

interface Lookups {
  readonly type: LookUp;
  readonly name: LookUpName;
}

/** Code and prose say nothing that a client could send; they are no mistake. */
export function readDefault(text: string, type: TypeNode, lookUp: Lookups): WrittenValue {
  const bare = bareText(text);
  const named = lookUp.name(bare);
  if (named?.value !== undefined && fits(named.value, type, lookUp.type)) return { kind: "value", value: named.value };
  if (code.test(bare)) return { kind: "none" };
  const read = readValue(text, type, lookUp.type);
  return read.kind === "misfit" && named && named.value === undefined ? { kind: "none" } : read;
}

/** As JSON or as TypeScript's literals; else, where the type takes one, as a bare string. */
export function readValue(text: string, type: TypeNode, lookUp: LookUp): WrittenValue {
  const bare = bareText(text);
  if (bare === "" || bare === "undefined") return { kind: "none" };
  const literal = parseJson(bare) ?? parseLiteral(bare);
  if (literal === null) return fits(null, type, lookUp) ? { kind: "value", value: null } : { kind: "none" };
  const candidates = [literal, ...(isQuoted(bare) ? [] : [bare])].filter((candidate) => candidate !== undefined);
  const value = candidates.find((candidate) => fits(candidate, type, lookUp));
  if (value !== undefined) return { kind: "value", value };
  return { kind: literal === undefined && !/^\w+$/u.test(bare) ? "none" : "misfit" };
}

function bareText(text: string): string {
  return text.replace(/^```\w*\n([^]*?)\n?```$/, "$1").replace(/^`([^`]*)`$/, "$1");
}

/** `@examples ["a", "b"]` of other tools → the texts of its values; none where it is no list. */
export function readList(text: string): readonly string[] {
  const list = parseJson(text);
  return Array.isArray(list) ? list.map((value: JsonValue) => JSON.stringify(value)) : [];
}

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** `['a', 'b']`, `{ deep: true }`, `1_000`. */
function parseLiteral(text: string): JsonValue | undefined {
  const source = compiler.createSourceFile("value.ts", `(${text}\n)`, compiler.ScriptTarget.Latest);
  const [statement, more] = source.statements;
  const isAlone = statement && !more && compiler.isExpressionStatement(statement) && !hasSyntaxErrors(source);
  return isAlone ? literalValue(undefined, statement.expression) : undefined;
}

/** Not part of TypeScript's public types. */
function hasSyntaxErrors(source: ts.SourceFile): boolean {
  return (source as ts.SourceFile & { readonly parseDiagnostics: readonly unknown[] }).parseDiagnostics.length > 0;
}

/** `"a" by default` begins as a string and is none. */
function isQuoted(text: string): boolean {
  return /^["'`]/u.test(text);
}

/** The statements of a module → its functions that nothing else in it names, and what is beside those, as hashes. */
import type { ts } from "ts-morph";
import { hashText } from "../model/hash.js";
import type { GraphFile } from "../model/project/source-graph.js";
import { loadCompiler } from "./compiler/compiler-options.js";
import { offsetsToSpan } from "./disk/spans.js";

export function describeStatements(file: ts.SourceFile): Pick<GraphFile, "alone" | "beside"> {
  const alone: Record<string, string> = {};
  const beside: string[] = [];
  for (const statement of file.statements) {
    const name = nameOfFunction(statement);
    const text = placed(file, statement);
    if (name !== undefined && isUnnamedBeside(file.text, statement, name)) alone[name] = hashText(text);
    else beside.push(text);
  }
  return { alone, beside: hashText(JSON.stringify(beside)) };
}

/** Of `export function f() {…}` and `export const f = () => …`: what such a statement declares depends on no other of its kind. */
function nameOfFunction(statement: ts.Statement): string | undefined {
  const { ts } = loadCompiler();
  const has = (kind: ts.SyntaxKind): boolean =>
    ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some((each) => each.kind === kind);
  if (!has(ts.SyntaxKind.ExportKeyword) || has(ts.SyntaxKind.DefaultKeyword)) return undefined;
  if (ts.isFunctionDeclaration(statement)) return statement.body && statement.name?.text;
  const [declared, ...others] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  if (!declared?.initializer || others.length > 0 || !ts.isIdentifier(declared.name)) return undefined;
  const { initializer } = declared;
  return ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer) ? declared.name.text : undefined;
}

/** No other statement can mean it. A comment that has the word counts as one that does, and an escape could be any name. */
function isUnnamedBeside(text: string, { pos, end }: ts.Statement, name: string): boolean {
  if (text.includes("\\u")) return false;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const isWithin = at >= pos && at < end;
    if (!isWithin && !isPartOfWord(text[at - 1]) && !isPartOfWord(text[at + name.length])) return false;
  }
  return true;
}

function isPartOfWord(character: string | undefined): boolean {
  return character !== undefined && /[\w$\u0080-\uffff]/.test(character);
}

/** With the comments before it, and with its place: what is found of it names lines and columns. */
function placed(file: ts.SourceFile, { pos, end }: ts.Statement): string {
  const text = file.text.slice(pos, end).trimStart();
  const { start } = offsetsToSpan("/", file, [end - text.length, end]);
  return JSON.stringify([start.line, start.column, text]);
}

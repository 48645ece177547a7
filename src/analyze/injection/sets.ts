/**
 * `export const stores = providers(provideUsers, bind<Users, PgUsers>(), moreStores)` → the functions that are
 * providers because a set lists them, and which type stands for which. Read, never run: only names, sets and bindings.
 */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { BindingModel, ExportReference, SetModel } from "../../model/api.js";
import { symbolAt } from "../checker/symbols.js";
import { readBinding } from "./bindings.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";

export interface ReadSets {
  readonly bindings: readonly BindingModel[];
  readonly sets: readonly SetModel[];
  /** By function or class: where a set first lists it. */
  readonly listed: ReadonlyMap<ts.Symbol, ts.Node>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Reading {
  readonly analysis: Analysis;
  readonly bindings: Map<ts.Node, BindingModel>;
  readonly listed: Map<ts.Symbol, ts.Node>;
  readonly diagnostics: Map<ts.Node, Diagnostic>;
}

export function readSets(analysis: Analysis): ReadSets {
  const reading: Reading = { analysis, bindings: new Map(), listed: new Map(), diagnostics: new Map() };
  const sets: SetModel[] = [];
  for (const variable of analysis.sources.modules.flatMap(variablesOf)) {
    const { initializer, name } = variable;
    if (!initializer || !isWiring(analysis, initializer) || !compiler.isIdentifier(name)) continue;
    const members = readMember(reading, initializer, new Set());
    const span = analysis.sources.spanOf(name);
    sets.push({ name: name.text, span, members: members.map((symbol) => referenceTo(analysis, symbol)) });
  }
  const { bindings, listed, diagnostics } = reading;
  return { bindings: [...bindings.values()], sets, listed, diagnostics: [...diagnostics.values()] };
}

function variablesOf(file: ts.SourceFile): readonly ts.VariableDeclaration[] {
  if (!/\b(?:providers|bind)\b/.test(file.text)) return [];
  return file.statements
    .filter(compiler.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations);
}

/** A call of `providers` or of `bind`, or an array that starts with one. */
function isWiring(analysis: Analysis, node: ts.Expression): boolean {
  if (compiler.isArrayLiteralExpression(node))
    return node.elements[0] !== undefined && isWiring(analysis, node.elements[0]);
  return wiringCall(analysis, node) !== undefined;
}

/** Told by declaration, whatever the import calls it. */
function wiringCall({ checker, sources }: Analysis, node: ts.Node): "providers" | "bind" | undefined {
  if (!compiler.isCallExpression(node)) return undefined;
  const symbol = symbolAt(checker, node.expression);
  const file = symbol?.declarations?.[0]?.getSourceFile();
  if (!symbol || !file || sources.originOf(file).kind !== "contracts") return undefined;
  return symbol.name === "providers" || symbol.name === "bind" ? symbol.name : undefined;
}

/** The functions and classes that a member stands for: of a set, all of them. */
function readMember(reading: Reading, node: ts.Expression, above: Set<ts.Node>): readonly ts.Symbol[] {
  const { analysis } = reading;
  if (above.has(node)) return [];
  const inside = new Set([...above, node]);
  if (compiler.isArrayLiteralExpression(node))
    return node.elements.flatMap((each) => readMember(reading, each, inside));
  const call = wiringCall(analysis, node);
  if (compiler.isCallExpression(node) && call === "providers")
    return node.arguments.flatMap((each) => readMember(reading, each, inside));
  if (compiler.isCallExpression(node) && call === "bind") {
    const read = readBinding(analysis, node);
    if (read.kind === "binding") reading.bindings.set(node, read.binding);
    else reading.diagnostics.set(node, read.diagnostic);
    return [];
  }
  return compiler.isIdentifier(node) ? readName(reading, node, inside) : tooComplex(reading, node);
}

function readName(reading: Reading, node: ts.Identifier, above: Set<ts.Node>): readonly ts.Symbol[] {
  const { analysis } = reading;
  const symbol = symbolAt(analysis.checker, node);
  const variable = symbol?.declarations?.find(compiler.isVariableDeclaration);
  if (variable?.initializer && isWiring(analysis, variable.initializer))
    return readMember(reading, variable.initializer, above);
  if (!symbol || !isMaker(analysis, symbol)) return tooComplex(reading, node);
  if (!exportedAs(analysis, symbol)) return notExported(reading, node, symbol);
  if (!reading.listed.has(symbol)) reading.listed.set(symbol, node);
  return [symbol];
}

function isMaker({ checker }: Analysis, symbol: ts.Symbol): boolean {
  const isClass = (symbol.flags & compiler.SymbolFlags.Class) !== 0;
  return isClass || checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0;
}

function exportedAs({ sources }: Analysis, symbol: ts.Symbol): ExportReference | undefined {
  return [...sources.functions, ...sources.classes].find((exported) => exported.symbol === symbol)?.reference;
}

function notExported({ analysis, diagnostics }: Reading, node: ts.Identifier, symbol: ts.Symbol): readonly ts.Symbol[] {
  const { sources } = analysis;
  const file = symbol.declarations?.[0]?.getSourceFile();
  const own = file !== undefined && sources.modules.includes(file);
  const what = own ? "is not exported, so generated code cannot call it" : "is not a function of this source folder";
  const help = own ? undefined : "export a function of your own that calls it";
  diagnostics.set(node, diagnostic("MG208", `provider \`${node.text}\` ${what}`, { span: sources.spanOf(node), help }));
  return [];
}

function tooComplex({ analysis, diagnostics }: Reading, node: ts.Node): readonly ts.Symbol[] {
  const text = node.getText();
  const name = /^[\w.]{1,40}$/.test(text) ? ` \`${text}\`` : "";
  const message = `the member${name} of a provider set is neither a function, nor a class, nor a set, nor a binding`;
  diagnostics.set(node, diagnostic("MG223", message, { span: analysis.sources.spanOf(node) }));
  return [];
}

function referenceTo(analysis: Analysis, symbol: ts.Symbol): ExportReference {
  return exportedAs(analysis, symbol) ?? { module: "", export: symbol.name };
}

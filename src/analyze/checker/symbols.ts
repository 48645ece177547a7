/** The symbols of types: by which declaration a type is known, and its name there. */
import type { ts } from "ts-morph";
import { compiler } from "./compiler.js";
import type { Analysis } from "./analysis.js";

/** Primitives and unions have none, whatever TypeScript's own declarations say. */
export function symbolOf(type: ts.Type): ts.Symbol | undefined {
  return type.symbol;
}

/** `export default interface Tree` is called `default` by the checker. */
export function symbolName(symbol: ts.Symbol): string {
  const declared = symbol.declarations
    ?.map(compiler.getNameOfDeclaration)
    .find((name) => name && compiler.isIdentifier(name));
  return declared && compiler.isIdentifier(declared) ? declared.text : symbol.name;
}

/** Without the `this` type that the checker adds to the arguments of a class. */
export function argumentsOf({ checker }: Analysis, type: ts.Type): readonly ts.Type[] {
  if (!("target" in type)) return [];
  const { target } = type as ts.TypeReference;
  return checker.getTypeArguments(type as ts.TypeReference).slice(0, target.typeParameters?.length ?? 0);
}

/** Behind imports. */
export function symbolAt(checker: ts.TypeChecker, name: ts.Node): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  return symbol && symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

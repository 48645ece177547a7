/** The symbols of types: by which declaration a type is known, and its name there. */
import type { ts } from "ts-morph";
import { compiler } from "./compiler.js";

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

/** Types of the language that travel in another form, told by where they are declared: a user's own `Date` is not one of them. */
import type { ts } from "ts-morph";
import { codecOfGlobal } from "../../language/codecs.js";
import type { CodecNode } from "../../model/types.js";
import type { Analysis } from "./analysis.js";
import { symbolOf } from "./symbols.js";

export function codecOf(analysis: Analysis, type: ts.Type): CodecNode | undefined {
  const symbol = symbolOf(type);
  const codec = symbol && codecOfGlobal(symbol.name);
  return codec && isBuiltIn(analysis, symbol) ? { kind: "codec", codec } : undefined;
}

/** Declared by the language's libraries or by the types of Node.js. */
export function isBuiltIn({ sources }: Analysis, symbol: ts.Symbol): boolean {
  return (
    symbol.declarations?.some((declaration) => {
      const { kind } = sources.originOf(declaration.getSourceFile());
      return kind === "library" || kind === "node";
    }) ?? false
  );
}

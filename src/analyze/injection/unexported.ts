/** Functions tagged `@provider` that their module does not export: what they make is known, but generated code cannot call them. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ExportedFunction } from "../../discover/index.js";
import { compiler } from "../checker/compiler.js";
import { commentOf } from "../comments/docs.js";
import type { Analysis } from "../checker/analysis.js";
import { readProvider, type ReadProvider } from "./providers.js";

type Local = ts.FunctionDeclaration | ts.VariableDeclaration;

export function readUnexported(analysis: Analysis): ReadProvider[] {
  const { sources, checker } = analysis;
  const exported = new Set(sources.functions.map(({ symbol }) => symbol));
  return sources.modules.flatMap((file) => {
    if (!file.text.includes("@provider")) return [];
    return localsOf(file).flatMap((declaration) => {
      const comment = commentOf(declaration);
      const name = declaration.name && compiler.isIdentifier(declaration.name) ? declaration.name : undefined;
      const symbol = name && checker.getSymbolAtLocation(name);
      if (!name || !symbol || exported.has(symbol) || !comment.tags.some((tag) => tag.name === "provider")) return [];
      const read = readProvider(analysis, toFunction(analysis, { declaration, name, symbol }), comment);
      return [{ ...read, diagnostics: [refuse(analysis, name), ...read.diagnostics] }];
    });
  });
}

function localsOf(file: ts.SourceFile): Local[] {
  return file.statements.flatMap((statement): readonly Local[] => {
    if (compiler.isFunctionDeclaration(statement)) return statement.body ? [statement] : [];
    return compiler.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  });
}

interface Named {
  readonly declaration: Local;
  readonly name: ts.Identifier;
  readonly symbol: ts.Symbol;
}

function toFunction({ sources }: Analysis, { declaration, name, symbol }: Named): ExportedFunction {
  const value = compiler.isFunctionDeclaration(declaration) ? declaration : declaration.initializer;
  const isFunction =
    value &&
    (compiler.isFunctionDeclaration(value) || compiler.isArrowFunction(value) || compiler.isFunctionExpression(value));
  const module = sources.spanOf(name).file;
  const reference = { module, export: name.text };
  return { name: name.text, reference, symbol, declaration, ...(isFunction && { implementation: value }) };
}

function refuse({ sources }: Analysis, name: ts.Identifier): Diagnostic {
  const message = `provider \`${name.text}\` is not exported, so generated code cannot call it`;
  return diagnostic("MG208", message, { span: sources.spanOf(name) });
}

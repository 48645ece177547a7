/** Functions and classes tagged `@provider` that their module does not export: what they make is known, but generated code cannot call them. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ExportedFunction } from "../../discover/index.js";
import { compiler } from "../checker/compiler.js";
import { commentOf } from "../comments/docs.js";
import type { Analysis } from "../checker/analysis.js";
import { readClass } from "./class-provider.js";
import { readProvider, type ReadProvider } from "./providers.js";

type Local = ts.FunctionDeclaration | ts.VariableDeclaration;

export function readUnexported(analysis: Analysis): ReadProvider[] {
  const { sources, checker } = analysis;
  const exported = new Set([...sources.functions, ...sources.classes].map(({ symbol }) => symbol));
  return sources.modules.flatMap((file) => {
    if (!file.text.includes("@provider")) return [];
    return localsOf(file).flatMap((declaration) => {
      const comment = commentOf(declaration);
      const name = declaration.name && compiler.isIdentifier(declaration.name) ? declaration.name : undefined;
      const symbol = name && checker.getSymbolAtLocation(name);
      if (!name || !symbol || exported.has(symbol) || !comment.tags.some((tag) => tag.name === "provider")) return [];
      const read = compiler.isClassDeclaration(declaration)
        ? readClass(analysis, { ...toReference(analysis, name), symbol, declaration })
        : readProvider(analysis, toFunction(analysis, { declaration, name, symbol }), comment);
      return [{ ...read, diagnostics: [refuse(analysis, name), ...read.diagnostics] }];
    });
  });
}

function localsOf(file: ts.SourceFile): (Local | ts.ClassDeclaration)[] {
  return file.statements.flatMap((statement): readonly (Local | ts.ClassDeclaration)[] => {
    if (compiler.isClassDeclaration(statement)) return isAmbient(statement) ? [] : [statement];
    if (compiler.isFunctionDeclaration(statement)) return statement.body ? [statement] : [];
    return compiler.isVariableStatement(statement) ? statement.declarationList.declarations : [];
  });
}

function isAmbient(declaration: ts.Declaration): boolean {
  return (compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Ambient) !== 0;
}

interface Named {
  readonly declaration: Local;
  readonly name: ts.Identifier;
  readonly symbol: ts.Symbol;
}

function toFunction(analysis: Analysis, { declaration, name, symbol }: Named): ExportedFunction {
  const value = compiler.isFunctionDeclaration(declaration) ? declaration : declaration.initializer;
  const isFunction =
    value &&
    (compiler.isFunctionDeclaration(value) || compiler.isArrowFunction(value) || compiler.isFunctionExpression(value));
  return { ...toReference(analysis, name), symbol, declaration, ...(isFunction && { implementation: value }) };
}

function toReference({ sources }: Analysis, name: ts.Identifier): Pick<ExportedFunction, "name" | "reference"> {
  return { name: name.text, reference: { module: sources.spanOf(name).file, export: name.text } };
}

function refuse({ sources }: Analysis, name: ts.Identifier): Diagnostic {
  const message = `provider \`${name.text}\` is not exported, so generated code cannot call it`;
  return diagnostic("MG208", message, { span: sources.spanOf(name) });
}

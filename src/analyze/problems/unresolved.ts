/** A type that TypeScript could not resolve → TypeScript's own words for it, at their own place. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { symbolAt } from "../checker/symbols.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";

/** The first of `places` that has an error is the one to show. Only here a file is checked in full: a broken signature ends the build anyway. */
export function explainUnresolved(
  analysis: Analysis,
  places: readonly [ts.Node, ...ts.Node[]],
  name: string,
): Diagnostic[] {
  const { spanOf, spanOfRange, textOf, helpOf } = analysis.sources;
  for (const place of places) {
    const found = errorsOf(analysis, place);
    if (found.length === 0) continue;
    return found.map(({ code, file = place.getSourceFile(), start = 0, length = 0, messageText }) => {
      const text = textOf(messageText);
      return diagnostic("MG110", text, { span: spanOfRange(file, [start, start + length]), help: helpOf(code, text) });
    });
  }
  return [diagnostic("MG110", `the type of \`${name}\` does not resolve`, { span: spanOf(places[0]) })];
}

/** An import that leads nowhere explains more than what is made of it, and so does an alias that goes in circles. */
function errorsOf({ sources, checker }: Analysis, place: ts.Node): readonly ts.Diagnostic[] {
  const within = (node: ts.Node): readonly ts.Diagnostic[] => {
    const file = node.getSourceFile();
    const all = sources.program.getSemanticDiagnostics(file).filter(({ code }) => !bodyOnly.has(code));
    return all.filter(({ start = -1 }) => start >= node.getStart(file) && start < node.end);
  };
  const imports = importsUsedIn(place).flatMap(within);
  if (imports.length > 0) return imports;
  const written = within(place).slice(0, 1);
  if (written.length > 0) return written;
  const behind = importsBehind(checker, place).flatMap(within);
  return behind.length > 0 ? behind : aliasesUsedIn(checker, place).flatMap(within).slice(0, 1);
}

/** Imports that lead nowhere and that what is used here is made of: through types, constants and files. */
function importsBehind(checker: ts.TypeChecker, place: ts.Node): ts.Node[] {
  const found = new Set<ts.Node>();
  const visited = new Set<ts.Node>();
  const visit = (node: ts.Node): void => {
    if (visited.has(node) || node.getSourceFile().isDeclarationFile) return;
    visited.add(node);
    if (compiler.isIdentifier(node)) declarationsOf(checker, node).forEach(follow);
    compiler.forEachChild(node, visit);
  };
  const follow = (declaration: ts.Declaration): void => {
    const broken = compiler.findAncestor(declaration, compiler.isImportDeclaration);
    if (broken) found.add(broken);
    else if (isMade(declaration)) visit(declaration);
  };
  visit(place);
  return [...found];
}

/** Behind an import, or the import itself where it leads nowhere. */
function declarationsOf(checker: ts.TypeChecker, name: ts.Identifier): readonly ts.Declaration[] {
  return symbolAt(checker, name)?.declarations ?? checker.getSymbolAtLocation(name)?.declarations ?? [];
}

function isMade(declaration: ts.Declaration): boolean {
  return (
    compiler.isTypeAliasDeclaration(declaration) ||
    compiler.isInterfaceDeclaration(declaration) ||
    compiler.isVariableDeclaration(declaration)
  );
}

function aliasesUsedIn(checker: ts.TypeChecker, place: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const declarations = compiler.isIdentifier(node) ? symbolAt(checker, node)?.declarations : undefined;
    found.push(...(declarations ?? []).filter(compiler.isTypeAliasDeclaration));
    compiler.forEachChild(node, visit);
  };
  visit(place);
  return found;
}

/** Assignability and unused names: never the reason why a type does not resolve. */
const bodyOnly = new Set([2322, 2345, 6133, 6196, 7006, 7031]);

function importsUsedIn(place: ts.Node): ts.Node[] {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (compiler.isIdentifier(node)) names.add(node.text);
    compiler.forEachChild(node, visit);
  };
  visit(place);
  return place.getSourceFile().statements.filter((statement) => {
    if (!compiler.isImportDeclaration(statement)) return false;
    const { name, namedBindings } = statement.importClause ?? {};
    const bound = [
      name,
      ...(namedBindings && compiler.isNamedImports(namedBindings)
        ? namedBindings.elements.map((element) => element.name)
        : []),
    ];
    if (namedBindings && compiler.isNamespaceImport(namedBindings)) bound.push(namedBindings.name);
    return bound.some((identifier) => identifier && names.has(identifier.text));
  });
}

/** Exports that lead nowhere → TypeScript's own words: what they would have served cannot be known. */
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { loadCompiler } from "../compiler/compiler-options.js";
import type { Module } from "./exports.js";
import type { HelpOf } from "../compiler/unfound-modules.js";
import { offsetsToSpan, toText } from "../disk/spans.js";

/** Only a file with such an export is checked in full. */
export function findBrokenExports(
  program: ts.Program,
  { root, helpOf }: { readonly root: string; readonly helpOf: HelpOf },
  { file }: Module,
): Diagnostic[] {
  const { ts } = loadCompiler();
  const links = file.statements.filter(
    (statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement),
  );
  if (!links.some(ts.isExportDeclaration) || !leadsNowhere(program.getTypeChecker(), file)) return [];
  const within = (start: number): boolean => links.some((link) => start >= link.pos && start < link.end);
  return program
    .getSemanticDiagnostics(file)
    .filter(({ start = -1 }) => within(start))
    .map(({ code, start = 0, length = 0, messageText }) => {
      const text = toText(root, messageText);
      return diagnostic("MG110", text, {
        span: offsetsToSpan(root, file, [start, start + length]),
        help: helpOf(code, text),
      });
    });
}

function leadsNowhere(checker: ts.TypeChecker, file: ts.SourceFile): boolean {
  const { ts } = loadCompiler();
  const symbol = checker.getSymbolAtLocation(file);
  const exported = symbol ? checker.getExportsOfModule(symbol) : [];
  const isBroken = (each: ts.Symbol): boolean =>
    (each.flags & ts.SymbolFlags.Alias) !== 0 && checker.getAliasedSymbol(each).declarations === undefined;
  const isMissing = (statement: ts.Statement): boolean =>
    ts.isExportDeclaration(statement) &&
    statement.moduleSpecifier !== undefined &&
    !checker.getSymbolAtLocation(statement.moduleSpecifier);
  return exported.some(isBroken) || file.statements.some(isMissing);
}

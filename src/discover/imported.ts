/** What is imported from "mcpgen": the names of contracts, which the project then declares and carries. */
import type { ts } from "ts-morph";
import { loadCompiler } from "./compiler/compiler-options.js";

/** What takes the module as a whole takes all of it: `*`. */
const whole = "*";

export function importedBy(file: ts.SourceFile): readonly string[] {
  const { ts } = loadCompiler();
  if (!file.text.includes("mcpgen")) return [];
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      if (node.moduleSpecifier && isMcpgen(node.moduleSpecifier)) names.push(...namesOf(node));
    } else if (ts.isImportTypeNode(node)) {
      if (ts.isLiteralTypeNode(node.argument) && isMcpgen(node.argument.literal))
        names.push(node.qualifier ? firstOf(node.qualifier) : whole);
    } else if (ts.isCallExpression(node) || ts.isExternalModuleReference(node)) {
      const argument = ts.isCallExpression(node) ? node.arguments[0] : node.expression;
      if (argument && isMcpgen(argument)) names.push(whole);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function isMcpgen(node: ts.Node): boolean {
  return loadCompiler().ts.isStringLiteralLike(node) && node.text === "mcpgen";
}

function namesOf(node: ts.ImportDeclaration | ts.ExportDeclaration): readonly string[] {
  const { ts } = loadCompiler();
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
  if (bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)))
    return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
  return [whole];
}

function firstOf(name: ts.EntityName): string {
  return loadCompiler().ts.isIdentifier(name) ? name.text : firstOf(name.left);
}

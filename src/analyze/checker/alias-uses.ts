/** Where a type that is written by its name is declared. */
import type { ts } from "ts-morph";
import { compiler } from "./compiler.js";
import { symbolAt } from "./symbols.js";

export interface AliasUse {
  readonly alias: ts.TypeAliasDeclaration;
  /** Where it is written. */
  readonly node: ts.TypeNode;
}

/** The argument that stands for a parameter of the alias; anything else as it is. */
export function replaceParameter(checker: ts.TypeChecker, type: ts.TypeNode, { alias, node }: AliasUse): ts.TypeNode {
  if (!compiler.isTypeReferenceNode(type) || !compiler.isTypeReferenceNode(node)) return type;
  const symbol = checker.getSymbolAtLocation(type.typeName);
  const index = alias.typeParameters?.findIndex(({ name }) => checker.getSymbolAtLocation(name) === symbol) ?? -1;
  return node.typeArguments?.[index] ?? type;
}

/** Without parentheses and `readonly`. */
export function bareNode(node: ts.TypeNode | undefined): ts.TypeNode | undefined {
  return node && (compiler.isParenthesizedTypeNode(node) || isReadonly(node)) ? bareNode(node.type) : node;
}

function isReadonly(node: ts.TypeNode): node is ts.TypeOperatorNode {
  return compiler.isTypeOperatorNode(node) && node.operator === compiler.SyntaxKind.ReadonlyKeyword;
}

/** Where the alias that is written here, by its name or by `import("…")`, is declared. */
export function aliasOf(checker: ts.TypeChecker, node: ts.TypeNode): ts.TypeAliasDeclaration | undefined {
  if (compiler.isTypeReferenceNode(node)) return aliasDeclaration(checker, node.typeName);
  const isImport = compiler.isImportTypeNode(node) && !node.isTypeOf && node.qualifier;
  return isImport ? aliasDeclaration(checker, isImport) : undefined;
}

function aliasDeclaration(checker: ts.TypeChecker, name: ts.EntityName): ts.TypeAliasDeclaration | undefined {
  return symbolAt(checker, name)?.declarations?.find(compiler.isTypeAliasDeclaration);
}

/** Of TypeScript itself. */
export function isLibrary(declaration: ts.Declaration): boolean {
  return /[\\/]lib\.[\w.]+\.d\.ts$/.test(declaration.getSourceFile().fileName);
}

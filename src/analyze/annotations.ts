/** Types as they are written: the parts of an annotation that belong to the parts of its type. Best effort; only the order of unions rests on it. */
import type { ts } from "ts-morph";
import { compiler } from "./compiler.js";

type Written = ts.TypeNode | undefined;

/** The element of `X[]`, `readonly X[]`, `Array<X>`; also the value of `Promise<X>` and `Set<X>`. */
export function argumentOf(checker: ts.TypeChecker, annotation: Written, index: number): Written {
  const node = unwrap(checker, annotation);
  if (node === undefined) return undefined;
  if (compiler.isArrayTypeNode(node)) return node.elementType;
  return compiler.isTypeReferenceNode(node) ? node.typeArguments?.[index] : undefined;
}

export function tupleElementOf(checker: ts.TypeChecker, annotation: Written, index: number): Written {
  const node = unwrap(checker, annotation);
  const element = node && compiler.isTupleTypeNode(node) ? node.elements[index] : undefined;
  if (element === undefined) return undefined;
  if (compiler.isNamedTupleMember(element) || compiler.isOptionalTypeNode(element) || compiler.isRestTypeNode(element))
    return element.type;
  return element;
}

/** Without parentheses and `readonly`; a plain alias stands for what it was declared as. */
function unwrap(checker: ts.TypeChecker, node: Written): Written {
  if (node === undefined) return undefined;
  if (compiler.isParenthesizedTypeNode(node) || compiler.isTypeOperatorNode(node)) return unwrap(checker, node.type);
  if (!compiler.isTypeReferenceNode(node) || node.typeArguments) return node;
  const declared = aliasDeclaration(checker, node.typeName);
  return declared && !declared.typeParameters ? unwrap(checker, declared.type) : node;
}

function aliasDeclaration(checker: ts.TypeChecker, name: ts.EntityName): ts.TypeAliasDeclaration | undefined {
  return symbolAt(checker, name)?.declarations?.find(compiler.isTypeAliasDeclaration);
}

/** Behind imports. */
export function symbolAt(checker: ts.TypeChecker, name: ts.Node): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  return symbol && symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

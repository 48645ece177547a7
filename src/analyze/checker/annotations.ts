/**
 * Types as they are written: the parts of an annotation that belong to the parts of its type. Best effort: the order of
 * unions rests on it, and what is said above aliases, which the checker forgets.
 */
import type { ts } from "ts-morph";
import { compiler } from "./compiler.js";

type Written = ts.TypeNode | undefined;

/** The element of `X[]`, `readonly X[]`, `Array<X>`; also the value of `Promise<X>` and `Set<X>`. */
export function argumentOf(checker: ts.TypeChecker, annotation: Written, index: number): Written {
  const node = unwrap(checker, annotation);
  if (node === undefined) return undefined;
  if (compiler.isArrayTypeNode(node)) return node.elementType;
  if (!compiler.isTypeReferenceNode(node)) return undefined;
  const alias = aliasOf(checker, node);
  if (!alias || isLibrary(alias)) return node.typeArguments?.[index];
  const argument = argumentOf(checker, alias.type, index);
  return argument && replaceParameter(checker, argument, { alias, node });
}

/** The value of `Record<K, V>` and of `{ [key in K]: V }`; that of `Partial` and its kin is their argument's. */
export function valueOf(checker: ts.TypeChecker, annotation: Written): Written {
  const node = unwrap(checker, annotation);
  if (node && compiler.isMappedTypeNode(node)) return node.type;
  if (!node || !compiler.isTypeReferenceNode(node)) return undefined;
  const alias = aliasOf(checker, node);
  if (!alias) return undefined;
  const [first, second] = node.typeArguments ?? [];
  if (isLibrary(alias)) return alias.name.text === "Record" ? second : valueOf(checker, first);
  const value = valueOf(checker, alias.type);
  return value && replaceParameter(checker, value, { alias, node });
}

/** The key of `Record<K, V>`. */
export function keyOf(checker: ts.TypeChecker, annotation: Written): Written {
  const node = unwrap(checker, annotation);
  if (node && compiler.isMappedTypeNode(node)) return node.typeParameter.constraint;
  const alias = node && aliasOf(checker, node);
  const isRecord = alias?.name.text === "Record" && isLibrary(alias);
  return isRecord && node && compiler.isTypeReferenceNode(node) ? node.typeArguments?.[0] : undefined;
}

function isLibrary(declaration: ts.Declaration): boolean {
  return /[\\/]lib\.[\w.]+\.d\.ts$/.test(declaration.getSourceFile().fileName);
}

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

export type WrittenMember = ts.PropertySignature | ts.PropertyDeclaration;

/** Of `User["id"]`, where the member is declared, as long as its type is written there. */
export function memberBehind(checker: ts.TypeChecker, node: ts.TypeNode): WrittenMember | undefined {
  if (!compiler.isIndexedAccessTypeNode(node) || !compiler.isLiteralTypeNode(node.indexType)) return undefined;
  const { literal } = node.indexType;
  if (!compiler.isStringLiteral(literal)) return undefined;
  const declaration = checker.getTypeFromTypeNode(node.objectType).getProperty(literal.text)?.valueDeclaration;
  if (!declaration || !(compiler.isPropertySignature(declaration) || compiler.isPropertyDeclaration(declaration)))
    return undefined;
  const present = (type: ts.TypeNode): ts.Type => checker.getNonNullableType(checker.getTypeFromTypeNode(type));
  return declaration.type && present(declaration.type) === present(node) ? declaration : undefined;
}

/** What `User["id"]`, `Ids[number]` and `NonNullable<Id>` are written as elsewhere; anything else as it is. */
export function writtenAt(checker: ts.TypeChecker, written: Written): Written {
  const node = bareNode(written);
  if (!node) return undefined;
  const member = memberBehind(checker, node)?.type;
  if (member) return writtenAt(checker, member);
  if (compiler.isIndexedAccessTypeNode(node) && node.indexType.kind === compiler.SyntaxKind.NumberKeyword)
    return writtenAt(checker, argumentOf(checker, node.objectType, 0)) ?? written;
  const alias = compiler.isTypeReferenceNode(node) && node.typeArguments ? aliasOf(checker, node) : undefined;
  const isPresent = alias?.name.text === "NonNullable" && isLibrary(alias);
  return isPresent && compiler.isTypeReferenceNode(node) ? writtenAt(checker, node.typeArguments?.[0]) : written;
}

/** Without parentheses and `readonly`. */
export function bareNode(node: Written): Written {
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

export function tupleElementOf(checker: ts.TypeChecker, annotation: Written, index: number): Written {
  const node = unwrap(checker, annotation);
  const element = node && compiler.isTupleTypeNode(node) ? node.elements[index] : undefined;
  if (element === undefined) return undefined;
  if (compiler.isNamedTupleMember(element) || compiler.isOptionalTypeNode(element) || compiler.isRestTypeNode(element))
    return element.type;
  return element;
}

/** Without parentheses and `readonly`; a plain alias stands for what it was declared as. */
function unwrap(checker: ts.TypeChecker, written: Written): Written {
  const node = writtenAt(checker, written);
  if (node === undefined) return undefined;
  if (compiler.isParenthesizedTypeNode(node) || compiler.isTypeOperatorNode(node)) return unwrap(checker, node.type);
  if (compiler.isTypeReferenceNode(node) && node.typeArguments) return node;
  const declared = aliasOf(checker, node);
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

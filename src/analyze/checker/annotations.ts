/**
 * Types as they are written: the parts of an annotation that belong to the parts of its type. Best effort: the order of
 * unions rests on it, and what is said above aliases, which the checker forgets.
 */
import type { ts } from "ts-morph";
import { aliasOf, bareNode, isLibrary, replaceParameter } from "./alias-uses.js";
import { compiler } from "./compiler.js";
import { writtenBehind } from "./library-types.js";

type Written = ts.TypeNode | undefined;

/** The element of `X[]`, `readonly X[]`, `Array<X>`; also the value of `Promise<X>` and `Set<X>`. */
export function argumentOf(checker: ts.TypeChecker, annotation: Written, index: number): Written {
  const node = unwrap(checker, annotation);
  if (node === undefined) return undefined;
  if (compiler.isArrayTypeNode(node)) return node.elementType;
  if (!compiler.isTypeReferenceNode(node)) return undefined;
  const alias = aliasOf(checker, node);
  if (!alias) return node.typeArguments?.[index];
  if (isLibrary(alias)) return keepsMembers(alias) ? argumentOf(checker, node.typeArguments?.[0], index) : undefined;
  const argument = argumentOf(checker, alias.type, index);
  return argument && replaceParameter(checker, argument, { alias, node });
}

/** What it is made of stays what it is, but for `undefined`. */
function keepsMembers({ name }: ts.TypeAliasDeclaration): boolean {
  return ["Readonly", "Partial", "Required"].includes(name.text);
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

/** A parameter where it declares a property of its class. */
export type WrittenMember = ts.PropertySignature | ts.PropertyDeclaration | ts.ParameterDeclaration;

/** Of `User["id"]`, where the member is declared, as long as its type is written there. */
export function memberBehind(checker: ts.TypeChecker, node: ts.TypeNode): WrittenMember | undefined {
  if (!compiler.isIndexedAccessTypeNode(node) || !compiler.isLiteralTypeNode(node.indexType)) return undefined;
  const { literal } = node.indexType;
  if (!compiler.isStringLiteral(literal)) return undefined;
  const member = checker.getTypeFromTypeNode(node.objectType).getProperty(literal.text);
  const declaration = member?.valueDeclaration ?? member?.declarations?.[0];
  const isMember =
    declaration &&
    (compiler.isPropertySignature(declaration) ||
      compiler.isPropertyDeclaration(declaration) ||
      compiler.isParameter(declaration));
  return isMember && declaration.type && isSameType(checker, declaration.type, node) ? declaration : undefined;
}

/**
 * What `User["id"]`, `Ids[number]`, `Pair[1]`, `NonNullable<Id>` and `ReturnType<typeof f>` are written as elsewhere, as long
 * as that is the same type; anything else as it is.
 */
export function writtenAt(checker: ts.TypeChecker, written: Written): Written {
  const node = bareNode(written);
  if (!node) return undefined;
  const behind = memberBehind(checker, node)?.type ?? elementBehind(checker, node) ?? writtenBehind(checker, node);
  return behind && isSameType(checker, behind, node) ? writtenAt(checker, behind) : written;
}

function elementBehind(checker: ts.TypeChecker, node: ts.TypeNode): Written {
  if (!compiler.isIndexedAccessTypeNode(node)) return undefined;
  const { objectType, indexType } = node;
  if (indexType.kind === compiler.SyntaxKind.NumberKeyword) return argumentOf(checker, objectType, 0);
  if (!compiler.isLiteralTypeNode(indexType)) return undefined;
  const { literal } = indexType;
  if (compiler.isStringLiteral(literal)) return valueOf(checker, objectType);
  return compiler.isNumericLiteral(literal) ? tupleElementOf(checker, objectType, Number(literal.text)) : undefined;
}

/** But for `undefined` and `null`, which are told from the type itself. */
function isSameType(checker: ts.TypeChecker, one: ts.TypeNode, other: ts.TypeNode): boolean {
  const present = (node: ts.TypeNode): ts.Type => checker.getNonNullableType(checker.getTypeFromTypeNode(node));
  return present(one) === present(other);
}

export function tupleElementOf(checker: ts.TypeChecker, annotation: Written, index: number): Written {
  const node = unwrap(checker, annotation);
  const alias = node && aliasOf(checker, node);
  if (alias && isLibrary(alias) && keepsMembers(alias) && compiler.isTypeReferenceNode(node))
    return tupleElementOf(checker, node.typeArguments?.[0], index);
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

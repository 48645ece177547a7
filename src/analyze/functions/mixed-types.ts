/**
 * Types of a generic signature that are made of a type parameter and more, such as `T & { id: string }`. Where anything can
 * be the argument of `T`, what a value of them has is not known, though the checker gives them a type.
 */
import type { ts } from "ts-morph";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { symbolOf } from "../checker/symbols.js";

/** Types that lie deeper say little of the function. */
const mostLevels = 8;

export function isMixed({ checker }: Analysis, signature: ts.Signature): boolean {
  const visited = new Set<ts.Type>();
  const visit = (type: ts.Type, level: number): boolean => {
    if (visited.has(type) || level > mostLevels) return false;
    visited.add(type);
    const { flags } = type;
    const { TypeFlags } = compiler;
    if (flags & TypeFlags.TypeParameter) return false;
    if (type.isIntersection() && type.types.some(isVariable))
      return type.types.some((each) => !isVariable(each) && !isEmpty(each));
    if (flags & TypeFlags.Instantiable) return !isAnything(checker.getBaseConstraintOfType(type));
    if (type.isUnionOrIntersection()) return type.types.some((each) => visit(each, level));
    if (!(flags & TypeFlags.Object)) return false;
    return mapsVariable(checker, type) || partsOf(checker, type).some((each) => visit(each, level + 1));
  };
  const given = signature.parameters.map((parameter) => checker.getTypeOfSymbol(parameter));
  return [...given, checker.getReturnTypeOfSignature(signature)].some((type) => visit(type, 0));
}

function isVariable({ flags }: ts.Type): boolean {
  return (flags & compiler.TypeFlags.Instantiable) !== 0;
}

/** `{}`, of which `NonNullable<T>` is made: `T & {}`. */
export function isEmpty(type: ts.Type): boolean {
  const parts = [type.getProperties(), type.getCallSignatures(), type.getStringIndexType(), type.getNumberIndexType()];
  return parts.flat().every((part) => part === undefined);
}

function isAnything(type: ts.Type | undefined): boolean {
  return type === undefined || (type.flags & compiler.TypeFlags.Unknown) !== 0;
}

/** `Partial<T>`, `{ [K in keyof T]: … }`. */
function mapsVariable(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (!((type as ts.ObjectType).objectFlags & compiler.ObjectFlags.Mapped)) return false;
  const [declaration] = symbolOf(type)?.declarations ?? [];
  const constraint = declaration && compiler.isMappedTypeNode(declaration) && declaration.typeParameter.constraint;
  if (!constraint || !compiler.isTypeOperatorNode(constraint)) return false;
  return (type.aliasTypeArguments ?? [checker.getTypeFromTypeNode(constraint.type)]).some(isVariable);
}

/** What it holds; a list by its elements alone. */
function partsOf(checker: ts.TypeChecker, type: ts.Type): readonly ts.Type[] {
  const isReference = ((type as ts.ObjectType).objectFlags & compiler.ObjectFlags.Reference) !== 0;
  const held = isReference ? checker.getTypeArguments(type as ts.TypeReference) : [];
  if (isReference && checker.isArrayLikeType(type)) return held;
  const members = checker.getPropertiesOfType(type).map((property) => checker.getTypeOfSymbol(property));
  return [...held, ...members, ...checker.getIndexInfosOfType(type).map((info) => info.type)];
}

/**
 * A signature → its parameters by position. A rest parameter whose type is a tuple with labels, as `logged(f)` and
 * `...args: Parameters<typeof f>` have it, stands for the parameters that the labels name.
 */
import type { ts } from "ts-morph";
import { codecOf } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";

export function isThis({ name }: ts.ParameterDeclaration): boolean {
  return compiler.isIdentifier(name) && name.text === "this";
}

/** What a call gives arguments for. */
export function writtenParameters(declared: ts.SignatureDeclaration | undefined): readonly ts.ParameterDeclaration[] {
  return (declared?.parameters ?? []).filter((parameter) => !isThis(parameter));
}

export interface SignaturePosition {
  /** Of a parameter that is declared nowhere, its name. */
  readonly label: string;
  /** No name stands in the type: the comment may have one. */
  readonly isUnnamed?: true;
  readonly index: number;
  readonly type: ts.Type;
  /** In the type of the function: carries the type. */
  readonly declared: ts.ParameterDeclaration | undefined;
  /** In the function itself: carries pattern and default. */
  readonly written: ts.ParameterDeclaration | undefined;
  readonly rest: boolean;
  readonly optional: boolean;
  /** An element of a rest parameter's tuple: the function sees whether it is there. */
  readonly leavable?: true;
}

export interface PositionedSignature {
  readonly signature: ts.Signature;
  /** As they stand in the function itself, without `this`. */
  readonly written: readonly ts.ParameterDeclaration[];
}

export function positionsOf(analysis: Analysis, { signature, written }: PositionedSignature): SignaturePosition[] {
  const { checker } = analysis;
  return signature.parameters.flatMap((symbol, index) => {
    const { valueDeclaration: value } = symbol;
    const declared = value && compiler.isParameter(value) ? value : undefined;
    const type = checker.getTypeOfSymbol(symbol);
    const rest = isRest(signature, declared, index);
    const labelled = rest ? labelledElements(analysis, type, index) : undefined;
    if (labelled) return labelled;
    const optional = declared !== undefined && checker.isOptionalParameter(declared);
    return [{ label: symbol.name, index, type, declared, written: written[index] ?? declared, rest, optional }];
  });
}

/** A type such as `(...args: Parameters<typeof f>) => void` has parameters that are declared nowhere. */
function isRest(signature: ts.Signature, declared: ts.ParameterDeclaration | undefined, index: number): boolean {
  if (declared) return declared.dotDotDotToken !== undefined;
  const { flags } = signature as ts.Signature & { readonly flags: number };
  const hasRestParameter = 1;
  return index === signature.parameters.length - 1 && (flags & hasRestParameter) !== 0;
}

/** Makes the type of `...rest: Element[]`; not part of TypeScript's public types. */
interface ArrayMaker {
  readonly createArrayType: (element: ts.Type) => ts.Type;
}

/**
 * Undefined where an element has no name, or where more may follow the rest. An object needs none where it is the only
 * one: `logged(({ id }: Order) => …)` has lost the pattern.
 */
function labelledElements(analysis: Analysis, type: ts.Type, start: number): readonly SignaturePosition[] | undefined {
  const { checker } = analysis;
  if (!checker.isTupleType(type)) return undefined;
  const { elementFlags, labeledElementDeclarations: labels = [] } = (type as ts.TupleTypeReference).target;
  const { Optional, Rest, Variadic } = compiler.ElementFlags;
  const elements = checker.getTypeArguments(type as ts.TypeReference);
  const names = namesOf(analysis, elements, labels);
  const positions = elements.flatMap((element, at): readonly SignaturePosition[] => {
    const [declaration, label, flags = 0] = [labels[at], names[at], elementFlags[at]];
    const isLast = at === elements.length - 1;
    if (label === undefined || flags & Variadic || (flags & Rest && !isLast)) return [];
    const rest = (flags & Rest) !== 0;
    const written = declaration && compiler.isParameter(declaration) ? declaration : undefined;
    return [
      {
        label,
        ...(declaration === undefined && { isUnnamed: true as const }),
        index: start + at,
        type: rest ? (checker as ts.TypeChecker & ArrayMaker).createArrayType(element) : element,
        declared: written,
        written,
        rest,
        optional: (flags & Optional) !== 0,
        ...(flags & Optional && { leavable: true as const }),
      },
    ];
  });
  return positions.length === elements.length ? positions : undefined;
}

type Label = ts.NamedTupleMember | ts.ParameterDeclaration | undefined;

/** A name for each element that has one, or needs none. */
function namesOf(
  analysis: Analysis,
  elements: readonly ts.Type[],
  labels: readonly Label[],
): readonly (string | undefined)[] {
  const names = elements.map((_, at) => {
    const name = labels[at]?.name;
    return name && compiler.isIdentifier(name) ? name.text : undefined;
  });
  const at = names.indexOf(undefined);
  const [element, isOnly] = [elements[at], at === names.lastIndexOf(undefined)];
  if (element === undefined || !isOnly || !isPlainObject(analysis, analysis.checker.getNonNullableType(element)))
    return names;
  return names.with(at, names.includes("options") ? `options${at + 1}` : "options");
}

/** An array, a function or a `Date` is none. */
function isPlainObject(analysis: Analysis, type: ts.Type): boolean {
  if (type.isUnionOrIntersection()) return type.types.every((part) => isPlainObject(analysis, part));
  if (!(type.flags & compiler.TypeFlags.Object) || codecOf(analysis, type)) return false;
  return !analysis.checker.isArrayLikeType(type) && type.getCallSignatures().length === 0;
}

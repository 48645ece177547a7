/**
 * A signature → its parameters by position. A rest parameter whose type is a tuple with labels, as `logged(f)` and
 * `...args: Parameters<typeof f>` have it, stands for the parameters that the labels name.
 */
import type { ts } from "ts-morph";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";

export interface SignaturePosition {
  /** Of a parameter that is declared nowhere, its name. */
  readonly label: string;
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

export function positionsOf({ checker }: Analysis, { signature, written }: PositionedSignature): SignaturePosition[] {
  return signature.parameters.flatMap((symbol, index) => {
    const { valueDeclaration: value } = symbol;
    const declared = value && compiler.isParameter(value) ? value : undefined;
    const type = checker.getTypeOfSymbol(symbol);
    const rest = isRest(signature, declared, index);
    const labelled = rest ? labelledElements(checker, type, index) : undefined;
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

/** Undefined where an element has no name, or where more may follow the rest. */
function labelledElements(
  checker: ts.TypeChecker,
  type: ts.Type,
  start: number,
): readonly SignaturePosition[] | undefined {
  if (!checker.isTupleType(type)) return undefined;
  const { elementFlags, labeledElementDeclarations: labels = [] } = (type as ts.TupleTypeReference).target;
  const { Optional, Rest, Variadic } = compiler.ElementFlags;
  const elements = checker.getTypeArguments(type as ts.TypeReference);
  const positions = elements.flatMap((element, at): readonly SignaturePosition[] => {
    const [declaration, flags = 0] = [labels[at], elementFlags[at]];
    const isLast = at === elements.length - 1;
    if (!declaration || !compiler.isIdentifier(declaration.name) || flags & Variadic || (flags & Rest && !isLast))
      return [];
    const rest = (flags & Rest) !== 0;
    const written = compiler.isParameter(declaration) ? declaration : undefined;
    return [
      {
        label: declaration.name.text,
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

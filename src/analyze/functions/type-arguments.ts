/** A signature → the same with types in place of its type parameters, unless only a call can say what these are. */
import type { ts } from "ts-morph";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { settleSignature } from "../checker/settle-signature.js";
import { isEmpty, isMixed } from "./mixed-types.js";

export type Settled =
  | { readonly kind: "settled"; readonly signature: ts.Signature }
  /** Nothing can stand for it, or what a value of a type made of it has is not known. */
  | { readonly kind: "open"; readonly parameter: ts.TypeParameter };

export function settleTypeParameters(analysis: Analysis, generic: ts.Signature): Settled {
  const { typeParameters = [] } = generic;
  if (typeParameters.length === 0) return { kind: "settled", signature: generic };
  const { signature, given } = settleSignature(analysis.checker, generic);
  const { Never } = compiler.TypeFlags;
  const impossible = typeParameters.find((_, index) => (given[index]?.flags ?? 0) & Never);
  const wide = typeParameters.find((_, index) => given[index] && isWide(given[index]));
  const open = impossible ?? (wide && isMixed(analysis, generic) ? wide : undefined);
  return open ? { kind: "open", parameter: open } : { kind: "settled", signature };
}

/** What a value of it has is not said: `unknown`, `object`, `{}`, or one of several. */
function isWide(type: ts.Type): boolean {
  const { NonPrimitive, Object: object, Unknown } = compiler.TypeFlags;
  if (type.isUnion()) return type.types.some(isWide);
  return (type.flags & (Unknown | NonPrimitive)) !== 0 || ((type.flags & object) !== 0 && isEmpty(type));
}

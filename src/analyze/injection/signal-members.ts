/** `{ limit?: number; signal?: AbortSignal }`: members of an object of arguments that are the call's own, as `fetch` takes it. */
import type { ts } from "ts-morph";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { isSignal } from "../checker/signals.js";

export interface SignalMembers {
  readonly names: readonly string[];
  /** Nothing else has to be in the object. */
  readonly isEnough: boolean;
}

/** The members whose type is `AbortSignal`; none of a type that may be something else than an object. */
export function signalMembers(analysis: Analysis, type: ts.Type): SignalMembers {
  const { checker } = analysis;
  const present = checker.getNonNullableType(type);
  const { Object: object, Intersection } = compiler.TypeFlags;
  if (!(present.flags & (object | Intersection)) || checker.isArrayLikeType(present)) return noSignals;
  const members = checker.getPropertiesOfType(present);
  const signals = members.filter((member) => isSignal(analysis, member));
  const isOptional = ({ flags }: ts.Symbol): boolean => (flags & compiler.SymbolFlags.Optional) !== 0;
  return {
    names: signals.map(({ name }) => name),
    isEnough: signals.length > 0 && members.every((member) => isOptional(member) || signals.includes(member)),
  };
}

export const noSignals: SignalMembers = { names: [], isEnough: false };

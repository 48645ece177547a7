/** `{ limit?: number; signal?: AbortSignal }`: members of an object of arguments that are the call's own, as `fetch` takes it. */
import type { ts } from "ts-morph";
import { contractOf } from "../../language/injected/injected.js";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { typeKey } from "../checker/keys.js";

/** The names of optional members whose type is `AbortSignal`; none of a type that may be something else than an object. */
export function signalMembers(analysis: Analysis, type: ts.Type): readonly string[] {
  const { checker } = analysis;
  const present = checker.getNonNullableType(type);
  const { Object: object, Intersection } = compiler.TypeFlags;
  if (!(present.flags & (object | Intersection)) || checker.isArrayLikeType(present)) return [];
  return checker
    .getPropertiesOfType(present)
    .filter(
      (member) =>
        Boolean(member.flags & compiler.SymbolFlags.Optional) &&
        contractOf(typeKey(analysis, checker.getTypeOfSymbol(member))) === "AbortSignal",
    )
    .map(({ name }) => name);
}

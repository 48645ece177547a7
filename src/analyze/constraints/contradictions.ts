/** Constraints that no value can satisfy together. */
import { constraintKind, heldConstraints } from "../../language/constraints.js";
import type { TypeNode } from "../../model/types.js";

/** A sentence that names the two, or nothing. */
export function findContradiction(type: TypeNode): string | undefined {
  if (type.kind === "union") return type.members.map(findContradiction).find((found) => found !== undefined);
  const on = constraintKind(type);
  if (on === undefined) return undefined;
  const all = ("constraints" in type && type.constraints) || {};
  const own = heldConstraints(on, all)
    .map(({ row, value }) => row.contradicts(value, all))
    .find((found) => found !== undefined);
  return own ?? ("element" in type ? findContradiction(type.element) : undefined);
}

/** What of a result is checked and encoded. */
import type { ResultPlan } from "../../model/plan.js";
import type { TypeNode } from "../../model/types.js";

/** Absent where there is nothing to check. */
export function resultType(result: ResultPlan): TypeNode | undefined {
  if (result.kind === "empty" || result.kind === "content" || result.kind === "media") return undefined;
  return result.type.kind === "unknown" ? undefined : result.type;
}

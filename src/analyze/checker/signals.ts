/** Members whose type is `AbortSignal`: where they are a parameter's, the server has something to put there. */
import type { ts } from "ts-morph";
import { contractOf } from "../../language/injected/injected.js";
import type { Analysis } from "./analysis.js";
import { typeKey } from "./keys.js";
import { symbolOf } from "./symbols.js";

export function isSignal(analysis: Analysis, member: ts.Symbol): boolean {
  const type = analysis.checker.getTypeOfSymbol(member);
  // By its name first: every member of every type is asked.
  const isNamed = (type.isUnion() ? type.types : [type]).some((each) => symbolOf(each)?.name === "AbortSignal");
  return isNamed && contractOf(typeKey(analysis, type)) === "AbortSignal";
}

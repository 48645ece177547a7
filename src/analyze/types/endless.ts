/** Types that grow at each step, such as `interface Deep<T> { next: Deep<T[]> }`: no schema is long enough for them. */
import type { ts } from "ts-morph";
import type { Scope, Shape } from "../checker/analysis.js";
import { declaredName } from "./definition-names.js";
import { symbolOf } from "../checker/symbols.js";

/** Deeper than any data, yet far from the end of the stack. */
const suspiciousDepth = 80;
const mostOfOneKind = 30;

/** A type this deep is served no more: compilers, clients and models give up on it too. */
export const mostLevels = 100;

/** True when many instances of one generic type lie inside each other, no two of them the same. */
export function isEndless({ analysis, shape }: Scope, type: ts.Type): boolean {
  const symbol = type.aliasSymbol ?? symbolOf(type);
  // Arrays in arrays are counted by what they hold: one endless type must not condemn every array.
  if (symbol === undefined || declaredName(type) === undefined) return false;
  if (analysis.endless.has(symbol)) return true;
  if (shape.depth < suspiciousDepth) return false;
  let count = 0;
  for (let owner: Shape | undefined = shape; owner; owner = owner.owner) {
    if ((owner.type.aliasSymbol ?? symbolOf(owner.type)) === symbol) count++;
  }
  if (count < mostOfOneKind) return false;
  analysis.endless.add(symbol);
  return true;
}

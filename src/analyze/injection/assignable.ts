/** Types that nothing provides → what providers make that could be bound to them. Never a binding by itself: only a hint. */
import type { ts } from "ts-morph";
import type { ProviderModel, TypeKey } from "../../model/api.js";
import { keyId } from "../../model/keys.js";
import type { Analysis } from "../checker/analysis.js";

export interface Needed {
  readonly key: TypeKey;
  readonly type: ts.Type;
}

export interface Made {
  readonly provider: ProviderModel;
  readonly type: ts.Type;
}

export function findAssignable(
  { checker }: Analysis,
  needed: readonly Needed[],
  made: readonly Made[],
): Record<string, TypeKey[]> {
  const provided = new Set(made.map(({ provider }) => keyId(provider.produces)));
  const found: Record<string, TypeKey[]> = {};
  for (const { key, type } of needed) {
    const id = keyId(key);
    if (provided.has(id) || id in found || key.module === "typescript") continue;
    const fitting = made.filter((each) => checker.isTypeAssignableTo(each.type, checker.getNonNullableType(type)));
    if (fitting.length > 0) found[id] = fitting.map(({ provider }) => provider.produces);
  }
  return found;
}

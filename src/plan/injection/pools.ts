/** A provider with `@pool` → a pool of what it makes, and what each call is lent of it. */
import type { DocTag, ProviderModel } from "../../model/api.js";
import type { DependencyPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { namePool } from "./entry-names.js";
import { readKeys } from "../policies/policy-settings.js";
import { poolGrammar } from "../../language/policies/pool.js";

export function poolOf({ tags }: ProviderModel): DocTag | undefined {
  return tags.find(({ name }) => name === "pool");
}

export interface PooledEntries {
  readonly pool: DependencyPlan;
  readonly lease: DependencyPlan;
}

/** `made` is what there would be without the tag. The pool's name is added to `names`. */
export function planPool(made: DependencyPlan, tag: DocTag, names: Set<string>): Result<PooledEntries> {
  // What is wrapped around it is each call's own.
  const { guard, ...unguarded } = made;
  const { value: settings, diagnostics } = readKeys(tag, poolGrammar);
  const options = Object.fromEntries([...settings].map(([key, { value }]) => [key, value]));
  const name = namePool(made.name, names);
  const { reference } = made.source;
  const pool: DependencyPlan = {
    ...unguarded,
    name,
    source: { ...made.source, pool: { lends: made.name, options } },
  };
  const lease: DependencyPlan = {
    ...unguarded,
    ...(guard && { guard }),
    scope: "request",
    group: 0,
    source: { kind: "lease", reference, form: "promise", arguments: [{ kind: "dependency", name }] },
  };
  return succeed({ pool, lease }, diagnostics);
}

/** The tags of a provider → the policies around the methods of what it makes. */
import { diagnostic, isError, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { isPolicyTag, policyRows } from "../../language/policies/policies.js";
import type { ProviderModel } from "../../model/api.js";
import type { GuardPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { readPolicyTags, toPolicies } from "../policies/policies.js";
import { checkLimits } from "../policies/policy-limits.js";

export function planGuard({ name, tags, asyncMethods }: ProviderModel): Result<GuardPlan | undefined> {
  // Those that cannot stand on a provider have been refused.
  const guards = tags.filter(({ name: tag }) => isPolicyTag(tag) && policyRows[tag].onProviders);
  const { value: read, diagnostics } = readPolicyTags(guards);
  const [first] = read;
  if (!first) return succeed(undefined, diagnostics);
  const idle: readonly Diagnostic[] =
    asyncMethods.length > 0
      ? []
      : [diagnostic("MG423", `what \`${name}\` makes has no asynchronous method`, { span: first.tag.span })];
  const found = [...diagnostics, ...idle, ...checkLimits(read)];
  return succeed(found.some(isError) ? undefined : { methods: asyncMethods, policies: toPolicies(read) }, found);
}

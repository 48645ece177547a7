/** What a function's policies assume of it + what is known of it → the policies that would do harm. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { policyRows } from "../../language/policies/policies.js";
import type { Facts } from "../../language/policies/policy.js";
import type { FunctionModel } from "../../model/api.js";
import type { PolicySettings } from "./policy-settings.js";

export function checkPolicies(
  { name: callee }: FunctionModel,
  read: readonly PolicySettings[],
  facts: Facts,
): readonly Diagnostic[] {
  return read.flatMap(({ name, tag, settings }) =>
    policyRows[name].demands
      .filter((demand) => !demand.isMet(facts, (key) => settings.get(key)?.written))
      .map(({ code, key, otherwise }) => {
        const span = (key === undefined ? undefined : settings.get(key)?.span) ?? tag.span;
        return diagnostic(code, `\`${callee}\` ${otherwise}`, { span });
      }),
  );
}

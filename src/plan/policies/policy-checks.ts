/** What a function's policies assume of it + what is known of it → the policies that would do harm. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel } from "../../model/api.js";
import type { ResultPlan } from "../../model/plan.js";
import type { PolicySettings } from "./policy-settings.js";
import type { PolicyTagName } from "../../model/policy-tags.js";

/** As the tags say, or as the body shows. */
export interface Facts {
  /** Calling it changes nothing. */
  readonly readonly: boolean;
  /** Calling it twice is calling it once. */
  readonly idempotent: boolean;
  /** Its result may depend on who calls: it, or something that it needs, is told. */
  readonly readsCaller: boolean;
  readonly result: ResultPlan["kind"];
}

export function checkPolicies(
  { name }: FunctionModel,
  read: readonly PolicySettings[],
  facts: Facts,
): readonly Diagnostic[] {
  const find = (tag: PolicyTagName): PolicySettings | undefined => read.find((each) => each.name === tag);
  const [cache, retry] = [find("cache"), find("retry")];
  return [...(cache ? checkCache(name, cache, facts) : []), ...(retry ? checkRetry(name, retry, facts) : [])];
}

function checkCache(name: string, { tag, settings }: PolicySettings, facts: Facts): readonly Diagnostic[] {
  const scope = settings.get("scope");
  const complain = (code: "MG411" | "MG412" | "MG413", message: string, span = tag.span): Diagnostic =>
    diagnostic(code, `\`${name}\` is cached${message}`, { span });
  return [
    ...(facts.readonly ? [] : [complain("MG411", ", but nothing says that it is read-only")]),
    ...(facts.result === "empty" ? [complain("MG412", ", but returns nothing")] : []),
    ...(scope?.value === "public" && facts.readsCaller
      ? [complain("MG413", " for all callers, but can see who calls", scope.span)]
      : []),
  ];
}

function checkRetry(name: string, { tag }: PolicySettings, { readonly, idempotent }: Facts): readonly Diagnostic[] {
  if (readonly || idempotent) return [];
  const message = `\`${name}\` is retried, but nothing says that it is idempotent`;
  return [diagnostic("MG420", message, { span: tag.span })];
}

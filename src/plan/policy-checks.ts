/** What a function's policies assume of it + what is known of it → the policies that would do harm. */
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { FunctionModel } from "../model/api.js";
import type { PolicySettings } from "./policy-settings.js";
import type { PolicyTagName } from "../model/policy-tags.js";

/** As the tags say, or as the body shows. */
export interface Facts {
  /** Calling it changes nothing. */
  readonly readonly: boolean;
  /** Calling it twice is calling it once. */
  readonly idempotent: boolean;
}

export function checkPolicies(
  { name }: FunctionModel,
  read: readonly PolicySettings[],
  { readonly, idempotent }: Facts,
): readonly Diagnostic[] {
  const find = (tag: PolicyTagName): PolicySettings | undefined => read.find((each) => each.name === tag);
  const retry = find("retry");
  if (!retry || readonly || idempotent) return [];
  const message = `\`${name}\` is retried, but nothing says that twice is the same as once`;
  return [diagnostic("MG420", message, { span: retry.tag.span })];
}

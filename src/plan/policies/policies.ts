/** The policies that a function's tags ask for → what is wrapped around its tool, in the one order. */
import { isError, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { isPolicyTag, policyLayers, policyRows } from "../../language/policies/policies.js";
import type { Facts } from "../../language/policies/policy.js";
import type { DocTag, FunctionModel } from "../../model/api.js";
import type { PolicyPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { checkPolicies } from "./policy-checks.js";
import { checkLimits } from "./policy-limits.js";
import { readSettings, type PolicySettings, type Setting } from "./policy-settings.js";
import type { PolicySize } from "../../model/policy-sizes.js";
import { resize } from "./policy-sizes.js";
import { checkTemplates, type Arguments } from "./policy-templates.js";
import { limitOf } from "./policy-values.js";
import { isServed } from "../surface/check-tags.js";

/** What a function's policies depend on, beside its tags. */
export interface PolicyGround {
  readonly facts: Facts;
  readonly arguments: Arguments;
  /** Of this tool. */
  readonly sizes: readonly PolicySize[];
}

export function planPolicies(source: FunctionModel, ground: PolicyGround): Result<readonly PolicyPlan[]> {
  const written = readPolicyTags(source.docs.tags);
  const { value: read, diagnostics } = resize(written.value, ground.sizes);
  const found = [
    ...read.flatMap((settings) => checkTemplates(settings, ground.arguments)),
    ...checkLimits(read),
    ...checkPolicies(source, read, ground.facts),
  ];
  return succeed(toPolicies(share(read, ground.facts)), [...written.diagnostics, ...diagnostics, ...found]);
}

/** What nobody's identity went into is kept for everybody, unless the tag says otherwise. */
function share(read: readonly PolicySettings[], { readsCaller }: Facts): readonly PolicySettings[] {
  if (readsCaller) return read;
  return read.map((policy) => {
    if (policy.name !== "cache" || policy.settings.has("scope")) return policy;
    const scope: Setting = { value: "public", written: "public", span: policy.tag.span };
    return { ...policy, settings: new Map([...policy.settings, ["scope", scope]]) };
  });
}

/** The tags that are read; a second one of a name has been refused. */
export function readPolicyTags(tags: readonly DocTag[]): Result<readonly PolicySettings[]> {
  const diagnostics: Diagnostic[] = [];
  const read = tags.flatMap((tag, index) => {
    const { name } = tag;
    const isFirst = tags.findIndex((other) => other.name === name) === index;
    if (!isPolicyTag(name) || !isServed(name) || !isFirst || /[\r\n]/.test(tag.text)) return [];
    const settings = readSettings(name, tag);
    diagnostics.push(...settings.diagnostics);
    return settings.diagnostics.some(isError) ? [] : [settings.value];
  });
  return succeed(read, diagnostics);
}

export function toPolicies(read: readonly PolicySettings[]): readonly PolicyPlan[] {
  return policyLayers.flatMap(({ kind, module, title, tag, key }) => {
    const policy = read.find(({ name }) => name === tag);
    if (!policy || (key !== undefined && !policy.settings.has(key))) return [];
    const keys = key === undefined ? Object.keys(policyRows[policy.name].grammar.keys) : [key];
    const options = keys.flatMap((each) => toOptions(each, policy.settings.get(each)));
    return [{ kind, module, title, tag, options: Object.fromEntries(options) }];
  });
}

function toOptions(
  key: string,
  setting: Setting | undefined,
): readonly (readonly [string, PolicyPlan["options"][string]])[] {
  if (setting === undefined) return [];
  const rate = key === "limit" ? limitOf(setting.value) : undefined;
  return rate
    ? [
        ["limit", rate.limit],
        ["per", rate.per],
      ]
    : [[key, setting.value]];
}

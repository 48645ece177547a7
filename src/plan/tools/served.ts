/** What the functions of all roles have in common: what they take, what is around their calls, what clients are told. */
import type { Config } from "../../config/config.js";
import type { FunctionModel } from "../../model/api.js";
import { givenTo, type StepPlan } from "../../model/filled.js";
import type { ResultPlan, ServedPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { ObjectNode, Property } from "../../model/types.js";
import { planPolicies } from "../policies/policies.js";
import type { Facts } from "../../language/policies/policy.js";
import { checkTags, findTag } from "../surface/check-tags.js";
import { planIcons } from "../surface/icons.js";
import { planScopes } from "../surface/requires.js";
import { readsCaller } from "./callers.js";
import { planDescription } from "./descriptions.js";
import { checkEffects } from "./tool-effects.js";
import { refuseStream } from "./streams.js";
import { planErrors } from "./tool-errors.js";
import { checkName } from "./tool-names.js";
import { planParameters, type ParametersPlan, type Planning } from "./tool-parameters.js";

export interface ServedGround {
  readonly planning: Planning;
  readonly config: Config;
  readonly name: string;
  readonly result: Result<ResultPlan>;
  /** By the tools that it takes or calls. */
  readonly factsOf: (steps: readonly StepPlan[]) => Pick<Facts, "readonly" | "idempotent">;
}

/** The value is only to be used when no diagnostic is an error. */
export function planServed(source: FunctionModel, ground: ServedGround): Result<ServedPlan> {
  const { planning, config, name, result, factsOf } = ground;
  const description = planDescription(source, config.clients);
  const parameters = planParameters(source, planning);
  const instance = source.instance && planning.graph.instance(source.instance);
  const given = givenTo({ ...(instance && { instance }), ...parameters.value });
  const steps = parameters.value.steps.map(({ step }) => step);
  const policies = planPolicies(source, {
    facts: {
      ...factsOf(steps),
      readsCaller: steps.some((step) => step.readsCaller) || readsCaller(given, planning.graph),
      result: result.value.kind,
    },
    arguments: { input: nameable(parameters.value), definitions: planning.definitions },
    sizes: config.policySizes.filter(({ tool }) => tool === name),
  });
  const title = findTag(source.docs, "title")?.text.trim();
  const shown = planErrors(source, config);
  const scopes = planScopes(source, config);
  const icons = planIcons(source);
  const served: ServedPlan = {
    name,
    ...(title && { title }),
    description: description.value,
    ...(icons.value.length > 0 && { icons: icons.value }),
    input: parameters.value.input,
    result: result.value,
    ...(shown && { errors: shown }),
    // Whoever may not call a tool may not have it called.
    scopes: [...new Set([...scopes.value, ...parameters.value.steps.flatMap((each) => each.scopes)])],
    policies: policies.value,
    call: {
      callee: source.reference,
      ...(instance && { instance }),
      arguments: parameters.value.arguments,
      ...(parameters.value.always !== undefined && { always: parameters.value.always }),
    },
    ...(parameters.value.filled.length > 0 && { filled: parameters.value.filled }),
    ...(steps.length > 0 && { steps }),
    span: source.span,
  };
  return succeed(served, [
    ...checkName(name, source, config.clients),
    ...checkTags(source.docs, source.role),
    ...refuseStream(source),
    ...description.diagnostics,
    ...checkEffects(source),
    ...parameters.diagnostics,
    ...result.diagnostics,
    ...scopes.diagnostics,
    ...icons.diagnostics,
    ...policies.diagnostics,
  ]);
}

/** What a template may name: what clients send, and what the server fills. */
function nameable({ input, filled }: ParametersPlan): ObjectNode {
  const properties = filled.map(({ name, type }): Property => ({ name, type, optional: true }));
  return { ...input, properties: [...input.properties, ...properties] };
}

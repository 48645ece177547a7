/** One function → one tool, and everything that is wrong with it as a tool. */
import type { Config } from "../../config/config.js";
import type { FunctionModel } from "../../model/api.js";
import type { Annotations, ToolPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { planAnnotations } from "./tool-annotations.js";
import { checkBatch, findBatch, nameBatch, toBatch } from "./batch.js";
import { readsCaller } from "./callers.js";
import { planDescription } from "./descriptions.js";
import { checkEffects } from "./tool-effects.js";
import { planErrors } from "./tool-errors.js";
import { planExample } from "./examples.js";
import { checkToolName, nameTool } from "./tool-names.js";
import { planParameters, type Planning } from "./tool-parameters.js";
import { planPolicies } from "../policies/policies.js";
import type { Facts } from "../policies/policy-checks.js";
import { planResult } from "./tool-results.js";
import { checkTags, findTag } from "../surface/check-tags.js";
import { planScopes } from "../surface/requires.js";
import { planWorker } from "./workers.js";

/** The value is only to be used when no diagnostic is an error. */
export function planTool(source: FunctionModel, planning: Planning, config: Config): Result<ToolPlan> {
  const batch = findBatch(source);
  const name = batch ? nameBatch(source, batch, config.naming) : nameTool(source, config.naming);
  const sizes = config.policySizes.filter(({ tool }) => tool === name);
  const description = planDescription(source, config.clients);
  const annotations = planAnnotations(source);
  const parameters = planParameters(source, planning);
  const result = planResult(source, { definitions: planning.definitions, structured: config.structured });
  const policies = planPolicies(source, {
    facts: {
      ...knownFacts(annotations.value),
      readsCaller: readsCaller(parameters.value.arguments, planning.graph),
      result: result.value.kind,
    },
    arguments: { input: parameters.value.input, definitions: planning.definitions },
    sizes,
  });
  const worker = planWorker(source, {
    arguments: parameters.value.arguments,
    definitions: planning.definitions,
  });
  const title = findTag(source.docs, "title")?.text.trim();
  const example = planExample(source, parameters.value);
  const shown = planErrors(source, config);
  const scopes = planScopes(source, config);
  const tool: ToolPlan = {
    name,
    ...(title && { title }),
    description: description.value,
    annotations: annotations.value,
    input: parameters.value.input,
    result: result.value,
    ...(shown && { errors: shown }),
    scopes: scopes.value,
    policies: policies.value,
    call: {
      callee: source.reference,
      ...(worker.value && { worker: true }),
      arguments: parameters.value.arguments,
    },
    ...(example && { example }),
    span: source.span,
  };
  return succeed(batch ? toBatch(source, tool, { batch, sizes, structured: config.structured }) : tool, [
    ...checkToolName(name, source, config.clients),
    ...checkTags(source.docs),
    ...description.diagnostics,
    ...annotations.diagnostics,
    ...checkEffects(source),
    ...parameters.diagnostics,
    ...result.diagnostics,
    ...scopes.diagnostics,
    ...policies.diagnostics,
    ...worker.diagnostics,
    ...(batch ? checkBatch(source, batch, tool) : []),
  ]);
}

function knownFacts({ readOnlyHint, idempotentHint }: Annotations): Pick<Facts, "readonly" | "idempotent"> {
  return { readonly: readOnlyHint ?? false, idempotent: idempotentHint ?? false };
}

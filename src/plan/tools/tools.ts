/** One function → one tool, and everything that is wrong with it as a tool. */
import type { Config } from "../../config/config.js";
import type { FunctionModel } from "../../model/api.js";
import type { StepPlan } from "../../model/filled.js";
import type { Annotations, ToolPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { Facts } from "../../language/policies/policy.js";
import { planHeaders } from "../surface/headers.js";
import { checkSteps } from "../chains/changes.js";
import { checkBatch, findBatch, nameBatch, toBatch } from "./batch.js";
import { planExamples } from "./examples.js";
import { planServed } from "./served.js";
import { planAnnotations } from "./tool-annotations.js";
import { nameTool } from "./tool-names.js";
import type { Planning } from "./tool-parameters.js";
import { planResult } from "./tool-results.js";
import { checkStream, findStream, toStream } from "./streams.js";
import { planWorker } from "./workers.js";

/** The value is only to be used when no diagnostic is an error. */
export function planTool(source: FunctionModel, planning: Planning, config: Config): Result<ToolPlan> {
  const { definitions } = planning;
  const batch = findBatch(source);
  const name = batch ? nameBatch(source, batch, config.naming) : nameTool(source, config.naming);
  const result = planResult(source, { definitions, structured: config.structured });
  const factsOf = (steps: readonly StepPlan[]) => knownFacts(planAnnotations(source, steps).value);
  const served = planServed(source, { planning, config, name, result, factsOf });
  const { input, call, steps = [] } = served.value;
  const annotations = planAnnotations(source, steps);
  const worker = planWorker(source, { arguments: call.arguments, definitions });
  const stream = findStream(source);
  const tool: ToolPlan = {
    ...served.value,
    annotations: annotations.value,
    call: { ...call, ...(worker.value && { worker: true }) },
    examples: planExamples(source, { input, arguments: call.arguments }),
  };
  const sizes = config.policySizes.filter(({ tool: sized }) => sized === name);
  const ground = { sizes, structured: config.structured };
  const made = stream && toStream(tool, { stream, ...ground });
  const delivered = batch ? toBatch(source, tool, { batch, ...ground }) : (made ?? tool);
  const headers = planHeaders(source, delivered);
  return succeed({ ...delivered, ...(headers.value.length > 0 && { headers: headers.value }) }, [
    ...served.diagnostics,
    ...annotations.diagnostics,
    ...checkSteps(source, steps),
    ...worker.diagnostics,
    ...headers.diagnostics,
    ...checkStream(source, { one: tool, made, sizes, definitions }),
    ...(batch ? checkBatch(source, batch, tool) : []),
  ]);
}

function knownFacts({ readOnlyHint, idempotentHint }: Annotations): Pick<Facts, "readonly" | "idempotent"> {
  return { readonly: readOnlyHint ?? false, idempotent: idempotentHint ?? false };
}

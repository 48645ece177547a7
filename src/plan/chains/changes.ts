/** A tool that another one runs → whether calling it changes something, and what a read-only tool is told of that. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { DocTag, FunctionModel } from "../../model/api.js";
import type { StepChange, StepPlan } from "../../model/filled.js";
import type { Facts } from "../../language/policies/policy.js";
import type { ServedPlan, ToolPlan } from "../../model/plan.js";
import { findTag, flagValue } from "../surface/check-tags.js";
import { placeStep } from "./argument-places.js";

/** A tool that says that it is read-only is taken at its word: what contradicts it is said where it is written. */
export function findChange({ docs, effects }: FunctionModel, { steps = [] }: ToolPlan): StepChange | undefined {
  const readonly = findTag(docs, "readonly");
  if (readonly) return flagValue(readonly) ? undefined : given(readonly);
  const destructive = findTag(docs, "destructive");
  if (destructive && flagValue(destructive)) return given(destructive);
  const invalidates = findTag(docs, "invalidates");
  if (invalidates) return given(invalidates);
  const write = effects.find(({ kind }) => kind === "writes");
  if (write) return { message: `\`${write.text}\` changes what outlives the call`, span: write.span };
  return steps.find(({ change }) => change)?.change;
}

/** A client reads resources and prompts as often as it likes; what they run may change something all the same. */
export function factsOfReading(steps: readonly StepPlan[]): Pick<Facts, "readonly" | "idempotent"> {
  const isReading = steps.every(({ change }) => change === undefined);
  return { readonly: isReading, idempotent: isReading };
}

export function warnOfChanges(source: FunctionModel, { steps = [] }: ServedPlan): readonly Diagnostic[] {
  return steps.flatMap((step) => {
    const { tool, change, how } = step;
    if (!change) return [];
    const verb = how === "fills" ? "runs" : "can call";
    const message = `\`${source.name}\` is a ${source.role} and ${verb} \`${tool}\`, which changes something`;
    return [diagnostic("MG484", message, { span: placeStep(step, source), notes: [change] })];
  });
}

function given({ name, text, span }: DocTag): StepChange {
  return { message: `\`@${`${name} ${text}`.trim()}\` is given here`, span };
}

/** Clients and `@cache` go by what the tag says. */
export function checkSteps({ name, docs }: FunctionModel, steps: readonly StepPlan[]): readonly Diagnostic[] {
  const tag = findTag(docs, "readonly");
  if (!tag || !flagValue(tag)) return [];
  return steps.flatMap(({ tool, change, how }) => {
    if (!change) return [];
    const verb = how === "fills" ? "runs" : "can call";
    const message = `\`${name}\` is \`@readonly\` and ${verb} \`${tool}\`, which changes something`;
    return [diagnostic("MG483", message, { span: tag.span, notes: [change] })];
  });
}

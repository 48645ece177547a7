/** An argument of a function → where it comes in: at its parameter, or at the tag by which a step takes it. */
import type { FunctionModel } from "../../model/api.js";
import type { StepPlan } from "../../model/filled.js";
import type { Span } from "../../model/span.js";
import { findFrom } from "../injection/from-tags.js";

export interface ArgumentPlace {
  readonly span: Span;
  /** "`id`", or "`id` of `findOrder`". */
  readonly told: string;
  /** Of the step that takes it. */
  readonly tool?: string;
}

export function placeArgument(name: string, source: FunctionModel, steps: readonly StepPlan[] = []): ArgumentPlace {
  const parameter = source.parameters.find((each) => each.name === name);
  const step = parameter ? undefined : steps.find(({ how, takes }) => how === "fills" && takes.includes(name));
  if (!step) return { span: parameter?.span ?? source.span, told: `\`${name}\`` };
  return { span: placeStep(step, source), told: `\`${name}\` of \`${step.tool}\``, tool: step.tool };
}

/** The tag that asks for it, or the parameter that it is handed to. */
export function placeStep({ parameter }: StepPlan, source: FunctionModel): Span {
  const from = findFrom({ name: parameter }, source);
  return from?.tag.span ?? source.parameters.find(({ name }) => name === parameter)?.span ?? source.span;
}

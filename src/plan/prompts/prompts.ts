/** `@prompt` → what a person picks, and what it says to the model. */
import type { Config } from "../../config/config.js";
import type { FunctionModel } from "../../model/api.js";
import type { PromptPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { factsOfReading, warnOfChanges } from "../chains/changes.js";
import { checkTexts } from "../resources/texts.js";
import { planServed } from "../tools/served.js";
import { nameTool } from "../tools/tool-names.js";
import type { Planning } from "../tools/tool-parameters.js";
import { planMessages } from "./messages.js";

/** The value is only to be used when no diagnostic is an error. */
export function planPrompt(source: FunctionModel, planning: Planning, config: Config): Result<PromptPlan> {
  const prompt = planServed(source, {
    planning,
    config,
    name: nameTool(source, config.naming),
    result: planMessages(source),
    factsOf: factsOfReading,
  });
  return succeed(prompt.value, [
    ...prompt.diagnostics,
    ...checkTexts(prompt.value, source, "a prompt"),
    ...warnOfChanges(source, prompt.value),
  ]);
}

/** ToolPlan → arguments that its schema takes, made up; empty where none could be. */
import { isJsonObject, type JsonObject } from "../../model/json.js";
import type { ServerPlan, ToolPlan } from "../../model/plan.js";
import { sampleValue } from "../../language/samples.js";

export function sampleArguments(
  { input }: Pick<ToolPlan, "input">,
  { definitions }: Pick<ServerPlan, "definitions">,
): JsonObject {
  const value = sampleValue(input, (name) => definitions[name]?.type);
  return isJsonObject(value) ? value : {};
}

/** ToolPlan → arguments that its schema takes, made up; empty where none could be. */
import type { JsonObject, JsonValue } from "../../model/json.js";
import type { ServerPlan, ToolPlan } from "../../model/plan.js";
import { sampleValue } from "../../language/samples.js";

export function sampleArguments(
  { input }: Pick<ToolPlan, "input">,
  { definitions }: Pick<ServerPlan, "definitions">,
): JsonObject {
  const value = sampleValue(input, (name) => definitions[name]?.type);
  return isObject(value) ? value : {};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** ToolPlan → generated/checks/<tool>.ts: its arguments, checked and decoded by code that knows what they are. */
import type { Definition } from "../model/api.js";
import type { ToolPlan } from "../model/plan.js";
import { needsCheck } from "./check-choice.js";
import { renderFunctions } from "./check-functions.js";
import { createModule } from "./module.js";
import { createNames, toCamelCase } from "./names.js";
import { fillFrame } from "./templates.js";
import { lineComment } from "./text.js";

type Definitions = Readonly<Record<string, Definition>>;

/** The name that the file exports. */
export function checkFunction(tool: ToolPlan): string {
  const name = toCamelCase(tool.name);
  return createNames().allocate(`accept${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, "");
}

export interface RenderedCheck {
  readonly text: string;
  readonly imports: readonly string[];
}

/** Undefined where zod does as well. */
export function renderCheck(tool: ToolPlan, definitions: Definitions): RenderedCheck | undefined {
  if (!needsCheck(tool.input, definitions)) return undefined;
  const name = checkFunction(tool);
  const module = createModule([name]);
  const { constants, functions } = renderFunctions(name, tool.input, { module, definitions });
  const text = fillFrame("check.ts", {
    source: lineComment(tool.call.callee.module),
    tool: lineComment(tool.name),
    imports: module.imports(),
    constants: constants.join("\n"),
    hasConstants: constants.length > 0,
    functions: functions.join("\n\n"),
  });
  return { text, imports: module.specifiers() };
}

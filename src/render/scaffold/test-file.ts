/** ToolPlan → test/<tool>.test.ts: what must hold for any function, and its own example. Never runs it with made-up arguments. */
import type { JsonObject } from "../../model/json.js";
import type { ServerPlan, ToolPlan } from "../../model/plan.js";
import { atom, chain, method } from "../code/code.js";
import { jsonToCode } from "../code/json-code.js";
import { layOut } from "../code/layout.js";
import { fillFrame } from "../frames/frames.js";
import { stringLiteral } from "../code/text.js";
import { needsOf } from "../files/served-file.js";

export interface TestParts {
  /** Whether test/settings.ts stands for the environment. */
  readonly hasSettings: boolean;
}

/** The one test of what is listed beside tools; undefined where that is nothing. */
export function renderSurfaceTest({ resources, prompts }: ServerPlan, { hasSettings }: TestParts): string | undefined {
  const view = { hasSettings, given: hasSettings ? "settings" : "" };
  const [hasResources, hasPrompts] = [resources.length > 0, prompts.length > 0];
  return hasResources || hasPrompts ? fillFrame("surface.test.ts", { ...view, hasResources, hasPrompts }) : undefined;
}

export function renderTest(tool: ToolPlan, { hasSettings }: TestParts): string {
  const { properties } = tool.input;
  const unknown = freeName(properties.map((property) => property.name));
  const [need = ""] = needsOf(tool);
  const required = properties.find((property) => !property.optional)?.name ?? "";
  return fillFrame("tool.test.ts", {
    name: stringLiteral(tool.name),
    hasNeeds: need !== "",
    mocked: hasSettings ? `...settings, ${need}` : need,
    hasSettings,
    given: hasSettings ? "settings" : "",
    listed: stringLiteral(`${tool.name} is listed`),
    refusesUnknown: tool.input.additional === undefined,
    unknownTitle: stringLiteral(`${tool.name} refuses an unknown argument and names it`),
    unknownCall: callText(tool, { [unknown]: true }),
    unknownMatch: matchText(unknown),
    hasRequired: required !== "",
    requiredTitle: stringLiteral(`${tool.name} asks for a missing argument by its name`),
    requiredCall: callText(tool, {}),
    requiredMatch: matchText(required),
    hasExample: tool.example !== undefined,
    exampleTitle: stringLiteral(`${tool.name} answers its example`),
    exampleCall: callText(tool, tool.example ?? {}),
  });
}

function callText(tool: ToolPlan, args: JsonObject): string {
  const call = method(atom("client"), "callTool", [jsonToCode({ name: tool.name, arguments: args })]);
  return layOut(call, { indent: 2, column: "  const result = await ".length, rest: 1 });
}

/** Argument names hold no character that a pattern would take for its own but the dot. */
function matchText(name: string): string {
  const text = chain("JSON", [{ name: "stringify", arguments: [atom("result.content", "word")] }]);
  const call = chain("assert", [
    { name: "match", arguments: [text, atom(`/\`${name.replaceAll(".", "\\.")}\`/`, "regex")] },
  ]);
  return layOut(call, { indent: 2, column: 2, rest: 1 });
}

function freeName(taken: readonly string[]): string {
  let name = "surprise";
  for (let number = 2; taken.includes(name); number += 1) name = `surprise${number}`;
  return name;
}

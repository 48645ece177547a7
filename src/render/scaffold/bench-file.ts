/** ServerPlan → generated/bench.ts: the calls that its tools are measured with, and which of them only by name. */
import type { JsonObject } from "../../model/json.js";
import type { Annotations, ServerPlan, ToolPlan } from "../../model/plan.js";
import { jsonToCode } from "../code/json-code.js";
import { layOut } from "../code/layout.js";
import { fillFrame } from "../frames/frames.js";
import { sampleArguments } from "./sample-arguments.js";
import { renderTestSettings } from "./test-settings.js";

export interface BenchFile {
  readonly text: string;
  readonly imports: readonly string[];
}

export function renderBench(plan: ServerPlan): BenchFile {
  const calls = jsonToCode(plan.tools.map((tool) => describeCall(tool, plan)));
  const text = fillFrame("bench.ts", {
    hasSettings: renderTestSettings(plan.container) !== undefined,
    calls: layOut(calls, { indent: 2, column: "  calls: ".length, rest: 1 }),
  });
  // Not read off the text, which holds the user's words.
  return { text, imports: ["./runtime/bench/main.js"] };
}

/** The type `BenchCall` of templates/runtime/bench/calls.ts. */
function describeCall(tool: ToolPlan, plan: ServerPlan): JsonObject {
  const [example] = tool.examples;
  const named = onlyByName(tool.annotations);
  return {
    tool: tool.name,
    arguments: example?.arguments ?? sampleArguments(tool, plan),
    origin: example === undefined ? "sample" : "example",
    ...(tool.policies.some(({ kind }) => kind === "cache") && { cached: true }),
    ...(named !== undefined && { named }),
  };
}

/** A bench calls a tool some thousand times: without being told to, only one that changes nothing and reaches nobody. */
function onlyByName({ readOnlyHint, openWorldHint }: Annotations): string | undefined {
  if (readOnlyHint !== true) return "it may change something";
  return openWorldHint === true ? "it reaches other services" : undefined;
}

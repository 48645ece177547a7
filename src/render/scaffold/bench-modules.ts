/** ServerPlan → what `mcpgen bench` runs: the calls that the tools are measured with, and the modules that make them. */
import type { BenchCall } from "../../../templates/bench/calls.js";
import { outputOfBundle } from "../../model/files.js";
import type { Annotations, ServerPlan, ToolPlan } from "../../model/plan.js";
import { fillFrame, listTemplates, readTemplate } from "../frames/frames.js";
import { sampleArguments } from "./sample-arguments.js";
import { renderTestSettings } from "./test-settings.js";

export interface RenderedBench {
  readonly calls: readonly BenchCall[];
  /** For a folder of a bundle, where they are bundled with the server; `bench.ts` is the entry. */
  readonly modules: readonly { readonly name: string; readonly text: string }[];
}

export function renderBench(plan: ServerPlan): RenderedBench {
  const hasSettings = renderTestSettings(plan.container) !== undefined;
  const entry = { name: "bench.ts", text: fillFrame("bench.ts", { output: outputOfBundle, hasSettings }) };
  const measuring = listTemplates("bench").map((name) => ({ name, text: readTemplate(`bench/${name}`) }));
  return { calls: plan.tools.map((tool) => describeCall(tool, plan)), modules: [entry, ...measuring] };
}

function describeCall(tool: ToolPlan, plan: ServerPlan): BenchCall {
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

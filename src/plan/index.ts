/** What the user wrote → what will be generated: names, annotations, arguments and calls. Pure. */
import { dirname, relative } from "node:path";
import type { Config } from "../config/config.js";
import { compareDiagnostics, diagnostic, isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { compareText } from "../model/text.js";
import type { ApiModel } from "../model/api.js";
import type { CompilerModel } from "../model/project/compiler.js";
import type { ProjectPlan, ServerPlan, ToolPlan } from "../model/plan.js";
import { succeed, type Result } from "../model/result.js";
import { findExceeded } from "./surface/client-limits.js";
import { planContainer } from "./injection/container.js";
import { buildGraph, type Graph } from "./injection/dependency-graph.js";
import { checkInvalidations } from "./policies/invalidations.js";
import { findClashes } from "./tools/tool-names.js";
import { findNestedRetries } from "./injection/nested-retries.js";
import { listOffers } from "./injection/offers.js";
import { findSizesOfNobody } from "./policies/policy-sizes.js";
import { planEquipment } from "./tools/equipment.js";
import { planTool } from "./tools/tools.js";

/** A function with an error is left out; what is wrong with the others is reported all the same. */
export function planServer(model: ApiModel, config: Config): Result<ServerPlan> {
  const offers = listOffers(model);
  const graph = buildGraph(model, offers);
  const planning = { definitions: model.definitions, offers, graph };
  const results = model.functions.map((source) => planTool(source, planning, config));
  const clashes = findClashes(results.map((result) => result.value));
  const tools = results
    .filter((result) => !result.diagnostics.some(isError) && !clashes.tools.has(result.value))
    .map((result) => result.value)
    .filter((tool) => !needsBroken(tool, graph));
  const container = planContainer(graph, tools);
  const diagnostics = [
    ...offers.diagnostics,
    ...graph.diagnostics,
    ...results.flatMap((result) => result.diagnostics),
    ...clashes.diagnostics,
    ...findSizesOfNobody(
      config.policySizes,
      results.map((result) => result.value.name),
    ),
    ...checkInvalidations(model),
    ...findNestedRetries(
      model,
      results.map((result) => result.value),
      graph,
    ),
    ...checkCount(tools, config),
  ];
  return succeed(
    {
      name: config.name,
      ...(config.title !== undefined && { title: config.title }),
      ...(config.description !== undefined && { description: config.description }),
      // By name: `tools/list` must not depend on the order of files.
      tools: tools.toSorted((a, b) => compareText(a.name, b.name)),
      ...(container && { container }),
      definitions: model.definitions,
      inputs: model.inputs,
      project: planProject(config, model.compiler),
      ...(config.tokenBudget && { tokenBudget: config.tokenBudget }),
      equipment: planEquipment(tools, config),
    },
    diagnostics.toSorted(compareDiagnostics),
  );
}

/** What is wrong there has been said there. */
function needsBroken({ call }: ToolPlan, { broken }: Graph): boolean {
  return call.arguments.some((argument) => argument.kind === "dependency" && broken.has(argument.name));
}

function checkCount({ length }: readonly ToolPlan[], { clients }: Config): readonly Diagnostic[] {
  const exceeded = findExceeded(clients, "tools", length);
  if (exceeded.length === 0) return [];
  const most = exceeded.map(({ limit, clients: names }) => `${limit} for ${names}`);
  return [diagnostic("MG506", `${length} tools; the most are ${most.join(", ")}`)];
}

function planProject(config: Config, compiler: CompilerModel): ProjectPlan {
  const context = commonFolder(config.workspace, config.output);
  return {
    rootFromOutput: toPosix(relative(config.output, config.root)) || ".",
    source: toPosix(relative(config.root, config.source)) || ".",
    output: toPosix(relative(config.root, config.output)) || ".",
    context: toPosix(relative(config.output, context)) || ".",
    place: toPosix(relative(context, config.output)) || ".",
    packageManager: config.packageManager,
    ...(config.hasMcpgen && { hasMcpgen: true as const }),
    compiler,
  };
}

/** The output may stand outside of the workspace: then the image is built from what holds both. */
function commonFolder(workspace: string, output: string): string {
  let folder = workspace;
  while (relative(folder, output).startsWith("..") && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}

function toPosix(path: string): string {
  return path.replaceAll("\\", "/");
}

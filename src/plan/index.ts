/** What the user wrote → what will be generated: names, annotations, arguments and calls. Pure. */
import { dirname, relative } from "node:path";
import type { Config } from "../config/config.js";
import { compareDiagnostics, diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { ApiModel } from "../model/api.js";
import type { CompilerModel } from "../model/project/compiler.js";
import { servedBy, type ServerPlan, type ToolPlan } from "../model/plan.js";
import type { ProjectPlan } from "../model/project/project.js";
import { succeed, type Result } from "../model/result.js";
import { findExceeded } from "./surface/client-limits.js";
import { planContainer } from "./injection/container.js";
import { buildGraph } from "./injection/dependency-graph.js";
import { checkInvalidations } from "./policies/invalidations.js";
import { findNestedRetries } from "./injection/nested-retries.js";
import { listOffers } from "./injection/offers.js";
import { findSizesOfNobody } from "./policies/policy-sizes.js";
import { planEquipment } from "./tools/equipment.js";
import { findOpenPersons } from "./tools/open-persons.js";
import { warnOfSecrets } from "./surface/secret-results.js";
import { planRoles, type ToolPlans } from "./roles.js";

export type { ToolPlans } from "./roles.js";

export interface PlannedServer extends Result<ServerPlan> {
  /** For the plan of another model that has some of the same functions, and all else as it is here. */
  readonly toolPlans: ToolPlans;
}

/** A function with an error is left out; what is wrong with the others is reported all the same. */
export function planServer(model: ApiModel, config: Config, known: ToolPlans = new Map()): PlannedServer {
  const offers = listOffers(model);
  const graph = buildGraph(model, offers);
  const planning = { definitions: model.definitions, offers, graph };
  const roles = planRoles(model, { planning, config, known });
  const { tools, resources, prompts, completions } = roles.served;
  const served = servedBy(roles.served);
  const container = planContainer(graph, served);
  const equipment = planEquipment({ served, container, planned: roles.planned }, config);
  const diagnostics = [
    ...offers.diagnostics,
    ...graph.diagnostics,
    ...roles.diagnostics,
    ...findSizesOfNobody(
      config.policySizes,
      roles.planned.map(({ plan }) => plan.name),
    ),
    ...checkInvalidations(model),
    ...findNestedRetries(roles.planned, graph),
    ...findOpenPersons(roles.planned, { graph, auth: equipment.auth }),
    ...model.functions.flatMap((source) => warnOfSecrets(source, model.definitions)),
    ...checkCount(tools, config),
  ];
  const planned = succeed<ServerPlan>(
    {
      name: config.name,
      ...(config.title !== undefined && { title: config.title }),
      ...(config.description !== undefined && { description: config.description }),
      ...(config.registry !== undefined && { registry: config.registry }),
      tools,
      resources,
      prompts,
      completions,
      ...(container && { container }),
      definitions: model.definitions,
      inputs: model.inputs,
      contracts: model.contracts,
      project: planProject(config, model.compiler),
      sdk: config.sdk,
      hasClient: config.client,
      ...(config.tokenBudget && { tokenBudget: config.tokenBudget }),
      equipment,
    },
    diagnostics.toSorted(compareDiagnostics),
  );
  return { ...planned, toolPlans: roles.toolPlans };
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

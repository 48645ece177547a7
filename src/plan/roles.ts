/** The functions of each role → the tools, resources, prompts and completions that are served. */
import type { Config } from "../config/config.js";
import { isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { ApiModel, FunctionModel, Role } from "../model/api.js";
import { givenTo } from "../model/filled.js";
import type { CompletionPlan, PromptPlan, ResourcePlan, ServedPlan, ToolPlan } from "../model/plan.js";
import type { Result } from "../model/result.js";
import { compareText } from "../model/text.js";
import type { Graph } from "./injection/dependency-graph.js";
import type { Planned } from "./injection/nested-retries.js";
import { findSameTargets, planCompletion } from "./prompts/completions.js";
import { planPrompt } from "./prompts/prompts.js";
import { findSameUris, planResource } from "./resources/resources.js";
import { readsCaller } from "./tools/callers.js";
import { findClashes } from "./tools/tool-names.js";
import type { Planning } from "./tools/tool-parameters.js";
import { planTool } from "./tools/tools.js";

export interface Roles {
  readonly served: {
    readonly tools: readonly ToolPlan[];
    readonly resources: readonly ResourcePlan[];
    readonly prompts: readonly PromptPlan[];
    readonly completions: readonly CompletionPlan[];
  };
  /** All, those too that cannot be served. */
  readonly planned: readonly Planned[];
  readonly toolPlans: ToolPlans;
  readonly diagnostics: readonly Diagnostic[];
}

/** What functions that stand for themselves come to: as long as one is the same object, so is its plan. */
export type ToolPlans = ReadonlyMap<FunctionModel, Result<ToolPlan>>;

export interface PlanningGround {
  readonly planning: Omit<Planning, "steps">;
  readonly config: Config;
  /** Of an earlier plan, in which nothing was different that functions share. */
  readonly known: ToolPlans;
}

/** A function with an error is left out; what is wrong with the others is reported all the same. */
export function planRoles(model: ApiModel, ground: PlanningGround): Roles {
  const { functions } = model;
  const { config } = ground;
  const { planning, planTool, toolPlans } = planningOf(model, ground);
  const planned: Planned[] = [];
  const diagnostics: Diagnostic[] = [];
  const planAll = <Plan extends ServedPlan>(
    role: Role,
    plan: (source: FunctionModel) => Result<Plan>,
  ): readonly Plan[] => {
    const results = functions.filter((source) => source.role === role).map((source) => ({ source, ...plan(source) }));
    planned.push(...results.map(({ source, value }) => ({ source, plan: value })));
    const clashes = findClashes(
      role,
      results.map(({ value }) => value),
    );
    diagnostics.push(...results.flatMap((result) => result.diagnostics), ...clashes.diagnostics);
    const good = results.filter(
      ({ value, diagnostics: found }) => !found.some(isError) && !clashes.clashing.has(value),
    );
    // By name: a list must not depend on the order of files.
    return good
      .map(({ value }) => value)
      .filter((value) => !needsBroken(value, planning.graph))
      .sort((a, b) => compareText(a.name, b.name));
  };
  const tools = withSteps(planAll("tool", planTool));
  const resources = takingOf(
    tools,
    planAll("resource", (source) => planResource(source, planning, config)),
  );
  const prompts = takingOf(
    tools,
    planAll("prompt", (source) => planPrompt(source, planning, config)),
  );
  const completable = { prompts, resources };
  const completions = planAll("completion", (source) => planCompletion(source, { planning, config, completable }));
  diagnostics.push(...findSameUris(resources), ...findSameTargets(completions));
  return { served: { tools, resources, prompts, completions }, planned, toolPlans: toolPlans(), diagnostics };
}

/** A tool is planned once, whether it is asked for as itself or as a step of others. */
function planningOf(
  { functions, misfits }: ApiModel,
  { planning: given, config, known }: PlanningGround,
): {
  readonly planning: Planning;
  readonly planTool: (source: FunctionModel) => Result<ToolPlan>;
  readonly toolPlans: () => ToolPlans;
} {
  const planned = new Map<FunctionModel, Result<ToolPlan>>();
  // What is said of these has its place in mcpgen.json, whose layout may change between two plans.
  const overridden = new Set(config.policySizes.map(({ tool }) => tool));
  const planOnce = (source: FunctionModel): Result<ToolPlan> => {
    const result = planned.get(source) ?? known.get(source) ?? planTool(source, planning, config);
    planned.set(source, result);
    return result;
  };
  const planning: Planning = {
    ...given,
    steps: {
      tools: functions.filter(({ role }) => role === "tool"),
      misfits,
      planTool: (source) => planOnce(source).value,
      readsCaller: ({ call, steps = [] }) =>
        steps.some((step) => step.readsCaller) || readsCaller(call.arguments, given.graph),
    },
  };
  return {
    planning,
    planTool: planOnce,
    toolPlans: () => new Map([...planned].filter(([, { value }]) => isAlone(value) && !overridden.has(value.name))),
  };
}

/** It takes nothing that is made for it, and nothing of other tools. */
function isAlone({ call, steps = [] }: ToolPlan): boolean {
  return steps.length === 0 && call.instance === undefined && givenTo(call).every(({ kind }) => kind !== "dependency");
}

/** Without those that take something of a tool that is left out: what is wrong has been said there. */
function withSteps(tools: readonly ToolPlan[]): readonly ToolPlan[] {
  const left = takingOf(tools, tools);
  return left.length === tools.length ? tools : withSteps(left);
}

function takingOf<Plan extends ServedPlan>(tools: readonly ToolPlan[], takers: readonly Plan[]): readonly Plan[] {
  const names = new Set(tools.map(({ name }) => name));
  return takers.filter(({ steps = [] }) => steps.every(({ tool }) => names.has(tool)));
}

/** What is wrong there has been said there. */
function needsBroken({ call }: ServedPlan, { broken }: Graph): boolean {
  return givenTo(call).some((argument) => argument.kind === "dependency" && broken.has(argument.name));
}

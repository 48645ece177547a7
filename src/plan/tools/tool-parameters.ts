/** Parameters → the arguments that a client sends, and the call that takes them (DESIGN §2.2). */
import { diagnostic, isError, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { planContract } from "../../language/injected/injected.js";
import type { Definition, FunctionModel, ParameterModel } from "../../model/api.js";
import type { FilledParameter } from "../../model/filled.js";
import type { ArgumentPlan, Completion } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { ObjectNode, Property, TypeNode } from "../../model/types.js";
import { classify, type Role } from "../injection/classify.js";
import { findRepeated, type Graph } from "../injection/dependency-graph.js";
import { checkFromTags } from "../injection/from-tags.js";
import { checkNamingTags } from "../injection/named-tags.js";
import { planFilled, type FilledPlan } from "./filled.js";
import { planHanded } from "../chains/handed.js";
import { mergeArguments, type Contribution } from "../chains/merged-arguments.js";
import { isStep, planStep, type PlannedStep, type PlannedTool, type StepGround } from "../chains/steps.js";
import { checkArgumentName } from "./tool-names.js";
import { isNominal } from "../injection/nominal.js";
import type { Offers } from "../injection/offers.js";
import { giveTypeArgument } from "../injection/type-arguments.js";

type Definitions = Readonly<Record<string, Definition>>;

const tool = planContract("Tool");
const signal = planContract("AbortSignal");

export interface ParametersPlan {
  readonly input: ObjectNode;
  readonly arguments: readonly ArgumentPlan[];
  /** As in a `CallPlan`. */
  readonly always?: number;
  /** What the server fills and no client sends. */
  readonly filled: readonly FilledParameter[];
  /** What other tools fill. */
  readonly steps: readonly PlannedTool[];
}

export interface Planning {
  readonly definitions: Definitions;
  readonly offers: Offers;
  readonly graph: Graph;
  readonly steps: StepGround;
}

export function planParameters(source: FunctionModel, planning: Planning): Result<ParametersPlan> {
  const { definitions, offers, graph } = planning;
  const roles = source.parameters.map((parameter) => classify(parameter, source, offers));
  const data = source.parameters.filter((_, index) => roles[index]?.kind === "data");
  const injected = source.parameters.filter((_, index) => roles[index]?.kind === "injected");
  const refused = [
    ...roles.flatMap((role) => (role.kind === "refused" ? role.diagnostics : [])),
    ...roles.flatMap((role) => (role.kind === "absent" ? (role.warning ?? []) : [])),
    ...findRepeated(injected),
    ...injected.flatMap(warnOfConstraints),
  ];
  const steps = planSteps(source, roles, planning);
  // Beside the arguments of a step, those of an object stay in it.
  const only = data.length === 1 && !steps.any ? data[0] : undefined;
  const flat = only && flatten(only, definitions);
  const root = flat && (only.destructured || areNames(flat, only.span)) ? flat : undefined;
  const merged = mergeArguments(steps.any ? contribute(source, roles, steps) : ownArguments(data));
  const input: ObjectNode = root ?? { kind: "object", properties: merged.value };
  const unnamed = root || refused.some(isError) ? [] : data.filter((parameter) => parameter.unnamed).map(tellName);
  const names = input.properties.flatMap((property) =>
    checkArgumentName(
      { name: property.name, mayMiss: !root && property.optional },
      only?.span ?? placeOf(property.name, source),
    ),
  );
  const filled = fillParameters(source, roles, planning);
  const told: Diagnostic[] = [];
  const plans = source.parameters.flatMap((parameter, index): ArgumentPlan | readonly ArgumentPlan[] => {
    const role = roles[index];
    if (role?.kind === "absent" && parameter.rest) return [];
    if (role?.kind === "injected" && parameter.use) return { kind: "contract", contract: tool, tool: parameter.name };
    if (role?.kind === "injected") {
      const { value, diagnostics } = giveTypeArgument(graph.fill(role.offer, parameter), parameter, definitions);
      told.push(...diagnostics);
      return value;
    }
    if (role?.kind === "absent") return { kind: "absent", ...complete(parameter) };
    if (role?.kind === "filled" && isStep(role.from)) return { kind: "argument", name: parameter.name, cast: false };
    if (role?.kind === "filled") return filled.value.get(parameter)?.argument ?? { kind: "absent" };
    return planArgument(parameter, { whole: root !== undefined, definitions });
  });
  const known = [...filled.value.values()].flatMap((each) => each.filled ?? []);
  const handed = handTools(source, planning.steps);
  const planned = [...steps.planned.values()];
  const hidden = [...known.map(({ name }) => name), ...planned.map(({ step }) => step.parameter)];
  const call = { arguments: plans, ...countAlways(source, plans) };
  return succeed({ input, ...call, filled: known, steps: [...planned, ...handed.value] }, [
    ...refused,
    ...unnamed,
    ...names,
    ...checkFromTags(source),
    ...checkNamingTags(source),
    ...filled.diagnostics,
    ...steps.diagnostics,
    ...merged.diagnostics,
    ...told,
    ...handed.diagnostics,
    ...refuseHidden(hidden, input, source),
  ]);
}

/** An object that is all of the arguments is always there. */
function countAlways(
  { parameters }: FunctionModel,
  plans: readonly ArgumentPlan[],
): Pick<ParametersPlan, "always"> | undefined {
  if (plans.some(({ kind }) => kind === "all") || !parameters.some(({ leavable }) => leavable)) return undefined;
  return { always: parameters.findLastIndex(({ leavable, rest }) => !leavable && !rest) + 1 };
}

interface PlannedSteps {
  /** Some are asked for, though they may all be refused. */
  readonly any: boolean;
  readonly planned: ReadonlyMap<ParameterModel, PlannedStep>;
  readonly diagnostics: readonly Diagnostic[];
}

function planSteps(taker: FunctionModel, roles: readonly Role[], { steps }: Planning): PlannedSteps {
  const asked = taker.parameters.flatMap((parameter, index) => {
    const role = roles[index];
    return role?.kind === "filled" && isStep(role.from) ? [{ parameter, from: role.from }] : [];
  });
  const results = asked.map(({ parameter, from }) => ({ parameter, ...planStep(parameter, { taker, from }, steps) }));
  return {
    any: asked.length > 0,
    planned: new Map(results.flatMap(({ parameter, value }) => (value ? [[parameter, value] as const] : []))),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  };
}

function handTools(taker: FunctionModel, ground: StepGround): Result<readonly PlannedTool[]> {
  const results = taker.parameters.flatMap((parameter) =>
    parameter.use ? [planHanded(parameter, { taker, use: parameter.use }, ground)] : [],
  );
  return succeed(
    results.flatMap(({ value }) => value ?? []),
    results.flatMap(({ diagnostics }) => diagnostics),
  );
}

function ownArguments(data: readonly ParameterModel[]): readonly Contribution[] {
  return data.map((parameter) => ({
    properties: toProperty(parameter),
    of: `\`${parameter.name}\``,
    span: parameter.span,
  }));
}

/** In the order of the parameters, a step's where the parameter is that it fills. */
function contribute(source: FunctionModel, roles: readonly Role[], { planned }: PlannedSteps): readonly Contribution[] {
  return source.parameters.flatMap((parameter, index) => {
    const step = planned.get(parameter);
    const own = { of: `\`${source.name}\``, span: parameter.span };
    if (!step) return roles[index]?.kind === "data" ? [{ ...own, properties: toProperty(parameter) }] : [];
    return [{ properties: step.input.properties, of: `\`${step.step.tool}\``, span: step.from.tag.span }];
  });
}

function fillParameters(
  source: FunctionModel,
  roles: readonly Role[],
  { definitions, graph }: Planning,
): Result<ReadonlyMap<ParameterModel, FilledPlan>> {
  const planned = source.parameters.flatMap((parameter, index) => {
    const role = roles[index];
    if (role?.kind !== "filled" || isStep(role.from)) return [];
    return [{ parameter, ...planFilled(parameter, { source, from: role.from, definitions, graph }) }];
  });
  const filled = new Map(planned.map(({ parameter, value }) => [parameter, value]));
  return succeed(
    filled,
    planned.flatMap(({ diagnostics }) => diagnostics),
  );
}

/** In templates and keys, one name would stand for two values. */
function refuseHidden(
  filled: readonly string[],
  { properties }: ObjectNode,
  source: FunctionModel,
): readonly Diagnostic[] {
  const hidden = filled.filter((name) => properties.some((property) => property.name === name));
  return hidden.map((name) =>
    diagnostic("MG476", `\`${name}\` is filled, and an argument of that name comes from the client`, {
      span: placeOf(name, source),
    }),
  );
}

/**
 * A single object parameter gives its properties as the arguments. Not so a union (clients refuse one
 * at the root), nor an object that may be absent and then is not the same as `{}`: because it has
 * required members, or because a default takes its place.
 */
function flatten(parameter: ParameterModel, definitions: Definitions): ObjectNode | undefined {
  if (parameter.rest || parameter.type.kind === "unservable") return undefined;
  const type = resolve(parameter.type.type, definitions);
  if (type.kind !== "object") return undefined;
  if (!parameter.optional) return type;
  const leavable = type.properties.every((property) => property.optional);
  const replaced =
    parameter.computedDefault || (parameter.default !== undefined && JSON.stringify(parameter.default) !== "{}");
  return leavable && !replaced ? type : undefined;
}

/** A property that no client could send as an argument keeps its object together, under the name of the parameter. */
function areNames({ properties }: ObjectNode, span: ParameterModel["span"]): boolean {
  return properties.every(({ name }) => checkArgumentName({ name, mayMiss: false }, span).length === 0);
}

function resolve(type: TypeNode, definitions: Definitions): TypeNode {
  const definition = type.kind === "reference" ? definitions[type.name] : undefined;
  return definition && definition.type.kind !== "reference" ? definition.type : type;
}

function toProperty(parameter: ParameterModel): readonly Property[] {
  if (parameter.type.kind === "unservable") return [];
  return [
    {
      name: parameter.name,
      type: parameter.type.type,
      optional: parameter.rest ? isOptionalRest(parameter.type.type) : parameter.optional,
      ...(parameter.description !== undefined && { description: parameter.description }),
      ...(parameter.default !== undefined && { default: parameter.default }),
      ...(parameter.origins && { origins: parameter.origins }),
    },
  ];
}

function planArgument(parameter: ParameterModel, given: { whole: boolean; definitions: Definitions }): ArgumentPlan {
  const cast = parameter.type.kind === "servable" && isNominal(parameter.type.type, given.definitions);
  if (given.whole) return { kind: "all", cast, ...complete(parameter) };
  const { name } = parameter;
  if (!parameter.rest) return { kind: "argument", name, cast, ...complete(parameter) };
  const optional = parameter.type.kind === "servable" && isOptionalRest(parameter.type.type);
  return { kind: "rest", name, cast, optional };
}

function complete({ signals }: ParameterModel): { readonly completed?: Completion } {
  return signals ? { completed: { contract: signal, members: signals } } : {};
}

/** A rest parameter may be a tuple or one of several, which TypeScript spreads only when it is there. */
function isOptionalRest(type: TypeNode): boolean {
  return type.kind === "union" ? type.members.every(isOptionalRest) : type.kind !== "tuple";
}

function tellName({ name, span }: ParameterModel): Diagnostic {
  return diagnostic("MG314", `the argument of a destructured parameter is called \`${name}\``, { span });
}

/** No client sends it, so nothing of it is checked. */
function warnOfConstraints({ name, constraints = [] }: ParameterModel): readonly Diagnostic[] {
  return constraints.map(({ name: tag, span }) =>
    diagnostic("MG225", `\`@${tag}\` constrains nothing: \`${name}\` is injected`, { span }),
  );
}

function placeOf(name: string, source: FunctionModel): FunctionModel["span"] {
  return source.parameters.find((parameter) => parameter.name === name)?.span ?? source.span;
}

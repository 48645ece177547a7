/** `@from weather getWeather` → the tool that is run for a parameter, and what it takes of the call's arguments. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import { isToolName } from "../../language/from-tag.js";
import type { FunctionModel, ParameterModel, StepMisfit, ToolUse } from "../../model/api.js";
import { stepId, type StepPlan } from "../../model/filled.js";
import { referenceId } from "../../model/keys.js";
import type { ToolPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { Span } from "../../model/span.js";
import { compareText } from "../../model/text.js";
import type { ObjectNode } from "../../model/types.js";
import { listFrom, readFilling, type FromTag } from "../injection/from-tags.js";
import { findTag } from "../surface/check-tags.js";
import { findChange } from "./changes.js";

/** What steps are made of. */
export interface StepGround {
  /** Those that are tools. */
  readonly tools: readonly FunctionModel[];
  /** By `stepId`. */
  readonly misfits: Readonly<Record<string, StepMisfit>>;
  readonly planTool: (source: FunctionModel) => ToolPlan;
  readonly readsCaller: (tool: ToolPlan) => boolean;
}

/** A tool that a function takes something of, or calls. */
export interface PlannedTool {
  readonly step: StepPlan;
  /** That its callers must hold. */
  readonly scopes: readonly string[];
}

export interface PlannedStep extends PlannedTool {
  /** The arguments of the tool, which become the call's. */
  readonly input: ObjectNode;
  readonly from: FromTag;
}

/** Absent for a source that is no tool's name, such as `caller.id`. */
export function isStep({ written }: FromTag): boolean {
  return readFilling(written) === undefined && isToolName(written);
}

/** Without a value where the source cannot be one, which the diagnostics say, or those of another function. */
export function planStep(
  parameter: ParameterModel,
  { taker, from }: { readonly taker: FunctionModel; readonly from: FromTag },
  ground: StepGround,
): Result<PlannedStep | undefined> {
  const { tag, written } = from;
  const refuse = (code: "MG472" | "MG473" | "MG475" | "MG477", message: string, help?: string) =>
    succeed(undefined, [diagnostic(code, message, { span: tag.span, ...(help !== undefined && { help }) })]);
  const kind = kindOf(taker);
  if (kind !== undefined)
    return refuse("MG475", `\`${taker.name}\` ${kind}, which cannot take a value from another tool`);
  const found = findGiver(written, taker, ground.tools);
  if ("message" in found) return refuse("MG472", found.message, found.help);
  const { giver } = found;
  const ring = findRing(taker, giver, ground.tools);
  if (ring) return succeed(undefined, isFirst(taker, ring) ? [refuseRing(ring, tag.span)] : []);
  const misfit = ground.misfits[stepId({ taker: taker.reference, parameter: parameter.name, giver: giver.reference })];
  if (misfit) {
    const message = `\`${giver.name}\` gives \`${misfit.gives}\`, which is not assignable to \`${misfit.takes}\``;
    return refuse("MG473", message, `change the type of \`${parameter.name}\`, or fill it from elsewhere`);
  }
  const plan = ground.planTool(giver);
  const unfit = whyNoStep(plan);
  if (unfit !== undefined) return refuse("MG477", `\`${giver.name}\` ${unfit}`);
  return succeed({ step: stepOf(parameter, { giver, plan }, ground), input: plan.input, scopes: plan.scopes, from });
}

/** A tool, and its function. */
export interface Giving {
  readonly giver: FunctionModel;
  readonly plan: ToolPlan;
}

export function stepOf({ name }: ParameterModel, { giver, plan }: Giving, { readsCaller }: StepGround): StepPlan {
  const change = findChange(giver, plan);
  return {
    parameter: name,
    tool: plan.name,
    callee: plan.call.callee,
    isOfClass: plan.call.instance !== undefined,
    how: "fills",
    takes: plan.input.properties.map((each) => each.name),
    readsCaller: readsCaller(plan),
    hints: plan.annotations,
    ...(change && { change }),
  };
}

/** Completes "`getForecast` …". */
export function kindOf({ role }: FunctionModel): string | undefined {
  return role === "completion" ? "is a completion" : undefined;
}

/** Completes "`getWeather` …". */
export function whyNoStep({ batch, stream, result, input }: ToolPlan): string | undefined {
  if (batch) return "has `@batch`: it is called for several items";
  if (stream) return "gives a stream, which is not one value";
  if (result.kind === "content" || result.kind === "media") return "gives content for the client, which is not a value";
  if (input.additional || input.patterns) return "takes arguments of any name";
  return undefined;
}

type Giver = { readonly giver: FunctionModel } | { readonly message: string; readonly help?: string };

/** A function by its name, of several the one beside it; or a tool by the name that its tag gives it. */
function findGiver(written: string, taker: FunctionModel, tools: readonly FunctionModel[]): Giver {
  const called = tools.filter(({ name }) => name === written);
  const beside = called.filter(({ reference }) => reference.module === taker.reference.module);
  const named = tools.filter(({ docs }) => findTag(docs, "name")?.text.trim() === written);
  const [giver, second] = beside.length > 0 ? beside : called.length > 0 ? called : named;
  if (giver && !second) return { giver };
  if (giver && second) {
    const message = `\`${written}\` is in \`${giver.reference.module}\` and in \`${second.reference.module}\``;
    return { message, help: "give one of them another name with `@name`, and write that" };
  }
  const meant = closest(
    written,
    tools.filter((tool) => tool !== taker).map(({ name }) => name),
  );
  const message = `\`${written}\` is not a tool of this server`;
  return meant === undefined ? { message } : { message: `${message}; did you mean \`${meant}\`?` };
}

/** From the function through its source back to itself; each takes something of the next. */
export function findRing(
  taker: FunctionModel,
  giver: FunctionModel,
  tools: readonly FunctionModel[],
): readonly FunctionModel[] | undefined {
  const seen = new Set<FunctionModel>();
  const walk = (at: FunctionModel): readonly FunctionModel[] | undefined => {
    if (at === taker) return [];
    if (seen.has(at)) return undefined;
    seen.add(at);
    for (const next of takenBy(at, tools)) {
      const rest = walk(next);
      if (rest) return [at, ...rest];
    }
    return undefined;
  };
  const rest = walk(giver);
  return rest && [taker, ...rest];
}

/** What it takes something of, and what it calls. */
function takenBy(at: FunctionModel, tools: readonly FunctionModel[]): readonly FunctionModel[] {
  const givers = listFrom(at)
    .filter(isStep)
    .map(({ written }) => findGiver(written, at, tools));
  const called = at.parameters.flatMap(({ use }) => (use && findUsed(use, tools)) ?? []);
  return [...givers.flatMap((found) => ("giver" in found ? [found.giver] : [])), ...called];
}

export function findUsed({ callee }: ToolUse, tools: readonly FunctionModel[]): FunctionModel | undefined {
  return callee && tools.find(({ reference }) => referenceId(reference) === referenceId(callee));
}

/** Each ring is told once: at the first of its functions by name. */
export function isFirst(taker: FunctionModel, ring: readonly FunctionModel[]): boolean {
  const [first] = ring.toSorted(
    (a, b) => compareText(a.name, b.name) || compareText(a.reference.module, b.reference.module),
  );
  return first === taker;
}

export function refuseRing(ring: readonly FunctionModel[], span: Span): Diagnostic {
  const [first] = ring;
  const links = ring.map((each, index) => ({ each, calls: callsItself(each, ring[index + 1] ?? first) }));
  const told = links.map(({ each, calls }) => `\`${each.name}\` ${calls ? "calls" : "takes from"} `).join("");
  const notes = ring.slice(1).map((each) => ({ message: `\`${each.name}\` is here`, span: each.span }));
  return diagnostic("MG478", `${told}\`${first?.name ?? ""}\``, {
    span,
    notes,
    ...(links.some(({ calls }) => calls) && { help: "move what they share into a function that both call" }),
  });
}

/** As a tool that it is handed. */
function callsItself({ parameters }: FunctionModel, next: FunctionModel | undefined): boolean {
  return parameters.some(({ use }) => use && next && findUsed(use, [next]));
}

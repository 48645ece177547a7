/** `@from weather getWeather` → the tool that is run for a parameter, and what it takes of the call's arguments. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import { isToolName } from "../../language/from-tag.js";
import type { FunctionModel, ParameterModel, StepMisfit } from "../../model/api.js";
import { stepId, type StepPlan } from "../../model/filled.js";
import type { ToolPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import { compareText } from "../../model/text.js";
import type { ObjectNode } from "../../model/types.js";
import { listFrom, readFilling, type FromTag } from "../injection/from-tags.js";
import { findTag } from "../surface/check-tags.js";

/** What steps are made of. */
export interface StepGround {
  /** Those that are tools. */
  readonly tools: readonly FunctionModel[];
  /** By `stepId`. */
  readonly misfits: Readonly<Record<string, StepMisfit>>;
  readonly planTool: (source: FunctionModel) => ToolPlan;
  readonly readsCaller: (tool: ToolPlan) => boolean;
}

export interface PlannedStep {
  readonly step: StepPlan;
  /** The arguments of the tool, which become the call's. */
  readonly input: ObjectNode;
  /** That its callers must hold. */
  readonly scopes: readonly string[];
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
  if (kind !== undefined) return refuse("MG475", `\`${taker.name}\` ${kind}, which takes nothing of another tool`);
  const found = findGiver(written, taker, ground.tools);
  if ("message" in found) return refuse("MG472", found.message, found.help);
  const { giver } = found;
  const ring = findRing(taker, giver, ground.tools);
  if (ring) return succeed(undefined, isFirst(taker, ring) ? [refuseRing(ring, tag)] : []);
  const misfit = ground.misfits[stepId({ taker: taker.reference, parameter: parameter.name, giver: giver.reference })];
  if (misfit) {
    const message = `\`${giver.name}\` gives \`${misfit.gives}\`, which is not assignable to \`${misfit.takes}\``;
    return refuse("MG473", message, `change the type of \`${parameter.name}\`, or fill it from elsewhere`);
  }
  const plan = ground.planTool(giver);
  const unfit = whyNoStep(plan);
  if (unfit !== undefined) return refuse("MG477", `\`${giver.name}\` ${unfit}`);
  const step: StepPlan = {
    parameter: parameter.name,
    tool: plan.name,
    callee: plan.call.callee,
    isOfClass: plan.call.instance !== undefined,
    takes: plan.input.properties.map(({ name }) => name),
    readsCaller: ground.readsCaller(plan),
  };
  return succeed({ step, input: plan.input, scopes: plan.scopes, from });
}

/** Completes "`getForecast` …". */
function kindOf({ role, docs, streams }: FunctionModel): string | undefined {
  if (role !== "tool") return `is no tool but a ${role}`;
  if (findTag(docs, "batch")) return "has `@batch`";
  return streams ? "gives a stream" : undefined;
}

/** Completes "`getWeather` …". */
function whyNoStep({ batch, stream, result, input }: ToolPlan): string | undefined {
  if (batch) return "has `@batch`: it is called for several items";
  if (stream) return "gives a stream, which is no one value";
  if (result.kind === "content" || result.kind === "media") return "gives content for the client, which is no value";
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
  const message = `\`${written}\` is no tool of this server`;
  return meant === undefined ? { message } : { message: `${message}; did you mean \`${meant}\`?` };
}

/** From the function through its source back to itself; each takes something of the next. */
function findRing(
  taker: FunctionModel,
  giver: FunctionModel,
  tools: readonly FunctionModel[],
): readonly FunctionModel[] | undefined {
  const seen = new Set<FunctionModel>();
  const walk = (at: FunctionModel): readonly FunctionModel[] | undefined => {
    if (at === taker) return [];
    if (seen.has(at)) return undefined;
    seen.add(at);
    for (const from of listFrom(at).filter(isStep)) {
      const next = findGiver(from.written, at, tools);
      const rest = "giver" in next ? walk(next.giver) : undefined;
      if (rest) return [at, ...rest];
    }
    return undefined;
  };
  const rest = walk(giver);
  return rest && [taker, ...rest];
}

/** Each ring is told once: at the first of its functions by name. */
function isFirst(taker: FunctionModel, ring: readonly FunctionModel[]): boolean {
  const [first] = ring.toSorted(
    (a, b) => compareText(a.name, b.name) || compareText(a.reference.module, b.reference.module),
  );
  return first === taker;
}

function refuseRing(ring: readonly FunctionModel[], { span }: FromTag["tag"]): Diagnostic {
  const names = [...ring, ...ring.slice(0, 1)].map(({ name }) => `\`${name}\``);
  const notes = ring.slice(1).map((each) => ({ message: `\`${each.name}\` is here`, span: each.span }));
  return diagnostic("MG478", names.join(" takes from "), { span, notes });
}

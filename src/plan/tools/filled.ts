/** A parameter that `@from` fills → its place in the call, and whether what fills it can be what its type says. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { fits } from "../../language/fits.js";
import { planContract } from "../../language/injected/injected.js";
import { explainUnreadable } from "../../language/variable-types.js";
import type { Definition, FunctionModel, ParameterModel } from "../../model/api.js";
import type { FilledParameter, Filling } from "../../model/filled.js";
import type { ArgumentPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { CodecNode, MapNode, SetNode, TypeNode } from "../../model/types.js";
import type { Graph } from "../injection/dependency-graph.js";
import { readFilling, type FromTag } from "../injection/from-tags.js";
import { isNominal } from "../injection/nominal.js";
import { findWithin } from "../injection/within.js";

export interface FilledGround {
  readonly source: FunctionModel;
  readonly from: FromTag;
  readonly definitions: Readonly<Record<string, Definition>>;
  readonly graph: Graph;
}

export interface FilledPlan {
  readonly argument: ArgumentPlan;
  /** Absent where its source is unknown. */
  readonly filled?: FilledParameter;
}

/** The value is only to be used when no diagnostic is an error. */
export function planFilled(parameter: ParameterModel, ground: FilledGround): Result<FilledPlan> {
  const { tag, written } = ground.from;
  const filling = readFilling(written);
  if (!filling || parameter.type.kind !== "servable") {
    const message = `\`${written}\` is not a source for \`${parameter.name}\``;
    return succeed({ argument: { kind: "absent" } }, [diagnostic("MG472", message, { span: tag.span })]);
  }
  const { type } = parameter.type;
  const misfit = findMisfit(filling, type, ground.definitions);
  const diagnostics: readonly Diagnostic[] =
    misfit === undefined
      ? []
      : [diagnostic("MG473", `\`${parameter.name}\` ${misfit}`, { span: tag.span, notes: [placeOf(parameter)] })];
  const filled: FilledParameter = { name: parameter.name, type, filling, written };
  return succeed({ argument: planArgument(parameter, filled, ground), filled }, diagnostics);
}

function placeOf({ name, span }: ParameterModel): { readonly message: string; readonly span: typeof span } {
  return { message: `\`${name}\` is here`, span };
}

/** Completes "`tenant` …". A claim can be anything: whether it fits is seen when a call comes. */
function findMisfit(filling: Filling, type: TypeNode, definitions: FilledGround["definitions"]): string | undefined {
  const lookUp = (node: TypeNode): TypeNode =>
    node.kind === "reference" ? (definitions[node.name]?.type ?? node) : node;
  switch (filling.kind) {
    case "caller":
      return filling.path[0] !== "id" || takesText(lookUp(type), lookUp)
        ? undefined
        : "is not a string, as `caller.id` is";
    case "variable": {
      const reason = explainUnreadable(lookUp(type));
      return reason === undefined ? undefined : `${reason}, which no variable can hold`;
    }
    case "constant":
      if (filling.value !== null && findWithin(type, definitions, isMadeOfMore))
        return "has values that JSON cannot represent, so no constant fits";
      return fits(filling.value, type, lookUp) ? undefined : `does not accept \`${JSON.stringify(filling.value)}\``;
  }
}

function takesText(type: TypeNode, lookUp: (node: TypeNode) => TypeNode): boolean {
  if (type.kind === "union") return type.members.some((member) => takesText(lookUp(member), lookUp));
  return type.kind === "string" || type.kind === "unknown";
}

/** Generated code writes the constant as it is. */
function isMadeOfMore(type: TypeNode): type is CodecNode | SetNode | MapNode {
  return type.kind === "codec" || type.kind === "set" || type.kind === "map";
}

function planArgument(
  parameter: ParameterModel,
  { filling, type, name }: FilledParameter,
  { source, definitions, graph }: FilledGround,
): ArgumentPlan {
  const cast = isNominal(type, definitions);
  switch (filling.kind) {
    case "constant":
      return { kind: "constant", value: filling.value, cast };
    case "variable": {
      const entry = graph.settings(source)?.name ?? "";
      return { kind: "dependency", name: entry, member: name, ...(cast && { cast: true as const }) };
    }
    case "caller": {
      const absence = parameter.nullable ? "null" : "refused";
      const { path } = filling;
      const isPlain = path[0] === "id" && isText(type);
      return {
        kind: "contract",
        contract: planContract("Caller"),
        ...(!parameter.optional && { absence }),
        part: isPlain ? { kind: "id", cast } : { kind: "checked", parameter: name, path, type, cast },
      };
    }
  }
}

/** Any text, so that there is nothing to check. */
function isText(type: TypeNode): boolean {
  if (type.kind === "union") return type.members.some(isText);
  return type.kind === "unknown" || (type.kind === "string" && type.constraints === undefined);
}

/** `@worker` → whether a function runs in a thread of its own, and what of its parameters and result cannot go there. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { codecRow, type Lost } from "../../language/codecs.js";
import { planContract } from "../../language/injected/injected.js";
import type { Definition, FunctionModel, ParameterModel } from "../../model/api.js";
import type { ArgumentPlan } from "../../model/plan.js";
import { succeed, type Result } from "../../model/result.js";
import type { CodecNode, TypeNode } from "../../model/types.js";
import { findTag, flagValue } from "../surface/check-tags.js";
import { findWithin } from "../injection/within.js";

const signal = planContract("AbortSignal");

export interface WorkerGround {
  /** One for each parameter. */
  readonly arguments: readonly ArgumentPlan[];
  readonly definitions: Readonly<Record<string, Definition>>;
}

export function planWorker(source: FunctionModel, ground: WorkerGround): Result<boolean> {
  const tag = findTag(source.docs, "worker");
  if (!tag || !flagValue(tag)) return succeed(false);
  if (source.reference.member !== undefined) {
    const message = `\`${source.name}\` is a method, and what it is called on cannot go into a thread`;
    const help = "move the work into an exported function that is tagged `@worker`, or remove the tag";
    return succeed(true, [diagnostic("MG450", message, { span: tag.span, help })]);
  }
  const parameters = source.parameters.flatMap((parameter, index) => {
    const argument = ground.arguments[index];
    return argument ? checkParameter(source, parameter, { argument, ...ground }) : [];
  });
  return succeed(true, [...parameters, ...checkResult(source, ground)]);
}

function checkParameter(
  { name }: FunctionModel,
  parameter: ParameterModel,
  { argument, definitions }: WorkerGround & { readonly argument: ArgumentPlan },
): readonly Diagnostic[] {
  const { span, type } = parameter;
  if (isWhole(argument)) {
    const message = `\`${parameter.name}\` is injected, and cannot go into the thread of \`${name}\``;
    const isSignal = argument.kind === "contract" && argument.contract.name === signal.name;
    const help = isSignal ? "remove it: when the call is cancelled, the thread is ended" : undefined;
    return [diagnostic("MG450", message, { span, help })];
  }
  const lost = argument.kind !== "absent" && type.kind === "servable" && findLost(type.type, definitions);
  if (!lost) return [];
  const message = `\`${parameter.name}\` holds a \`${lost.name}\`, which arrives in a thread ${lost.as}`;
  return [diagnostic("MG451", message, { span, help: `take ${lost.instead}` })];
}

/** What `@from` fills is data, wherever it is taken from. A caller is none, whatever its claims are. */
function isWhole(argument: ArgumentPlan): argument is Extract<ArgumentPlan, { kind: "dependency" | "contract" }> {
  if (argument.kind === "contract") return argument.part === undefined || argument.part.kind === "claims";
  return argument.kind === "dependency" && argument.member === undefined;
}

function checkResult({ name, result, span }: FunctionModel, { definitions }: WorkerGround): readonly Diagnostic[] {
  const lost = result.kind === "servable" && findLost(result.type, definitions);
  if (!lost) return [];
  const message = `\`${name}\` returns a \`${lost.name}\`, which arrives from its thread ${lost.as}`;
  return [diagnostic("MG451", message, { span, help: `return ${lost.instead}` })];
}

function findLost(type: TypeNode, definitions: WorkerGround["definitions"]): Lost | undefined {
  const isLost = (node: TypeNode): node is CodecNode =>
    node.kind === "codec" && codecRow(node.codec).lost !== undefined;
  const found = findWithin(type, definitions, isLost);
  return found && codecRow(found.codec).lost;
}

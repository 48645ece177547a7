/** The parameters that no client sends: what fills them. */
import type { FunctionModel, ParameterModel } from "../model/api.js";
import { keyText } from "../model/keys.js";
import type { ArgumentPlan, Completion, ContractPlan } from "../model/plan.js";
import type { Entry, Line, Section, Source, Subject } from "./explanation.js";

export function explainParameters({ tool, source, container }: Subject): readonly Section[] {
  const entries = source.parameters.flatMap((parameter, index): readonly Entry[] => {
    const argument = tool.call.arguments[index];
    if (argument && "completed" in argument) return explainMembers(parameter, argument.completed);
    const filled =
      explainTag(parameter, source) ??
      explainCalled(parameter, tool) ??
      (argument && explainFilling(argument, container));
    if (!filled) return [];
    return [{ path: parameter.name, lines: [...explainType(parameter), { keyword: "filled by", origin: filled }] }];
  });
  return [{ title: "Injected", entries: [...explainInstance({ tool, source, container }), ...entries] }];
}

/** Members of an object that the client gives, or nobody. */
function explainMembers({ name }: ParameterModel, { contract, members }: Completion): readonly Entry[] {
  return members.map((member) => ({
    path: `${name}.${member}`,
    lines: [{ keyword: "filled by", origin: explainContract(contract) }],
  }));
}

/** What a method is called on. */
function explainInstance({
  tool,
  source,
  container,
}: Pick<Subject, "tool" | "source" | "container">): readonly Entry[] {
  const filled = tool.call.instance && explainFilling(tool.call.instance, container);
  if (!filled || !source.instance) return [];
  return [{ path: "this", lines: [{ keyword: "made by", value: source.instance.name, origin: filled }] }];
}

function explainType({ key, origins }: ParameterModel): readonly Line[] {
  const type = origins?.["type"];
  return type ? [{ keyword: "type", ...(key && { value: keyText(key) }), origin: type }] : [];
}

/** `@from` says it. */
function explainTag({ name }: ParameterModel, { docs }: FunctionModel): Source | undefined {
  const tag = docs.tags.find((each) => each.name === "from" && each.text.trim().split(/\s+/)[0] === name);
  return tag && { kind: "tag", text: `@from ${tag.text.trim()}`, span: tag.span };
}

/** A tool that the function calls itself. */
function explainCalled({ name }: ParameterModel, { steps = [] }: Subject["tool"]): Source | undefined {
  const called = steps.find(({ parameter, how }) => parameter === name && how !== "fills");
  return called && { kind: "contract", text: `tool ${called.tool}, for the function to call` };
}

function explainContract({ name }: ContractPlan): Source {
  return { kind: "contract", text: `contract ${name}, which the server hands to each call` };
}

/** Nothing for what a client sends. */
function explainFilling(argument: ArgumentPlan, container: Subject["container"]): Source | undefined {
  if (argument.kind === "contract") return explainContract(argument.contract);
  if (argument.kind === "absent") return { kind: "absent", text: "absent: nothing provides it" };
  if (argument.kind !== "dependency") return undefined;
  const entry = container?.entries.find(({ name }) => name === argument.name);
  if (!entry) return undefined;
  if (entry.source.kind === "config")
    return { kind: "provider", text: "the environment, read once at start", ...(entry.span && { span: entry.span }) };
  if (entry.source.kind === "runtime")
    return { kind: "contract", text: `${keyText(entry.key)} of ${entry.key.module}, which the server makes once` };
  const how = entry.source.kind === "lease" ? "one of its pool for each call" : entry.scope;
  return {
    kind: "provider",
    text: `provider ${entry.source.reference.export}, ${how}`,
    ...(entry.span && { span: entry.span }),
  };
}

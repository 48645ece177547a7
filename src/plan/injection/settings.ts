/** The parameters of a function that the environment fills → a configuration of their own in the container. */
import type { FunctionModel, ParameterModel } from "../../model/api.js";
import type { ConfigVariable } from "../../model/config.js";
import type { DependencyPlan } from "../../model/plan.js";
import { explainUnreadable } from "../../language/variable-types.js";
import { nameSettings } from "./entry-names.js";
import { findFrom, readFilling } from "./from-tags.js";

/** Undefined where there are none; one whose type no text of a variable can carry is not among them. */
export function planSettings(source: FunctionModel, names: Set<string>): DependencyPlan | undefined {
  const members = source.parameters.flatMap((parameter) => toMember(parameter, source));
  if (members.length === 0) return undefined;
  const { reference, span } = source;
  return {
    name: nameSettings(source, names),
    key: { name: source.name, module: reference.module, arguments: [] },
    scope: "singleton",
    group: 0,
    source: {
      kind: "config",
      reference: { module: reference.module, export: source.name },
      form: "value",
      arguments: [],
      members,
    },
    span,
  };
}

function toMember(parameter: ParameterModel, source: FunctionModel): readonly ConfigVariable[] {
  const from = findFrom(parameter, source);
  const filling = from && readFilling(from.written);
  if (filling?.kind !== "variable" || parameter.type.kind !== "servable" || parameter.rest) return [];
  const { type } = parameter.type;
  if (explainUnreadable(type) !== undefined) return [];
  const { name, optional, default: initial, description } = parameter;
  return [
    {
      kind: "variable",
      name,
      variable: filling.variable,
      type,
      optional: optional ? "absent" : false,
      secret: false,
      ...(initial !== undefined && { default: initial }),
      ...(description !== undefined && { description }),
    },
  ];
}

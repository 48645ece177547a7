/** A type tagged `@config` → its place in the container. */
import type { ConfigModel } from "../../model/api.js";
import { variablesOf } from "../../model/config.js";
import type { DependencyArgument, DependencyPlan } from "../../model/plan.js";
import { nameConfig } from "./entry-names.js";
import { isNominal } from "./nominal.js";

/** Read before anything is made, so that nobody has to wait for it. Adds its name to `names`. */
export function planConfig(config: ConfigModel, names: Set<string>): DependencyPlan {
  const { key, span, members } = config;
  return {
    name: nameConfig(config, names),
    key,
    scope: "singleton",
    group: 0,
    source: {
      kind: "config",
      reference: { module: span.file, export: key.name },
      form: "value",
      arguments: [],
      members,
    },
    span,
  };
}

/** A brand is in no variable: the function is given its word for it. */
export function referToConfig(name: string, { members }: ConfigModel): DependencyArgument {
  const cast = variablesOf(members).some(({ type }) => isNominal(type, {})) && { cast: true as const };
  return { kind: "dependency", name, ...cast };
}

/** What a tool is given → whether its result can depend on who calls it. */
import { builtInOf, rowOf } from "../../language/injected/injected.js";
import type { ArgumentPlan, DependencyPlan } from "../../model/plan.js";
import type { Graph } from "../injection/dependency-graph.js";

export function readsCaller(args: readonly ArgumentPlan[], { entries }: Graph): boolean {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  // Every entry comes after what it needs: there are no rings to beware of.
  const reads = (argument: ArgumentPlan): boolean => {
    if (argument.kind === "contract") return rowOf(argument.contract).readsCaller === true;
    const entry = argument.kind === "dependency" ? byName.get(argument.name) : undefined;
    return entry !== undefined && (keepsForCallers(entry) || entry.source.arguments.some(reads));
  };
  return args.some(reads);
}

function keepsForCallers({ source, key }: DependencyPlan): boolean {
  return source.kind === "runtime" && builtInOf(key)?.readsCaller === true;
}

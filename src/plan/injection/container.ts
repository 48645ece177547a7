/** The graph and the functions that are served → the part of the container that they need, in construction order. */
import { givenTo } from "../../model/filled.js";
import type { ArgumentPlan, ContainerPlan, DependencyPlan, ServedPlan } from "../../model/plan.js";
import type { Graph } from "./dependency-graph.js";

export function planContainer({ entries }: Graph, served: readonly ServedPlan[]): ContainerPlan | undefined {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const needed = new Set<DependencyPlan>();
  const need = (argument: ArgumentPlan): void => {
    const entry = argument.kind === "dependency" ? byName.get(argument.name) : undefined;
    if (!entry || needed.has(entry)) return;
    needed.add(entry);
    entry.source.arguments.forEach(need);
  };
  for (const { call } of served) givenTo(call).forEach(need);
  return needed.size === 0 ? undefined : { entries: entries.filter((entry) => needed.has(entry)) };
}

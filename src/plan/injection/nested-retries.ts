/** Functions and what they need → retries within retries, whose attempts multiply. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { FunctionModel } from "../../model/api.js";
import { givenTo } from "../../model/filled.js";
import type { ArgumentPlan, DependencyPlan, PolicyPlan, ServedPlan } from "../../model/plan.js";
import type { Graph } from "./dependency-graph.js";
import { readPolicyTags } from "../policies/policies.js";

export interface Planned {
  readonly source: FunctionModel;
  readonly plan: ServedPlan;
}

export function findNestedRetries(planned: readonly Planned[], { entries }: Graph): readonly Diagnostic[] {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return planned.flatMap(({ source, plan }) => {
    const outer = attemptsOf(plan.policies);
    if (outer === undefined) return [];
    const span = readPolicyTags(source.docs.tags).value.find(({ name }) => name === "retry")?.tag.span;
    return reachedBy(givenTo(plan.call), byName).flatMap(({ guard, key, span: provider }) => {
      const inner = attemptsOf(guard?.policies ?? []);
      if (inner === undefined) return [];
      const product = `${String(outer)} x ${String(inner)} = ${String(outer * inner)}`;
      const message = `\`${source.name}\` retries, and so does the \`${key.name}\` that it needs: ${product} calls`;
      const notes = provider ? [{ message: `\`${key.name}\` is made here`, span: provider }] : [];
      return [diagnostic("MG430", message, { span, notes })];
    });
  });
}

function attemptsOf(policies: readonly PolicyPlan[]): number | undefined {
  const attempts = policies.find(({ kind }) => kind === "retry")?.options["attempts"];
  return typeof attempts === "number" ? attempts : undefined;
}

/** What is needed of the container, and what that needs, each once. */
function reachedBy(
  args: readonly ArgumentPlan[],
  byName: ReadonlyMap<string, DependencyPlan>,
): readonly DependencyPlan[] {
  const reached = new Set<DependencyPlan>();
  const visit = (argument: ArgumentPlan): void => {
    const entry = argument.kind === "dependency" ? byName.get(argument.name) : undefined;
    if (!entry || reached.has(entry)) return;
    reached.add(entry);
    entry.source.arguments.forEach(visit);
  };
  args.forEach(visit);
  return [...reached];
}

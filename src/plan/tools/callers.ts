/** What a tool is given → whether its result can depend on who calls it. */
import type { ArgumentPlan, ContractName, DependencyPlan } from "../../model/plan.js";
import type { Graph } from "../injection/dependency-graph.js";

/** Whoever can be asked answers for himself. */
const telling: ReadonlySet<ContractName> = new Set<ContractName>([
  ...(["Context", "Caller", "RequestInfo", "Elicit", "Sample"] as const),
]);

/** Of the types that the runtime makes, those that hold something for each caller. */
const keeping: ReadonlySet<string> = new Set(["Cache"]);

export function readsCaller(args: readonly ArgumentPlan[], { entries }: Graph): boolean {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  // Every entry comes after what it needs: there are no rings to beware of.
  const reads = (argument: ArgumentPlan): boolean => {
    if (argument.kind === "contract") return telling.has(argument.contract);
    const entry = argument.kind === "dependency" ? byName.get(argument.name) : undefined;
    return entry !== undefined && (keepsForCallers(entry) || entry.source.arguments.some(reads));
  };
  return args.some(reads);
}

function keepsForCallers({ source, key }: DependencyPlan): boolean {
  return source.kind === "runtime" && keeping.has(key.name);
}

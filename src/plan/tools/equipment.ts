/** The tools and what the user has decided → what the server carries for them. */
import type { Config } from "../../config/config.js";
import type { ArgumentPlan, ContainerPlan, ContractName, Equipment, ToolPlan } from "../../model/plan.js";

/** By these a function notices its client: who it is, or that it has cancelled. */
const looksBack: ReadonlySet<ContractName> = new Set<ContractName>(["Context", "AbortSignal"]);

export function planEquipment(
  tools: readonly ToolPlan[],
  container: ContainerPlan | undefined,
  config: Config,
): Equipment {
  const calls = config.telemetry || !tools.every(isPlain);
  // What a provider takes, it takes for the tools that need what it makes.
  const taken = [
    ...tools.flatMap(({ call }) => call.arguments),
    ...(container?.entries ?? []).flatMap(({ source }) => source.arguments),
  ].flatMap(contractOf);
  return {
    calls,
    client: taken.includes("Context"),
    metrics: config.metrics ?? calls,
    sessions: config.sessions ?? taken.some((contract) => looksBack.has(contract)),
    telemetry: config.telemetry,
  };
}

/** Its function takes arguments and nothing else, and nothing is wrapped around it. */
function isPlain({ call, policies, batch }: ToolPlan): boolean {
  const takesMore = call.arguments.some(({ kind }) => kind === "contract" || kind === "dependency");
  return !takesMore && !call.worker && !batch && policies.length === 0;
}

function contractOf(argument: ArgumentPlan): readonly ContractName[] {
  return argument.kind === "contract" ? [argument.contract] : [];
}

/** The functions and what the user has decided → what the server carries for them. */
import type { Config } from "../../config/config.js";
import type { ContractName, Equipment, ServedPlan } from "../../model/plan.js";

/** By these a function notices its client: who it is, or that it has cancelled. */
const looksBack: ReadonlySet<ContractName> = new Set<ContractName>(["Context", "AbortSignal"]);

export function planEquipment(served: readonly ServedPlan[], config: Config): Equipment {
  const calls = config.telemetry || !served.every(isPlain);
  return {
    calls,
    metrics: config.metrics ?? calls,
    sessions: config.sessions ?? served.some(({ call }) => call.arguments.some(isLookingBack)),
    telemetry: config.telemetry,
  };
}

/** Its function takes arguments and nothing else, and nothing is wrapped around it. */
function isPlain({ call, policies, ...rest }: ServedPlan): boolean {
  const takesMore = call.arguments.some(({ kind }) => kind === "contract" || kind === "dependency");
  return !takesMore && !call.worker && !("batch" in rest) && policies.length === 0;
}

function isLookingBack(argument: ServedPlan["call"]["arguments"][number]): boolean {
  return argument.kind === "contract" && looksBack.has(argument.contract);
}

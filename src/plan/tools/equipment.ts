/** The tools and what the user has decided → what the server carries for them. */
import type { Config } from "../../config/config.js";
import type { ContainerPlan, ContractName, Equipment, ToolPlan } from "../../model/plan.js";

/** By these a function notices its client: who it is, or that it has cancelled. */
const looksBack: ReadonlySet<ContractName> = new Set<ContractName>(["Context", "AbortSignal"]);

export interface Served {
  readonly tools: readonly ToolPlan[];
  readonly container: ContainerPlan | undefined;
}

export function planEquipment({ tools, container }: Served, config: Config): Equipment {
  const calls = config.telemetry || !tools.every(isPlain);
  return {
    calls,
    metrics: config.metrics ?? calls,
    sessions: config.sessions ?? tools.some(({ call }) => call.arguments.some(isLookingBack)),
    telemetry: config.telemetry,
    auth: config.auth ?? (tools.some(({ scopes }) => scopes.length > 0) || needsCaller({ tools, container })),
  };
}

/** Its function takes arguments and nothing else, and nothing is wrapped around it. */
function isPlain({ call, policies, batch, scopes }: ToolPlan): boolean {
  const takesMore = call.arguments.some(({ kind }) => kind === "contract" || kind === "dependency");
  return !takesMore && !call.worker && !batch && policies.length === 0 && scopes.length === 0;
}

/** Without a token there is none over HTTP, and what cannot do without one would refuse every call. */
function needsCaller({ tools, container }: Served): boolean {
  const given = [...tools.map(({ call }) => call), ...(container?.entries ?? []).map(({ source }) => source)];
  return given.some((each) =>
    each.arguments.some((argument) => argument.kind === "contract" && argument.absence === "refused"),
  );
}

function isLookingBack(argument: ToolPlan["call"]["arguments"][number]): boolean {
  return argument.kind === "contract" && looksBack.has(argument.contract);
}

/** The functions and what the user has decided → what the server carries for them. */
import type { Config } from "../../config/config.js";
import { givenTo } from "../../model/filled.js";
import type { ArgumentPlan, ContainerPlan, ContractName, ServedPlan } from "../../model/plan.js";
import type { Equipment } from "../../model/project/project.js";

/** By these a function asks and tells its client. */
const asks: ReadonlySet<ContractName> = new Set<ContractName>(["Context", "Elicit", "Sample"]);

/** By these it notices its client: who it is, or that it has cancelled. */
const looksBack: ReadonlySet<ContractName> = new Set<ContractName>([...asks, "AbortSignal"]);

export interface Served {
  readonly served: readonly ServedPlan[];
  readonly container: ContainerPlan | undefined;
}

export function planEquipment({ served, container }: Served, config: Config): Equipment {
  const calls = config.telemetry || !served.every(isPlain);
  // What a provider takes, it takes for the functions that need what it makes.
  const given = [
    ...served.flatMap(({ call }) => call.arguments),
    ...(container?.entries ?? []).flatMap(({ source }) => source.arguments),
  ];
  const taken = given.flatMap(contractOf);
  return {
    calls,
    client: taken.some((contract) => asks.has(contract)),
    metrics: config.metrics ?? calls,
    // By its session a client is told apart that goes on with a stream.
    sessions: config.sessions ?? (served.some(isStream) || taken.some((contract) => looksBack.has(contract))),
    telemetry: config.telemetry,
    auth: config.auth ?? (served.some(({ scopes }) => scopes.length > 0) || given.some(needsCaller)),
  };
}

/** Its function takes arguments and nothing else, and nothing is wrapped around it. */
function isPlain({ call, policies, scopes, ...rest }: ServedPlan): boolean {
  const takesMore = givenTo(call).some(({ kind }) => kind === "contract" || kind === "dependency");
  return (
    !takesMore &&
    !call.worker &&
    !("batch" in rest) &&
    !("steps" in rest) &&
    !isStream(rest) &&
    policies.length === 0 &&
    scopes.length === 0
  );
}

function isStream(served: object): boolean {
  return "stream" in served;
}

/** Without a token there is none over HTTP, and what cannot do without one would refuse every call. */
function needsCaller(argument: ArgumentPlan): boolean {
  return argument.kind === "contract" && argument.absence === "refused";
}

function contractOf(argument: ArgumentPlan): readonly ContractName[] {
  return argument.kind === "contract" ? [argument.contract] : [];
}

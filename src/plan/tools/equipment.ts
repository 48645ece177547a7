/** The functions and what the user has decided → what the server carries for them. */
import type { Config } from "../../config/config.js";
import { isPure } from "../../model/effects.js";
import { givenTo } from "../../model/filled.js";
import { rowOf } from "../../language/injected/injected.js";
import { contractsIn, type ArgumentPlan, type ContainerPlan, type ServedPlan } from "../../model/plan.js";
import type { Planned } from "../injection/nested-retries.js";
import type { Equipment } from "../../model/project/project.js";

export interface Served {
  readonly served: readonly ServedPlan[];
  readonly container: ContainerPlan | undefined;
  /** What is served as it was found. */
  readonly planned: readonly Planned[];
}

export function planEquipment({ served, container, planned }: Served, config: Config): Equipment {
  const calls = config.telemetry || !served.every(isPlain);
  // What a provider takes, it takes for the functions that need what it makes.
  const given = [
    ...served.flatMap(({ call }) => call.arguments),
    ...(container?.entries ?? []).flatMap(({ source }) => source.arguments),
  ];
  const equipped = given.flatMap(equipmentOf);
  return {
    calls,
    client: equipped.includes("client"),
    // With telemetry all calls have a context, whose failures are told in full.
    failures: !config.telemetry && planned.some(({ source, plan }) => isPlain(plan) && !isPure(source.effects)),
    metrics: config.metrics ?? calls,
    // By its session a client is told apart that goes on with a stream.
    sessions: config.sessions ?? (served.some(isStream) || equipped.includes("sessions")),
    headers: served.some((each) => "headers" in each),
    telemetry: config.telemetry,
    auth: config.auth ?? (served.some(({ scopes }) => scopes.length > 0) || given.some(needsCaller)),
  };
}

/** Its function takes arguments and nothing else, and nothing is wrapped around it. */
function isPlain({ call, policies, scopes, ...rest }: ServedPlan): boolean {
  const takesMore = givenTo(call).some((each) => each.kind === "dependency" || contractsIn(each).length > 0);
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

/** Not for a signal among options, which a function can do without: a client that hangs up aborts it in any case. */
function equipmentOf(argument: ArgumentPlan): readonly (keyof Equipment)[] {
  return argument.kind === "contract" ? rowOf(argument.contract).equips : [];
}

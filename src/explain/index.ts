/** A plan whose model kept its origins, and the name of what is served → where each part of it comes from. */
import type { ApiModel, Role } from "../model/api.js";
import { referenceId } from "../model/keys.js";
import type { JsonObject } from "../model/json.js";
import { servedBy, type ServerPlan } from "../model/plan.js";
import type { ExplainedPlan, Explanation, ListedSchemas, Section, Subject } from "./explanation.js";
import { explainEffects } from "./effects.js";
import { explainArguments, explainResult } from "./schemas.js";
import { explainParameters } from "./parameters.js";
import { explainPolicies } from "./policies.js";
import { explainTool } from "./tool.js";

export type { Explanation, Line } from "./explanation.js";

/** In the order in which they are read; one that has nothing to say is left out. */
const sections: readonly ((subject: Subject) => readonly Section[])[] = [
  explainTool,
  explainArguments,
  explainParameters,
  explainResult,
  explainPolicies,
  explainEffects,
];

export interface Explained {
  readonly model: ApiModel;
  readonly plan: ServerPlan;
  readonly surface: ListedSurface;
}

/** The part of `surface.json` that is explained. */
export interface ListedSurface {
  readonly tools: readonly ListedSchemas[];
  /** By role and name, the schemas of what is not listed with its own. */
  readonly arguments?: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

/** Undefined for a name that nothing has. */
export function explain(name: string, { model, plan, surface }: Explained): Explanation | undefined {
  const tool: ExplainedPlan | undefined = servedBy(plan).find((each) => each.name === name);
  const callee = tool?.call.callee;
  const source = model.functions.find(
    ({ reference }) => callee !== undefined && referenceId(reference) === referenceId(callee),
  );
  const listed = source && findSchemas(surface, source.role, name);
  if (!tool || !source || !listed) return undefined;
  const { container, definitions } = plan;
  const subject: Subject = { tool, source, listed, container, definitions };
  const told = sections.flatMap((section) => section(subject)).filter(({ entries }) => entries.length > 0);
  return { tool: name, span: source.span, sections: told };
}

function findSchemas(surface: ListedSurface, role: Role, name: string): ListedSchemas | undefined {
  if (role === "tool") return surface.tools.find((each) => each.name === name);
  const inputSchema = surface.arguments?.[`${role}s`]?.[name];
  return inputSchema && { name, inputSchema };
}

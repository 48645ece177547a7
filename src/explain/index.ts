/** A plan whose model kept its origins, and a tool's name → where each part of the tool comes from. */
import type { ApiModel } from "../model/api.js";
import type { ServerPlan } from "../model/plan.js";
import type { Explanation, ListedTool, Section, Subject } from "./explanation.js";
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
  readonly listed: readonly ListedTool[];
}

/** Undefined for a name that no tool has. */
export function explain(name: string, { model, plan, listed }: Explained): Explanation | undefined {
  const tool = plan.tools.find((each) => each.name === name);
  const entry = listed.find((each) => each.name === name);
  const source = model.functions.find(
    ({ reference }) => reference.module === tool?.call.callee.module && reference.export === tool.call.callee.export,
  );
  if (!tool || !source || !entry) return undefined;
  const { container, definitions } = plan;
  const subject: Subject = { tool, source, listed: entry, container, definitions };
  const told = sections.flatMap((section) => section(subject)).filter(({ entries }) => entries.length > 0);
  return { tool: name, span: source.span, sections: told };
}

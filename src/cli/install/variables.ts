/** What a server reads from its environment → the variables without which it does not start. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { isNeeded, type ConfigMember, type ConfigVariable } from "../../model/config.js";
import type { ServerPlan } from "../../model/plan.js";

export interface RequiredVariable {
  /** In the environment: `API_KEY`. */
  readonly name: string;
  readonly secret: boolean;
  readonly description?: string;
}

/** Without those that the server finds in the file .env in its folder, which what a client sets would override. */
export function readRequired(plan: ServerPlan, output: string): readonly RequiredVariable[] {
  const path = join(output, ".env");
  const file = existsSync(path) ? parseEnv(readFileSync(path, "utf8").replace(/^\uFEFF/, "")) : {};
  return requiredVariables(plan).filter(({ name }) => !file[name]);
}

/** Each once, in the order of the container. */
function requiredVariables({ container }: ServerPlan): readonly RequiredVariable[] {
  const all = (container?.entries ?? []).flatMap(({ source }) => requiredOf(source.members ?? []));
  const names = all.map(({ variable }) => variable);
  const first = all.filter(({ variable }, index) => names.indexOf(variable) === index);
  return first.map(({ variable: name, secret, description }) => ({
    ...{ name, secret },
    ...(description !== undefined && { description }),
  }));
}

/** A group that may be left out needs none of its variables. */
function requiredOf(members: readonly ConfigMember[]): readonly ConfigVariable[] {
  return members.flatMap((member) => {
    if (member.kind === "group") return member.optional ? [] : requiredOf(member.members);
    return isNeeded(member) ? [member] : [];
  });
}

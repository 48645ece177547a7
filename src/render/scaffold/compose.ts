/** ServerPlan → compose.yaml: the image twice, behind a proxy, with the services that its functions need. */
import { posix } from "node:path";
import { isNeeded, type ConfigMember } from "../../model/config.js";
import type { ServerPlan } from "../../model/plan.js";
import { composeString } from "../code/text.js";
import { isConfig } from "../files/config-file.js";
import { fillFrame } from "../frames/frames.js";
import { packageName } from "./package-file.js";
import { databasePassword, serverVariables } from "./server-variables.js";

/** `runtime` are the files that the server has of templates/runtime. */
export function renderCompose(plan: ServerPlan, runtime: ReadonlySet<string>): string {
  const { context, place } = plan.project;
  const reads = (name: string): boolean => serverVariables.some((row) => row.name === name && runtime.has(row.usedBy));
  const hasDatabase = reads("DATABASE_URL");
  const hasRedis = reads("REDIS_URL");
  // Functions that are given a Redis as such decide themselves what is in it.
  const keepsRedis = runtime.has("redis/provide.ts");
  const services = [...(hasDatabase ? ["postgres"] : []), ...(hasRedis ? ["redis"] : [])];
  const volumes = [...(hasDatabase ? ["postgres"] : []), ...(keepsRedis ? ["redis"] : [])];
  return fillFrame("compose.yaml", {
    name: composeString(projectName(plan.name)),
    context: composeString(context),
    dockerfile: composeString(posix.join(place, "Dockerfile")),
    environment: environmentOf(plan, reads).map(([name, value]) => `${name}: ${value}`),
    services,
    hasServices: services.length > 0,
    hasDatabase,
    databasePassword: required(databasePassword.name),
    hasRedis,
    keepsRedis,
    losesRedis: hasRedis && !keepsRedis,
    volumes,
    hasVolumes: volumes.length > 0,
    hasSessions: plan.equipment.sessions,
  });
}

/** Docker wants letters, digits, dashes and underscores. */
function projectName(name: string): string {
  return packageName(name)
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[^a-z0-9]+/, "");
}

/** What the server does not start without, and what two of them have to agree on; the file's own value comes last and stands. */
function environmentOf({ container, equipment }: ServerPlan, reads: (name: string) => boolean): Environment {
  const configs = (container?.entries ?? []).filter(isConfig).flatMap(({ source }) => neededOf(source.members));
  const asked = [
    ...configs,
    ...(reads("MCP_STATE_KEY") ? ["MCP_STATE_KEY"] : []),
    // Without them a server with authorization serves its own machine alone.
    ...(equipment.auth ? ["MCP_AUTH_ISSUER", "MCP_AUTH_AUDIENCE"] : []),
  ];
  const given: Environment = [
    ["HOST", composeString("0.0.0.0")],
    ["PORT", composeString("3000")],
    // For development alone: an image refuses it.
    ...(equipment.auth ? [["MCP_AUTH_TOKEN", composeString("")] as const] : []),
    // The password stands apart, as a URL would not take each as it is.
    ...(reads("DATABASE_URL")
      ? [
          ["DATABASE_URL", composeString("postgres://server@postgres:5432/server")] as const,
          ["PGPASSWORD", required(databasePassword.name)] as const,
        ]
      : []),
    ...(reads("REDIS_URL") ? [["REDIS_URL", composeString("redis://redis:6379")] as const] : []),
  ];
  return [...new Map([...asked.map((name) => [name, required(name)] as const), ...given])];
}

type Environment = readonly (readonly [name: string, value: string])[];

/** Of a group that may be left out as a whole, none. */
function neededOf(members: readonly ConfigMember[]): readonly string[] {
  return members.flatMap((member) => {
    if (member.kind === "group") return member.optional ? [] : neededOf(member.members);
    return isNeeded(member) ? [member.variable] : [];
  });
}

/** Names of variables are letters, digits and underscores. */
function required(name: string): string {
  return `"\${${name}:?write it to .env, as .env.example says}"`;
}

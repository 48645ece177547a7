/** ServerPlan → server.json: what the MCP registry is told of the server, for `mcp-publisher publish`. */
import { isNeeded, type ConfigMember, type ConfigVariable } from "../../model/config.js";
import type { JsonObject } from "../../model/json.js";
import type { ServerPlan } from "../../model/plan.js";
import type { ServerVariable } from "../../language/injected/injected-row.js";
import { jsonFile } from "../code/json-file.js";
import { isConfig, type ConfigEntry } from "../files/config-file.js";
import { variableText } from "../schemas/variable-zod.js";
import { firstVersion, packageName } from "./package-file.js";
import { serverVariables } from "./server-variables.js";

const schema = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json";

/** The registry refuses longer titles and descriptions. */
const longest = 100;

/** `runtime` are the files that the server has of templates/runtime. Undefined without a name in the registry. */
export function renderServerJson(plan: ServerPlan, runtime: ReadonlySet<string>): string | undefined {
  const { registry, title, description = "An MCP server." } = plan;
  if (registry === undefined) return undefined;
  const environmentVariables = describeVariables(plan, runtime);
  return jsonFile({
    $schema: schema,
    name: registry,
    ...(title !== undefined && { title: shorten(title) }),
    description: shorten(description),
    version: firstVersion,
    packages: [
      {
        registryType: "npm",
        identifier: packageName(plan.name),
        version: firstVersion,
        transport: { type: "stdio" },
        ...(environmentVariables.length > 0 && { environmentVariables }),
      },
    ],
  });
}

/** At a word's end. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  const characters = [...line];
  if (characters.length <= longest) return line;
  const cut = characters.slice(0, longest - 1).join("");
  return `${cut.replace(/\s+\S*$/, "")}…`;
}

/** In the order of .env.example, each once. */
function describeVariables({ container }: ServerPlan, runtime: ReadonlySet<string>): readonly JsonObject[] {
  const own = serverVariables.filter((row) => runtime.has(row.usedBy) && !isOfHttp(row));
  const all = [...(container?.entries ?? []).filter(isConfig).flatMap(describeConfig), ...own.map(describeRow)];
  return [...new Map(all.toReversed().map((each) => [each["name"], each])).values()].toReversed();
}

/** A client starts the package over stdio. */
function isOfHttp({ usedBy }: ServerVariable): boolean {
  return /^(?:http|auth)\/|^entry\/command\.ts$/.test(usedBy);
}

function describeRow({ name, docs, required, secret, default: initial }: ServerVariable): JsonObject {
  return {
    ...{ name, description: docs },
    ...(required && { isRequired: true }),
    ...(secret && { isSecret: true }),
    ...(initial !== undefined && { default: initial }),
  };
}

function describeConfig({ source, key }: ConfigEntry): readonly JsonObject[] {
  return describeMembers(source.members, { type: key.name, path: "", leavable: false });
}

interface Place {
  readonly type: string;
  readonly path: string;
  /** A group around it may be left out as a whole. */
  readonly leavable: boolean;
}

function describeMembers(members: readonly ConfigMember[], place: Place): readonly JsonObject[] {
  return members.flatMap((member) => {
    const path = place.path + member.name;
    if (member.kind === "variable") return [describeVariable(member, { ...place, path })];
    const leavable = place.leavable || member.optional;
    return describeMembers(member.members, { ...place, path: `${path}.`, leavable });
  });
}

function describeVariable(variable: ConfigVariable, { type, path, leavable }: Place): JsonObject {
  const { variable: name, description, secret, default: initial } = variable;
  return {
    ...{ name, description: description ?? `\`${path}\` of ${type}.` },
    ...(!leavable && isNeeded(variable) && { isRequired: true }),
    ...(secret && { isSecret: true }),
    ...(initial !== undefined && !secret && { default: variableText(initial) }),
  };
}

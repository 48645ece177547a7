/** The configurations of a container → generated/config.ts: from which variable each member is read, and what it may be. */
import type { ConfigMember, ConfigVariable } from "../../model/config.js";
import type { DependencyPlan, DependencySource } from "../../model/plan.js";
import { atom, call, object, type Code, type Entry } from "../code/code.js";
import { stringToCode } from "../code/json-code.js";
import { layOut } from "../code/layout.js";
import { createModule } from "../code/module.js";
import { fillFrame } from "../frames/frames.js";
import { propertyKey } from "../code/text.js";
import { variableToZod, type VariableScope } from "../schemas/variable-zod.js";
import { textWidth } from "../code/width.js";

export interface ConfigEntry extends DependencyPlan {
  readonly source: DependencySource & Required<Pick<DependencySource, "members">>;
}

export function isConfig(entry: DependencyPlan): entry is ConfigEntry {
  return entry.source.members !== undefined;
}

/** The name that the file exports; entries' names are identifiers, and unique. */
export function configConstant({ name }: DependencyPlan): string {
  return `${name}Variables`;
}

export interface ConfigFile {
  readonly text: string;
  readonly imports: readonly string[];
}

export function renderConfig(entries: readonly ConfigEntry[]): ConfigFile {
  const module = createModule(entries.map(configConstant));
  const z = module.use({ from: "zod", name: "z" });
  const scope: MemberScope = {
    z,
    codec: (name) => module.use({ from: "./runtime/codecs/index.js", name }),
    text: (name) => module.use({ from: "./runtime/config/texts.js", name }),
    define: (name) => module.use({ from: "./runtime/config/define.js", name }),
  };
  const definitions = entries.map((entry) => renderDefinition(entry, scope));
  const text = fillFrame("config.ts", { imports: module.imports(), definitions: definitions.join("\n\n") });
  return { text, imports: module.specifiers() };
}

interface MemberScope extends VariableScope {
  /** The local name of something that the runtime's config/define.ts exports. */
  define(name: keyof typeof import("../../../templates/runtime/config/define.js")): string;
}

function renderDefinition(entry: ConfigEntry, scope: MemberScope): string {
  const { reference, members } = entry.source;
  const head = `export const ${configConstant(entry)} = `;
  const definition = call(scope.define("defineConfig"), [
    object([
      { key: "name", value: stringToCode(reference.export) },
      { key: "source", value: stringToCode(reference.module) },
      { key: "members", value: renderMembers(members, scope) },
    ]),
  ]);
  return `${head}${layOut(definition, { indent: 0, column: textWidth(head), rest: 1 })};`;
}

function renderMembers(members: readonly ConfigMember[], scope: MemberScope): Code {
  return object(
    members.map((member): Entry => {
      const code = member.kind === "group" ? renderMembers(member.members, scope) : renderVariable(member, scope);
      const key = propertyKey(member.name);
      return { key, value: isLeftOut(member) ? call(scope.define("optional"), [code]) : code };
    }),
  );
}

function renderVariable(variable: ConfigVariable, scope: MemberScope): Code {
  const schema = variableToZod(variable, scope);
  return call(scope.define(variable.secret ? "secret" : "variable"), [
    atom(stringToCode(variable.variable).flat, "string"),
    schema,
  ]);
}

/** A default, or null, is always there. */
function isLeftOut(member: ConfigMember): boolean {
  if (member.kind === "group") return member.optional;
  const isNullable = member.type.kind === "union" && member.type.members.some(({ kind }) => kind === "null");
  return member.optional === "absent" && member.default === undefined && !isNullable;
}

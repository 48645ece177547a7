/** What a server reads from its environment → .env.example: each variable with its docs, secrets empty, defaults commented out. */
import { upperFirst } from "../../model/text.js";
import { isNeeded, type ConfigMember, type ConfigVariable } from "../../model/config.js";
import type { JsonValue } from "../../model/json.js";
import type { ContainerPlan } from "../../model/plan.js";
import { isConfig, type ConfigEntry } from "../files/config-file.js";
import { databasePassword, serverVariables } from "./server-variables.js";
import { variableText } from "../schemas/variable-zod.js";
import { describeType } from "./variable-words.js";

/** Where lines of prose end. */
const columns = 100;

const head = `The environment variables of the server. In development it reads them from a copy of this file named .env, too, which overrides no variable that is set. With NODE_ENV=production only the environment counts. An empty variable counts as not set; a line that is commented out shows the default.`;

/** `runtime` are the files that the server has of templates/runtime. */
export function renderEnvExample(container: ContainerPlan | undefined, runtime: ReadonlySet<string>): string {
  const taken = new Set<string>();
  const claim = ({ name }: { readonly name: string }): boolean => !taken.has(name) && taken.add(name).has(name);
  const configs = (container?.entries ?? []).filter(isConfig).flatMap((entry) => describeConfig(entry).filter(claim));
  const own = [...serverVariables, databasePassword].filter(({ usedBy }) => runtime.has(usedBy)).filter(claim);
  const server = own.map(({ name, docs, default: initial }) => ({ name, docs, line: lineOf(name, initial) }));
  const blocks = [...configs, ...server].map(({ docs, line }) => [...comment(docs), line].join("\n"));
  return `${[comment(head).join("\n"), ...blocks].join("\n\n")}\n`;
}

interface Described {
  readonly name: string;
  readonly docs: string;
  readonly line: string;
}

function describeConfig({ source, key }: ConfigEntry): readonly Described[] {
  return describeMembers(source.members, { type: key.name, path: "" });
}

/** Where a member stands. */
interface Place {
  readonly type: string;
  readonly path: string;
  /** The group that may be left out as a whole. */
  readonly leavable?: string;
}

function describeMembers(members: readonly ConfigMember[], { type, path, leavable }: Place): readonly Described[] {
  return members.flatMap((member) => {
    const inside = path + member.name;
    if (member.kind === "variable")
      return [describeVariable(member, { type, path: inside, ...(leavable && { leavable }) })];
    const group = member.optional ? inside : leavable;
    return describeMembers(member.members, { type, path: `${inside}.`, ...(group && { leavable: group }) });
  });
}

function describeVariable(variable: ConfigVariable, place: Place): Described {
  const { variable: name, description, type, default: initial, secret } = variable;
  const facts = [`${upperFirst(describeType(type))}.`, ...(secret ? ["Secret."] : []), presence(variable, place)];
  const docs = [description ?? `\`${place.path}\` of ${place.type}.`, facts.join(" ")].join("\n");
  return { name, docs, line: lineOf(name, secret ? undefined : initial) };
}

/** Whether the server starts without it. */
function presence(variable: ConfigVariable, { leavable }: Place): string {
  const { default: initial, examples: [example] = [], secret } = variable;
  if (initial !== undefined) return "It has a default.";
  const required = leavable === undefined ? "Required." : `Required where anything of \`${leavable}\` is set.`;
  const need = isNeeded(variable) ? required : "Optional.";
  return example === undefined || secret ? need : `${need} For example ${variableText(example)}`;
}

function lineOf(name: string, initial: JsonValue | undefined): string {
  const text = initial === undefined ? "" : quote(variableText(initial));
  return text === "" ? `${name}=` : `# ${name}=${text}`;
}

/** What begins or ends with blanks, or holds a `#`, a quote or a line end, would be read as something else. */
function quote(text: string): string {
  if (/^[^\s#"'`\\]([^#"'`\\\n\r]*[^\s#"'`\\])?$/.test(text)) return text;
  const mark = ["'", '"', "`"].find((each) => !text.includes(each));
  return mark === undefined || /[\r\n]/.test(text) ? "" : `${mark}${text}${mark}`;
}

function comment(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .flatMap(wrap)
    .map((line) => (line === "" ? "#" : `# ${line}`));
}

function wrap(text: string): readonly string[] {
  const lines = [""];
  for (const word of text.trim().split(/\s+/)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}

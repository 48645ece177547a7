/** The answers → the edits of the user's files: mcpgen.json, package.json, and what keeps other programs out of the output. */
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { JsonValue } from "../../model/json.js";
import type { Edits } from "./edits.js";
import { findNeighbours } from "../../neighbours/index.js";
import { isRecord } from "./edits.js";
import { generatorEntries, type Origin } from "./origin.js";

export interface Answers {
  /** Relative to the root, as the output is. */
  readonly source: string;
  readonly output: string;
  readonly expose: "all" | "tagged";
  /** Absent where all are served. */
  readonly functions: readonly string[] | undefined;
  readonly scripts: boolean;
  /** Whether configs of the compiler, of tests and of the linter may be edited. */
  readonly host: boolean;
}

export interface Proposed {
  readonly root: string;
  readonly edits: Edits;
  readonly origin: Origin;
  /** Of the survey: what can be mended in a tsconfig. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What is left to the user, a line each. */
export function proposeEdits(answers: Answers, proposed: Proposed): readonly string[] {
  const { root, edits, diagnostics } = proposed;
  configure(answers, edits);
  const left = answers.scripts ? addScripts(proposed) : [];
  if (!answers.host) return left;
  for (const { code, fix } of diagnostics)
    if (code === "MG114" && fix && "path" in fix) edits.set(fix.file, fix.path, fix.value);
  return [...left, ...excludeOutput(root, answers.output, edits)];
}

/** Adds to the edits; what is returned is left to the user. */
export function excludeOutput(root: string, output: string, edits: Edits): readonly string[] {
  if (output === "." || output.startsWith("..")) return [];
  return findNeighbours({ root, output, read: edits.text }).flatMap(({ file, isMissing, line, edit }) => {
    if (!edit) return [`${file}${isMissing ? " (a new one)" : ""}: ${line}`];
    if ("path" in edit) edits.set(file, edit.path, edit.value);
    else edits.write(file, addLine(edits.text(file) ?? "", edit.line));
    return [];
  });
}

function addLine(text: string, line: string): string {
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`;
}

function configure({ source, output, expose, functions }: Answers, edits: Edits): void {
  const now = edits.json("mcpgen.json") ?? {};
  const wanted: readonly (readonly [string, JsonValue | undefined])[] = [
    ["source", source],
    ["out", output],
    ["expose", expose === "all" && now["expose"] === undefined ? undefined : expose],
    ["functions", functions],
  ];
  for (const [key, value] of wanted)
    if (JSON.stringify(now[key]) !== JSON.stringify(value)) edits.set("mcpgen.json", [key], value);
}

function addScripts({ root, edits, origin }: Proposed): readonly string[] {
  const { script, devDependencies } = generatorEntries(origin, root);
  const manifest = edits.json("package.json") ?? {};
  const scripts = isRecord(manifest["scripts"]) ? manifest["scripts"] : {};
  const wanted = { "mcp:build": script, "mcp:check": script.replace(/build$/, "check") };
  const taken = Object.entries(wanted).filter(([name, line]) => scripts[name] !== undefined && scripts[name] !== line);
  for (const [name, line] of Object.entries(wanted))
    if (scripts[name] === undefined) edits.set("package.json", ["scripts", name], line);
  const lists = [manifest["dependencies"], manifest["devDependencies"]].filter(isRecord);
  for (const [name, version] of Object.entries(devDependencies))
    if (!lists.some((list) => name in list)) edits.set("package.json", ["devDependencies", name], version);
  return taken.map(([name, line]) => `package.json has a script \`${name}\` already: \`${line}\` under another name`);
}

/** What a build came to → the few lines that say so. */
import type { Outcome } from "../../pipeline.js";
import { shorten } from "./shown-paths.js";
import { commandsOf } from "../../model/project/package-manager.js";
import { shellWord } from "../../model/shell.js";
import { servedBy } from "../../model/plan.js";
import { tokensOf } from "../../model/tokens.js";
import { readSurface, readTools, totalTokens } from "./committed-surface.js";
import { grouped, plural } from "./counts.js";
import { changeToJson, countChanges, gravest } from "./surface-text.js";

export interface Timing {
  readonly cwd: string;
  /** Since the process began, as its user waited for it. */
  readonly seconds: number;
  /** How many warnings of this build the user has accepted. */
  readonly accepted?: number;
}

export function summarize(outcome: Outcome, timing: Timing): string {
  const { changes, unchanged } = outcome;
  if (unchanged) return upToDate(outcome, timing, outcome);
  if (!changes) return "";
  return [
    `${direction(outcome, timing.cwd)}   ${extent(outcome)}, ${duration(timing.seconds)}`,
    `  ${surface(outcome)}`,
    `  ${written(outcome)}${surfaceChanges(outcome)}`,
    ...gravest(outcome.surface ?? [], { root: outcome.root, cwd: timing.cwd }).map((line) => `  ${line}`),
    ...leftOut(outcome),
    ...(timing.accepted ? [`  ${plural(timing.accepted, "warning")} accepted (--verbose shows them)`] : []),
    ...(outcome.fixed ?? []).map((path) => `  fixed ${path}`),
    ...backup(outcome, timing.cwd),
    ...nextSteps(outcome, timing.cwd),
  ].join("\n");
}

/** The line of it that matters most. */
export function summarizeBriefly(outcome: Outcome, timing: Timing): string {
  const { changes, unchanged } = outcome;
  if (unchanged) return summarize(outcome, timing);
  return changes ? `${direction(outcome, timing.cwd)}   ${written(outcome)}, ${duration(timing.seconds)}` : "";
}

function leftOut({ leftOut: names = [] }: Outcome): readonly string[] {
  if (names.length === 0) return [];
  return [`  left out ${plural(names.length, "function")}: ${names.map((name) => `\`${name}\``).join(", ")}`];
}

interface Standing {
  readonly warnings?: number;
  readonly accepted?: number;
}

/** Warnings are counted, because nobody sees them again until something changes. */
export function upToDate(outcome: Outcome, { cwd, seconds }: Timing, standing: Standing): string {
  const { warnings = 0, accepted = 0 } = standing;
  const warned = `${warnings > 0 ? `, ${plural(warnings, "warning")}` : ""}${accepted > 0 ? `, ${grouped(accepted)} accepted` : ""}`;
  const left = leftOut(outcome).map((line) => `\n${line}`);
  return `${direction(outcome, cwd)}   up to date${warned}, ${duration(seconds)}${left.join("")}`;
}

/** The same for programs. */
export function summaryToJson(outcome: Outcome, cwd: string): Record<string, unknown> {
  const { source, output, changes, backup, model, unchanged } = outcome;
  const tools = readTools(outcome);
  return {
    status: changes || unchanged ? (isQuiet(outcome) ? "unchanged" : "written") : "failed",
    source: source && shorten(source, cwd),
    output: output && shorten(output, cwd),
    functions: model?.functions.length,
    tools: tools?.map((tool) => ({ name: tool.name, tokens: tokensOf(tool) })),
    changes: changes?.filter((change) => change.kind !== "unchanged").map(({ kind, path }) => ({ kind, path })),
    surface: outcome.surface?.map(changeToJson),
    backup,
    fixed: outcome.fixed,
    warnings: outcome.warnings,
    accepted: outcome.accepted,
    leftOut: outcome.leftOut,
  };
}

/** `src → server`, as seen from where the user stands. */
export function direction({ source, output }: Outcome, cwd: string): string {
  return `${shorten(source ?? "", cwd)} → ${shorten(output ?? "", cwd)}`;
}

export function duration(seconds: number): string {
  return `${seconds.toFixed(seconds < 0.095 ? 2 : 1)} s`;
}

function extent({ model, plan }: Outcome): string {
  const modules = new Set(model?.functions.map((each) => each.reference.module));
  const functions = model?.functions.length ?? (plan ? servedBy(plan).length : 0);
  return `${plural(functions, "function")} in ${plural(modules.size, "file")}`;
}

function surface(outcome: Outcome): string {
  const { tools = [], resources = [], resourceTemplates = [], prompts = [] } = readSurface(outcome) ?? {};
  const read = resources.length + resourceTemplates.length;
  const counts = [
    plural(tools.length, "tool"),
    ...(read > 0 ? [plural(read, "resource")] : []),
    ...(prompts.length > 0 ? [plural(prompts.length, "prompt")] : []),
  ];
  return `${counts.join(" · ")}      tools/list costs ${plural(totalTokens(tools), "token")}`;
}

function surfaceChanges({ surface: found = [] }: Outcome): string {
  return found.length === 0 ? "" : `      surface: ${countChanges(found)}`;
}

function written(outcome: Outcome): string {
  const shown = outcome.changes?.filter(({ path }) => !isBase(path)) ?? [];
  const count = (...kinds: readonly string[]) => shown.filter((change) => kinds.includes(change.kind)).length;
  const [changed, removed, same] = [count("create", "update"), count("delete"), count("unchanged")];
  const merged = shown.filter((change) => change.kind === "update" && change.owner === "scaffold");
  const again = outcome.changes?.filter((change) => change.kind === "create" && change.again) ?? [];
  if (isQuiet(outcome)) return "up to date";
  return [
    ...(changed > 0 ? [`wrote ${plural(changed, "file")}`] : []),
    ...(removed > 0 ? [`deleted ${grouped(removed)}`] : []),
    ...(merged.length > 0 ? [`merged into ${nameSome(merged.map(({ path }) => path))}`] : []),
    ...(again.length > 0 ? [`${nameSome(again.map(({ path }) => path))} again, which had been deleted`] : []),
    ...(same > 0 ? [`${grouped(same)} unchanged`] : []),
  ].join(", ");
}

/** What is kept for the next merge is nothing that anybody looks for. */
function isBase(path: string): boolean {
  return path.startsWith(".mcpgen/");
}

/** The first three of them. */
function nameSome(paths: readonly string[]): string {
  const rest = paths.length - 3;
  return [...paths.slice(0, 3), ...(rest > 0 ? [`${grouped(rest)} more`] : [])].join(" and ");
}

function isQuiet({ changes }: Outcome): boolean {
  return changes?.every((change) => change.kind === "unchanged") ?? true;
}

function backup({ backup: folder, output }: Outcome, cwd: string): readonly string[] {
  if (folder === undefined || output === undefined) return [];
  return [`  what was overwritten is in ${shorten(`${output}/${folder}`, cwd)}`];
}

/** After the first build all that is left to do; later only what a build cannot do itself. */
function nextSteps({ changes, output, plan }: Outcome, cwd: string): readonly string[] {
  const manifest = changes?.find((change) => change.path === "package.json");
  if (output === undefined || !plan || (manifest?.kind !== "create" && manifest?.kind !== "update")) return [];
  if (manifest.kind === "update" && packagesIn(manifest.before) === packagesIn(manifest.text)) return [];
  const folder = shorten(output, cwd);
  const { install, script } = commandsOf(plan.project.packageManager);
  const enter = folder === "." ? [] : [`  cd ${shellWord(folder)}`];
  if (manifest.kind === "update") return ["", "The server needs packages that are new:", ...enter, `  ${install}`];
  return ["", "Next:", ...enter, `  ${install}`, `  ${script("test")}`, `  ${script("build")} && ${script("start")}`];
}

/** What an install reads of a package.json; all of a text that is no JSON. */
function packagesIn(text: string): string {
  try {
    const { dependencies, devDependencies } = JSON.parse(text.replace(/^\uFEFF/, "")) as Readonly<
      Record<string, unknown>
    >;
    return JSON.stringify([dependencies, devDependencies]);
  } catch {
    return text;
  }
}

/** `mcpgen init`: an existing project → what of it can be served, a choice, the files that say so, and the first build. */
import { relative, resolve } from "node:path";
import { isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { generate, survey, type Outcome } from "../pipeline.js";
import type { SurveyedFunction } from "../survey.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { askFunctions, askOutput, askSource, askWrite } from "./init/ask.js";
import { candidatesOf, entriesFor } from "./init/choice.js";
import { collectEdits, type Edits, type FileEdit } from "./init/edits.js";
import { functionToJson, listFunctions } from "./init/listing.js";
import { findOrigin } from "./init/origin.js";
import { findProject, findSources, proposeOutput, readSettings, slashes } from "./init/place.js";
import { nameSource } from "../config/sources.js";
import { proposeEdits, type Answers } from "./init/proposal.js";
import { nameEdits, showEdits } from "./init/show-edits.js";
import { writeEdits } from "./init/write-edits.js";
import { thisProcess } from "./owner.js";
import type { Reporter } from "./output/reporter.js";
import { plural } from "./output/counts.js";
import { stageText } from "./output/stages.js";
import { summarize, summaryToJson } from "./output/summary.js";
import type { Invocation } from "./usage/program.js";

type Asked = Extract<Invocation, { readonly kind: "init" }>;

/** The project, before anything is decided. */
interface Setting {
  readonly asked: Asked;
  readonly reporter: Reporter;
  readonly start: string;
  readonly root: string;
  readonly edits: Edits;
  readonly settings: Readonly<Record<string, unknown>>;
  /** A person can be asked. */
  readonly talks: boolean;
}

/** Why it goes no further, and the exit code. */
interface Stop {
  readonly kind: "stop";
  readonly code: number;
  readonly reason: string;
  readonly diagnostics?: readonly Diagnostic[];
}

export const runInit: Command<"init"> = async (asked, reporter) => {
  const start = resolve(asked.folder ?? ".");
  const root = findProject(start);
  if (root === undefined)
    return tellStop(reporter, process.cwd(), {
      ...stop(2, "there is no package.json here or above; `npm create mcp-server` starts a new project"),
    });
  const edits = collectEdits(root);
  if (!edits.json("package.json")) return tellStop(reporter, root, stop(1, "`package.json` is not a JSON object"));
  const talks = !asked.yes && !asked.json && process.stdin.isTTY && process.stdout.isTTY;
  const setting: Setting = { asked, reporter, start, root, edits, settings: readSettings(edits), talks };
  const decided = await decide(setting);
  return decided.kind === "stop" ? tellStop(reporter, root, decided) : await carryOut(setting, decided);
};

interface Decided {
  readonly kind: "decided";
  readonly answers: Answers;
  readonly functions: readonly SurveyedFunction[];
  /** How many that can be served are tagged, where only these are to be. */
  readonly tagged?: number;
  readonly listing: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

async function decide(setting: Setting): Promise<Decided | Stop> {
  const { asked, root, settings, reporter } = setting;
  const named = await nameSources(setting);
  if (named === undefined) return cancelled;
  const [first, ...others] = named;
  if (first === undefined) return stop(2, "no folder src, lib or app holds TypeScript; name the source with --source");
  const { folder: absolute, scope } = nameSource([first, ...others]);
  const source = slashes(relative(root, absolute)) || ".";
  const output = await nameOutput(setting);
  if (output === undefined) return cancelled;
  const isKept = keepsChoice(setting);
  const expose = asked.expose ?? (isKept && settings["expose"] === "tagged" ? "tagged" : "all");
  const kept = isKept ? textsOf(settings["functions"]) : undefined;
  const wanted = asked.files ?? kept ?? scope;
  const sight = { source, output, functions: wanted ?? ["**"] };
  const seen = await look(setting, { ...sight, expose: "all" });
  if (seen.kind === "stop") return seen;
  const { functions, folder, diagnostics } = seen;
  const listing = listFunctions(candidatesOf(functions), { source: folder, detail: asked.detail });
  if (setting.talks) reporter.remark(listing.join("\n"));
  const asks = setting.talks && asked.files === undefined && asked.expose === undefined;
  const picked = asks ? await askFunctions(functions, folder) : undefined;
  if (asks && picked === undefined) return cancelled;
  const isTagged = (picked?.kind ?? expose) === "tagged";
  const served = functions.filter(({ fate }) => fate === "served");
  if (served.length === 0 && !isTagged)
    return { ...stop(1, "nothing here can be served"), diagnostics: diagnostics.filter(isError) };
  const tagged = isTagged ? await look(setting, { ...sight, expose: "tagged" }) : undefined;
  if (tagged?.kind === "stop") return tagged;
  const chosen = picked?.kind === "functions" ? picked.functions : new Set(served);
  const entries = isTagged ? wanted : (entriesFor(functions, chosen, folder) ?? wanted);
  const { scripts, host } = asked;
  const answers = {
    ...{ source, output, functions: entries, scripts, host },
    expose: isTagged ? ("tagged" as const) : ("all" as const),
  };
  const tools = tagged?.functions.filter(({ fate }) => fate === "served");
  return { kind: "decided", answers, functions, listing, diagnostics, ...(tools && { tagged: tools.length }) };
}

/** A choice that mcpgen.json holds stands, unless somebody makes another. */
function keepsChoice({ asked, settings, talks }: Setting): boolean {
  const isAnother = talks || asked.source !== undefined || asked.files !== undefined || asked.expose !== undefined;
  return settings["source"] !== undefined && !isAnother;
}

/** Absolute; undefined where the person cancelled. */
async function nameSources({ asked, root, start, settings, talks }: Setting): Promise<readonly string[] | undefined> {
  if (asked.source) return asked.source.map((path) => resolve(start, path));
  if (typeof settings["source"] === "string") return [resolve(root, settings["source"])];
  const found = findSources(root);
  const answer = talks ? await askSource(found) : found[0];
  if (answer === undefined) return talks ? undefined : [];
  return [resolve(root, answer)];
}

/** Relative to the root. */
async function nameOutput({ asked, root, start, settings, talks }: Setting): Promise<string | undefined> {
  const wayTo = (path: string) => slashes(relative(root, path)) || ".";
  if (asked.out !== undefined) return wayTo(resolve(start, asked.out));
  if (typeof settings["out"] === "string") return settings["out"];
  const proposed = proposeOutput(root);
  if (!talks) return proposed;
  const answer = await askOutput(proposed);
  return answer && wayTo(resolve(root, answer));
}

interface Seen {
  readonly kind: "seen";
  readonly functions: readonly SurveyedFunction[];
  /** The source as the paths of the survey have it. */
  readonly folder: string;
  /** The files that can be mended are those of the root. */
  readonly diagnostics: readonly Diagnostic[];
}

type Sight = Pick<Answers, "source" | "output" | "expose" | "functions">;

async function look({ root, reporter }: Setting, sight: Sight): Promise<Seen | Stop> {
  const { source, output, expose, functions } = sight;
  const { value, diagnostics } = await survey({
    ...{ cwd: root, source, output, expose, functions },
    onStage: (stage) => reporter.status(stageText(stage)),
  });
  if (!value.survey) return { ...stop(1, "the project cannot be read"), diagnostics: diagnostics.filter(isError) };
  const way = slashes(relative(root, value.root));
  const placed = diagnostics.map((found) =>
    found.fix && way !== "" ? { ...found, fix: { ...found.fix, file: `${way}/${found.fix.file}` } } : found,
  );
  const folder = slashes(relative(value.root, resolve(root, source))) || ".";
  return { kind: "seen", functions: value.survey, folder, diagnostics: placed };
}

async function carryOut(setting: Setting, decided: Decided): Promise<number> {
  const { asked, reporter, root, edits, talks } = setting;
  const { answers } = decided;
  const left = proposeEdits(answers, { root, edits, origin: findOrigin(), diagnostics: decided.diagnostics });
  const changed = edits.list();
  const isFull = talks || asked.dryRun || asked.detail === "full";
  const shown = describeEdits(isFull ? showEdits(changed) : nameEdits(changed), left);
  if (talks) reporter.remark(shown.join("\n"));
  const listed = talks ? [] : [...decided.listing, "", ...shown];
  if (asked.dryRun) return tell(setting, { decided, changed, left, listed });
  if (talks && changed.length > 0 && !(await askWrite())) return tellStop(reporter, root, cancelled);
  const problem = writeEdits(root, changed);
  if (problem !== undefined) return tellStop(reporter, root, stop(1, problem));
  if (!asked.build || isEmpty(decided))
    return tell(setting, { decided, changed, left, listed: [...listed, "", ...next(setting, decided)] });
  // The time that a person takes to answer is not the build's.
  const started = performance.now();
  const outcome = await generate({
    cwd: root,
    owner: thisProcess,
    onStage: (stage) => reporter.status(stageText(stage)),
  });
  // What is left to be added by hand has been told by then.
  const diagnostics = outcome.diagnostics.filter(({ code }) => !answers.host || code !== "MG118");
  const built = { value: outcome.value, diagnostics, seconds: (performance.now() - started) / 1000 };
  return tell(setting, { decided, changed, left, listed, built });
}

function describeEdits(changed: readonly string[], left: readonly string[]): readonly string[] {
  return [
    ...(changed.length === 0 ? ["mcpgen.json and what is around it are as they should be"] : changed),
    ...(left.length === 0 ? [] : ["", "To be added by hand:", ...left.map((line) => `  ${line}`)]),
  ];
}

/** Only what is tagged is to be served, and nothing is yet: there is nothing to build. */
function isEmpty({ tagged }: Decided): boolean {
  return tagged === 0;
}

/** The first that could be. */
function tagSome({ functions }: Decided): string {
  const served = functions.filter(({ fate }) => fate === "served").slice(0, 3);
  const places = served.map(({ name, span }) => `${name} (${span.file}:${String(span.start.line)})`);
  return `  write \`@tool\` in the comments above functions, such as ${places.join(", ")}`;
}

function next({ asked, root }: Setting, decided: Decided): readonly string[] {
  const build = asked.scripts ? "npm run mcp:build" : "npx mcpgen build";
  const where = slashes(relative(process.cwd(), root));
  return [
    "Next:",
    ...(isEmpty(decided) ? [tagSome(decided)] : []),
    `  ${where === "" ? "" : `cd ${where} && `}${build}`,
  ];
}

interface Done {
  readonly decided: Decided;
  readonly changed: readonly FileEdit[];
  readonly left: readonly string[];
  /** What has not been told yet. */
  readonly listed: readonly string[];
  readonly built?: {
    readonly value: Outcome;
    readonly diagnostics: readonly Diagnostic[];
    readonly seconds: number;
  };
}

function tell({ asked, reporter, root }: Setting, { decided, changed, left, listed, built }: Done): number {
  const cwd = process.cwd();
  const { answers, functions } = decided;
  const diagnostics = built?.diagnostics ?? [];
  const text = built ? summarize(built.value, { cwd, seconds: built.seconds }) : "";
  const files = plural(changed.length, "file");
  const json = {
    status: asked.dryRun ? "planned" : "written",
    ...{ source: answers.source, out: answers.output, expose: answers.expose, serves: answers.functions },
    functions: candidatesOf(functions).map(functionToJson),
    files: changed.map(({ path, before }) => ({ kind: before === undefined ? "create" : "update", path })),
    byHand: left,
    ...(built && { build: summaryToJson(built.value, cwd) }),
  };
  reporter.answer({
    ...{ diagnostics, root: built?.value.root ?? root, json },
    text: [...listed, ...(built ? ["", text] : [])].join("\n").trim(),
    brief: text === "" ? `${asked.dryRun ? "would write" : "wrote"} ${files}` : text,
    consequence: "the configuration is written, the server is not",
  });
  return built && hasFailed(built.value, diagnostics, "changes") ? 1 : 0;
}

const cancelled: Stop = { kind: "stop", code: 130, reason: "cancelled: nothing was written" };

function stop(code: number, reason: string): Stop {
  return { kind: "stop", code, reason };
}

function tellStop(reporter: Reporter, root: string, { code, reason, diagnostics = [] }: Stop): number {
  const json = { status: code === cancelled.code ? "cancelled" : "failed", reason };
  reporter.answer({
    diagnostics,
    root,
    text: "",
    complaint: `error: ${reason}`,
    consequence: "nothing was written",
    json,
  });
  return code;
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : undefined;
}

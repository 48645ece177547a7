/**
 * The architecture: seven calls in this order, and a stop where there are errors. `generate` and `measure` make all of them, `check` all
 * but the last, `preview` and `inspect` stop before they look at the output, `survey` before it renders. The stages that load libraries are imported when they are reached.
 */
import { version } from "./model/version.js";
import type { Config } from "./config/config.js";
import { draftConfig, fingerprint, toRelative } from "./config/draft.js";
import type { ConfigRequest } from "./config/request.js";
import { acceptDiagnostics, type Acceptance } from "./diagnostics/accept.js";
import { compareDiagnostics, countAccepted, diagnostic, isError, type Diagnostic } from "./diagnostics/diagnostic.js";
import type { ApiModel } from "./model/api.js";
import { noEarlierTexts, type Change, type EarlierTexts, type PlannedFile } from "./model/files.js";
import type { Lookups } from "./model/project/lookups.js";
import type { OriginKeeping } from "./model/origins.js";
import type { ToolPlans } from "./plan/index.js";
import { servedBy, type ServerPlan } from "./model/plan.js";
import { succeed, type Result } from "./model/result.js";
import type { FailOn, PlacedChange } from "./surface/change.js";
import type { RenderedBench } from "./render/index.js";
import type { Findings } from "./incremental/index.js";
import { readSources } from "./reading.js";
import { namesOfRefused, surveyFunctions, type SurveyedFunction } from "./survey.js";
import { beginBuild, findUnchanged, recallBuild, rememberBuild, type Earlier } from "./unchanged.js";
import type { Owner } from "./write/apply.js";

export type StageName = "config" | "discover" | "analyze" | "plan" | "render" | "compare" | "apply";

export interface PipelineRequest extends ConfigRequest {
  /** Overwrite the user's edits, with a backup, and build even if nothing changed. */
  readonly force?: boolean | undefined;
  /** Write the functions that can be served although others cannot; the errors stay errors. */
  readonly keepGoing?: boolean | undefined;
  /** Go no further than this: nothing is rendered. */
  readonly until?: "plan" | undefined;
  /** More builds follow in this process: what was parsed is kept for them. */
  readonly again?: true | undefined;
  /** Keep where each part of a schema comes from, which a build has no use for. */
  readonly origins?: OriginKeeping | undefined;
  /** Called before each stage. */
  readonly onStage?: ((stage: StageName) => void) | undefined;
}

export interface GenerateRequest extends PipelineRequest {
  readonly owner: Owner;
  /** Build even if nothing changed. */
  readonly afresh?: true | undefined;
  /** Make the edits of the user's JSON files that diagnostics carry, once the project is written. */
  readonly fix?: boolean | undefined;
  /** Write nothing if the surface changes in such a way. */
  readonly failOn?: FailOn | undefined;
}

/** How far it came: what the stages that ran gave. */
export interface Outcome {
  /** Absolute; the paths in diagnostics start here. */
  readonly root: string;
  readonly source?: string;
  readonly output?: string;
  /** What was asked of the disk. */
  readonly lookups?: Lookups;
  /** What the next build can take over of this one. */
  readonly findings?: Findings;
  readonly toolPlans?: ToolPlans;
  /** Only modules that an edit can have changed were read. */
  readonly isIncremental?: true;
  readonly model?: ApiModel;
  readonly plan?: ServerPlan;
  /** What has become of each exported function, once there is a plan: where that is asked for, or some cannot be served. */
  readonly survey?: readonly SurveyedFunction[];
  readonly files?: readonly PlannedFile[];
  /** How its tools are measured, where that was asked for. */
  readonly bench?: RenderedBench;
  /** Nothing had changed since the last build, so nothing was looked at but hashes. */
  readonly unchanged?: true;
  /** How many there were when there was more to do. */
  readonly warnings?: number;
  /** How many the user had accepted, which are not among these. */
  readonly accepted?: number;
  /** Functions that cannot be served, where the others are all the same. */
  readonly leftOut?: readonly string[];
  /** The configuration wants that: the errors of what is left out stop nothing. */
  readonly keepsGoing?: true;
  /** What was written, or would be; absent when it was not. */
  readonly changes?: readonly Change[];
  /** Another build wrote while the output was read, or died while it wrote. */
  readonly isUnsettled?: true;
  /** What changed of the surface that stood there; absent where none did. */
  readonly surface?: readonly PlacedChange[];
  /** Relative to the output: where overwritten work of the user is kept. */
  readonly backup?: string;
  /** Files of the user's that were mended, relative to the root. */
  readonly fixed?: readonly string[];
}

/** Builds the project. With errors nothing is written, unless `keepGoing`; the errors are reported either way. */
export async function generate(request: GenerateRequest): Promise<Result<Outcome>> {
  const begun = beginBuild(request);
  const recalled = request.force ? undefined : recallBuild(begun);
  if (recalled?.unchanged && !request.fix && !request.afresh) return succeed(recalled);
  const rendered = await render(request, recalled?.unchanged ? undefined : recalled);
  const { output, files } = rendered.value;
  if (output === undefined || !files) return rendered;
  const compared = await guard(request, await compareSettled(request, rendered));
  if (!compared.value.changes) return compared;
  request.onStage?.("apply");
  const { applyChanges } = await import("./write/apply.js");
  const { changes, ...unwritten } = compared.value;
  const applied = await applyChanges({ output, changes, owner: request.owner });
  const outcome = applied.diagnostics.some(isError) ? unwritten : { ...compared.value, ...applied.value };
  const built = report(outcome, compared.diagnostics, applied.diagnostics);
  const { lookups, findings, toolPlans } = rendered.value;
  if (lookups && !built.diagnostics.some(isError)) {
    const { describeTexts, readAhead } = await import("./write/earlier.js");
    const written = { output, files, changes };
    const keep = () => findings && toolPlans && { findings, toolPlans, texts: describeTexts(written) };
    rememberBuild(begun, { lookups, keep, again: request.again, ...countWarnings(built.diagnostics) });
    if (request.again) readAhead(written);
  }
  return request.fix ? await mend(built) : built;
}

/** Builds the project and says how its tools are measured, of one that is unchanged too. */
export async function measure(request: GenerateRequest): Promise<Result<Outcome>> {
  const { value, diagnostics } = await generate(request);
  const plan = value.plan ?? (value.unchanged && (await survey(request)).value.plan);
  if (!plan) return succeed(value, diagnostics);
  const { renderBench } = await import("./render/index.js");
  return succeed({ ...value, bench: renderBench(plan) }, diagnostics);
}

/** What clients see is compared with what they saw: where `failOn` refuses a change, there are no changes to write. */
async function guard({ failOn }: GenerateRequest, compared: Result<Outcome>): Promise<Result<Outcome>> {
  const { changes, plan } = compared.value;
  if (!changes || !plan) return compared;
  const { guardSurface } = await import("./surface/guard.js");
  const { value: surface, diagnostics } = guardSurface({ changes, plan, failOn });
  const { changes: _, ...unwritten } = compared.value;
  const outcome = diagnostics.some(isError) ? unwritten : compared.value;
  return report({ ...outcome, ...(surface && { surface }) }, compared.diagnostics, diagnostics);
}

/** Of a build without errors. */
function countWarnings(diagnostics: readonly Diagnostic[]): { readonly warnings: number; readonly accepted: number } {
  const accepted = countAccepted(diagnostics);
  return { warnings: diagnostics.length - accepted, accepted };
}

async function mend({ value, diagnostics }: Result<Outcome>): Promise<Result<Outcome>> {
  const { applyFixes } = await import("./write/fix.js");
  const { files, diagnostics: left } = applyFixes(value.root, diagnostics);
  return succeed({ ...value, fixed: files }, left);
}

/** Says what a build would change, and changes nothing. */
export async function check(request: PipelineRequest): Promise<Result<Outcome>> {
  const recalled = recallBuild(beginBuild(request));
  if (recalled?.unchanged) return succeed(recalled);
  const compared = await compareOutput(request, await render(request, recalled));
  const drift = (compared.value.changes ?? []).filter((change) => change.kind !== "unchanged");
  if (drift.length === 0) return compared;
  const count = drift.length === 1 ? "1 file" : `${String(drift.length)} files`;
  const notes = [{ message: `a build would\n${drift.map((change) => `${change.kind} ${change.path}`).join("\n")}` }];
  const outdated = diagnostic("MG604", `the output differs from what the source gives in ${count}`, { notes });
  return report(compared.value, compared.diagnostics, [outdated]);
}

/** What a build would write, whatever stands in the output folder; when nothing has changed, it stands there already. */
export async function preview(request: PipelineRequest): Promise<Result<Outcome>> {
  const unchanged = findUnchanged(request);
  return unchanged ? succeed(unchanged) : await render(request);
}

/** A preview whatever was built before, with the origin of each part of the schemas. */
export async function inspect(request: PipelineRequest): Promise<Result<Outcome>> {
  return await render({ ...request, origins: "kept" });
}

/** What each exported function comes to, whatever becomes of the others. Nothing is rendered. */
export async function survey(request: PipelineRequest): Promise<Result<Outcome>> {
  return await render({ ...request, keepGoing: true, until: "plan" });
}

async function render(request: PipelineRequest, earlier?: Earlier): Promise<Result<Outcome>> {
  request.onStage?.("config");
  const { loadConfig } = await import("./config/load.js");
  const { value: config, diagnostics } = await loadConfig(request, earlier?.edit !== undefined);
  if (!config) return report({ root: draftConfig(request).root }, diagnostics);
  const { root, source, output } = config;
  const { value, diagnostics: found } = await renderSource({ request, config, earlier });
  const { acceptances, ...rendered } = value;
  const accepted = acceptDiagnostics([...diagnostics, ...found], acceptances, toRelative(root, source));
  return report({ root, source, output, ...rendered }, accepted);
}

interface Rendered extends Pick<
  Outcome,
  | "lookups"
  | "findings"
  | "toolPlans"
  | "isIncremental"
  | "model"
  | "plan"
  | "survey"
  | "files"
  | "leftOut"
  | "keepsGoing"
> {
  /** What the configuration and comments say may stay. */
  readonly acceptances: readonly Acceptance[];
}

interface Building {
  readonly request: PipelineRequest;
  readonly config: Config;
  /** Where the last build is known. */
  readonly earlier: Earlier | undefined;
}

async function renderSource(building: Building): Promise<Result<Rendered>> {
  const { request, config } = building;
  const isGoing = request.keepGoing ?? config.keepGoing;
  const stopsAt = (diagnostics: readonly Diagnostic[]): boolean => !isGoing && diagnostics.some(isError);
  const { value: planned, diagnostics: found } = await planSource(building, stopsAt);
  const { plan, survey = [] } = planned;
  const isDone = !plan || stopsAt(found) || request.until === "plan" || servedBy(plan).length === 0;
  if (isDone) return succeed(planned, found);

  request.onStage?.("render");
  const { renderProject } = await import("./render/index.js");
  const { value: files, diagnostics: rendered } = await renderProject(plan, await textsBefore(building));
  const diagnostics = [...found, ...rendered];
  const left = diagnostics.some(isError) && {
    leftOut: namesOfRefused(survey),
    ...(config.keepGoing && { keepsGoing: true as const }),
  };
  return succeed({ ...planned, ...(!stopsAt(diagnostics) && { files, ...left }) }, diagnostics);
}

/** The texts that the last build wrote, where it is known. */
async function textsBefore({ config, earlier }: Building): Promise<EarlierTexts> {
  const known = earlier?.recall()?.texts;
  if (!known) return noEarlierTexts;
  const { openTexts } = await import("./write/earlier.js");
  return openTexts({ output: config.output, known, isIntact: earlier.isIntact });
}

/** What the compiler holds is gone when this returns: rendering needs its memory. */
async function planSource(
  building: Building,
  stopsAt: (diagnostics: readonly Diagnostic[]) => boolean,
): Promise<Result<Rendered>> {
  const { request, config } = building;
  const { onStage, again, origins } = request;
  const { value, diagnostics } = await readSources({ ...building, onStage, again, origins, stopsAt });
  const { sources, findings, ...read } = value;
  const acceptances = [...config.accept, ...read.acceptances];
  if (!findings) return succeed({ ...read, acceptances }, diagnostics);
  request.onStage?.("plan");
  const { planServer } = await import("./plan/index.js");
  const { model } = findings;
  const known = read.isIncremental && building.earlier?.recall()?.toolPlans;
  const { value: plan, diagnostics: planned, toolPlans } = planServer(model, config, known);
  const all = [...diagnostics, ...planned];
  const isAsked = request.until === "plan" || all.some(isError);
  const survey = isAsked && surveyFunctions(sources, { model, plan, diagnostics: all });
  return succeed({ ...read, acceptances, findings, toolPlans, model, plan, ...(survey && { survey }) }, all);
}

/** With the work of one build: what another has begun is waited for, or put right where that one died, and read again. */
async function compareSettled(request: GenerateRequest, rendered: Result<Outcome>): Promise<Result<Outcome>> {
  const { output } = rendered.value;
  if (output === undefined) return rendered;
  const { recoverOutput } = await import("./write/apply.js");
  const recovered = await recoverOutput(output, request.owner);
  if (recovered.length > 0) return report(rendered.value, rendered.diagnostics, recovered);
  const compared = await compareOutput(request, rendered);
  return compared.value.isUnsettled ? await compareSettled(request, rendered) : compared;
}

async function compareOutput(request: PipelineRequest, rendered: Result<Outcome>): Promise<Result<Outcome>> {
  const { output, files, plan } = rendered.value;
  if (output === undefined || !files || !plan) return rendered;
  request.onStage?.("compare");
  const { asked } = draftConfig(request);
  const { readSnapshot } = await import("./write/snapshot.js");
  const { compareFiles } = await import("./write/compare.js");
  const snapshot = readSnapshot(output, files);
  const { value: changes, diagnostics } = compareFiles({
    files,
    snapshot,
    origin: {
      mcpgen: version,
      config: stamp(request, rendered.diagnostics),
      ...(asked && { asked }),
      inputs: plan.inputs,
    },
    conflicts: request.force ? "overwrite" : "refuse",
  });
  const { isUnsettled } = snapshot;
  const refused = { ...rendered.value, ...(isUnsettled && { isUnsettled }) };
  const outcome = diagnostics.some(isError) ? refused : { ...rendered.value, changes };
  return report(outcome, rendered.diagnostics, diagnostics);
}

/** After a build that kept going, the next one must report the errors again: its stamp agrees with no configuration. */
function stamp(request: PipelineRequest, diagnostics: readonly Diagnostic[]): string {
  return diagnostics.some(isError) ? "incomplete" : fingerprint(draftConfig(request));
}

/** In the order of the source, whichever stage found what. A broken import is met by all who use it, and told once. */
function report(outcome: Outcome, ...diagnostics: readonly (readonly Diagnostic[])[]): Result<Outcome> {
  const distinct = new Map<string, Diagnostic>();
  for (const found of diagnostics.flat()) {
    // Where two stages meet one cause, the one with more notes says more.
    const key = JSON.stringify({ ...found, notes: [] });
    if ((distinct.get(key)?.notes.length ?? -1) < found.notes.length) distinct.set(key, found);
  }
  return succeed(outcome, [...distinct.values()].sort(compareDiagnostics));
}

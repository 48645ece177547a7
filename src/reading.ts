/**
 * The two stages that know TypeScript, as one: the sources → what is found of them. After an edit no more is read than what
 * it can have changed, and the rest is as the last build found it; where that does not hold, all is read.
 */
import { toRelative } from "./config/draft.js";
import type { Config } from "./config/config.js";
import type { Acceptance } from "./diagnostics/accept.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { Sources } from "./discover/index.js";
import type { Findings } from "./incremental/index.js";
import type { Lookups } from "./model/project/lookups.js";
import type { OriginKeeping } from "./model/origins.js";
import type { SourcePart } from "./model/project/source-graph.js";
import { succeed, type Result } from "./model/result.js";
import type { Earlier, Edit } from "./unchanged.js";

export interface Reading {
  readonly config: Config;
  /** Where the last build is known. */
  readonly earlier: Earlier | undefined;
  /** What is parsed is kept for the next time. */
  readonly again?: true | undefined;
  readonly origins?: OriginKeeping | undefined;
  readonly onStage?: ((stage: "discover" | "analyze") => void) | undefined;
  /** Whether these end the build. */
  readonly stopsAt: (diagnostics: readonly Diagnostic[]) => boolean;
}

export interface Read {
  readonly sources: Sources;
  /** What was asked of the disk. */
  readonly lookups: Lookups;
  /** Of comments. */
  readonly acceptances: readonly Acceptance[];
  /** Absent where the build ends at an error before. */
  readonly findings?: Findings;
  /** What an edit cannot have changed was not read. */
  readonly isIncremental?: true;
}

export async function readSources(reading: Reading): Promise<Result<Read>> {
  const { config, earlier, origins } = reading;
  const { edit } = earlier ?? {};
  // What is left out of a build is for the whole to say.
  const isWhole = config.keepGoing || origins === "kept";
  const before = edit && !isWhole ? earlier?.recall()?.findings : undefined;
  const known = edit && before && (await findPart(config, before, edit));
  if (!known) return await readPart(reading);
  const { value, diagnostics } = await readPart(reading, known);
  const lookups = joinLookups(edit.lookups, value.lookups);
  if (!value.findings) return succeed({ ...value, lookups, isIncremental: true }, diagnostics);
  const { joinFindings } = await import("./incremental/index.js");
  const findings = joinFindings(before, value.findings, known);
  if (!findings) return await readPart(reading);
  return succeed({ ...value, lookups, findings, acceptances: findings.acceptances, isIncremental: true }, diagnostics);
}

async function findPart({ root }: Config, before: Findings, { files }: Edit): Promise<SourcePart | undefined> {
  const { choosePart } = await import("./incremental/index.js");
  return choosePart(
    before,
    files.map((path) => toRelative(root, path)),
  );
}

async function readPart(reading: Reading, part?: SourcePart): Promise<Result<Read>> {
  const { config, again, origins, onStage, stopsAt } = reading;
  onStage?.("discover");
  const { discoverSources } = await import("./discover/index.js");
  const { value: sources, diagnostics: found } = discoverSources(config, { again, part });
  const { lookups, acceptances, graph } = sources;
  if (stopsAt(found)) return succeed({ sources, lookups, acceptances }, found);

  // Analysis and planning go together: what cannot be analysed is not planned, so what both find can be reported at once.
  onStage?.("analyze");
  const { analyzeSources } = await import("./analyze/index.js");
  const { value: model, diagnostics: analyzed } = analyzeSources(sources, origins);
  const diagnostics = [...found, ...analyzed];
  const diagnosed = [...new Set(diagnostics.flatMap(({ span }) => span?.file ?? []))];
  const isIdle = found.some(({ code }) => code === "MG116");
  const choice = config.functions === undefined ? "none" : isIdle ? "idle" : "sound";
  const findings: Findings = { model, graph, acceptances, choice, diagnosed };
  return succeed({ sources, lookups, acceptances, findings }, diagnostics);
}

/** All that was asked ever since the whole was read: the answers of today. */
function joinLookups(before: Lookups, anew: Lookups): Lookups {
  const both = <T>(of: (lookups: Lookups) => readonly T[]): readonly T[] => [...new Set([...of(before), ...of(anew)])];
  const isNew = (search: Lookups["searches"][number]): boolean =>
    !before.searches.some((each) => JSON.stringify(each) === JSON.stringify(search));
  return {
    files: { ...before.files, ...anew.files },
    places: {
      file: both(({ places }) => places.file),
      folder: both(({ places }) => places.folder),
      nothing: both(({ places }) => places.nothing),
    },
    folders: { ...before.folders, ...anew.folders },
    links: { ...before.links, ...anew.links },
    searches: [...before.searches, ...anew.searches.filter(isNew)],
    sources: anew.sources,
  };
}

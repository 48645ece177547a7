/**
 * Recognises by what the last build remembers that another would change nothing: the same mcpgen, the same configuration,
 * the same answers of the disk, and an output as it was written. Where only texts of files differ, it says which. Loads neither TypeScript nor the validator, the formatter
 * or the templates.
 */
import { draftConfig, fingerprint, type ConfigDraft } from "./config/draft.js";
import type { ConfigRequest } from "./config/request.js";
import { findWorkspace } from "./config/workspace.js";
import { recallLookups, stampBuilder } from "./discover/index.js";
import type { Findings } from "./incremental/index.js";
import type { ToolPlans } from "./plan/index.js";
import { hashText } from "./model/hash.js";
import { once } from "./model/once.js";
import type { Lookups } from "./model/project/lookups.js";
import { version } from "./model/version.js";
import type { KnownTexts } from "./write/earlier.js";
import { readIntactManifest } from "./write/intact.js";
import {
  hashWritten,
  readKept,
  readMemory,
  writeKept,
  writeMemory,
  type Memory,
  type MemoryOwner,
} from "./write/memory.js";

export interface Unchanged {
  readonly unchanged: true;
  readonly root: string;
  readonly source: string;
  readonly output: string;
  /** What was asked of the disk. */
  readonly lookups: Lookups;
  /** How many warnings the last build gave. */
  readonly warnings: number;
  /** How many the user had accepted, which are not among these. */
  readonly accepted: number;
}

/** The last build of this mcpgen, and what has changed since. */
export interface Earlier {
  readonly unchanged?: undefined;
  /** The manifest, and the files that builds add to, are as they were written. */
  readonly isIntact: boolean;
  /** Absent where more may have changed than the text of files. */
  readonly edit?: Edit;
  /** Read when it is asked for; undefined where it is no longer there. */
  readonly recall: () => Kept | undefined;
}

export interface Edit {
  /** What the disk answers today, where it was asked. */
  readonly lookups: Lookups;
  /** Absolute, with forward slashes; none where it is the output that differs. */
  readonly files: readonly string[];
}

/** What a build leaves to the next one. */
export interface Kept {
  readonly findings: Findings;
  /** By functions of the findings, as these very objects. */
  readonly toolPlans: ToolPlans;
  readonly texts: KnownTexts;
}

/** Who builds, of what configuration: as it is when the build begins, so that the next one sees an edit that is made meanwhile. */
export interface Begun {
  readonly draft: ConfigDraft;
  readonly builder: string;
}

export function beginBuild(request: ConfigRequest): Begun {
  const draft = draftConfig(request);
  return { draft, builder: describeBuilder(draft) };
}

/** Undefined when there may be something to do: any doubt costs no more than a full build. */
export function findUnchanged(request: ConfigRequest): Unchanged | undefined {
  const recalled = recallBuild(beginBuild(request));
  return recalled?.unchanged ? recalled : undefined;
}

/** What of the last build holds: all of it, or what has not changed since. Undefined where this mcpgen has not built it. */
export function recallBuild({ draft, builder }: Begun): Unchanged | Earlier | undefined {
  due?.();
  const { root, source, parts, output, file } = draft;
  if (source === undefined || (file && (file.text === undefined || file.errors.length > 0))) return undefined;
  const found = readMemory({ root, output });
  if (found?.memory.builder !== builder) return undefined;
  const { memory, written } = found;
  const isIntact = memory.written === hashWritten(output);
  const earlier: Earlier = { isIntact, recall: once(() => recallKept({ root, output }, memory.kept)) };
  if (memory.config !== fingerprint(draft)) return earlier;
  const config = { source, ...(parts && { parts }), output, exclude: excluded(draft) };
  const renewed = recallLookups(config, { lookups: memory.lookups, written });
  if (!renewed) return earlier;
  const { lookups, edited } = renewed;
  if (edited.length > 0 || !isIntact || !stands(output, draft)) return { ...earlier, edit: { lookups, files: edited } };
  if (lookups.files !== memory.lookups.files) writeMemory({ root, output }, { ...memory, lookups });
  const { warnings, accepted } = memory;
  return { unchanged: true, root, source, output, lookups, warnings, accepted };
}

function recallKept(owner: MemoryOwner, name: string | undefined): Kept | undefined {
  // Of this name only what this mcpgen wrote.
  return name === undefined ? undefined : (readKept(owner, name) as Kept | undefined);
}

/** The output is as this mcpgen wrote it. */
function stands(output: string, draft: ConfigDraft): boolean {
  const manifest = readIntactManifest(output);
  return manifest?.mcpgen === version && manifest.config === fingerprint(draft);
}

export interface Seen extends Omit<Memory, "builder" | "config" | "written" | "kept"> {
  /** Undefined where nothing is to be taken over. */
  readonly keep: () => Kept | undefined;
  /** More builds follow in this process. */
  readonly again?: true | undefined;
}

/** Of the last build of this process, what is still to be done for the next one. */
let due: (() => void) | undefined;

/** What a build that has just been written saw and found, for the next one. Whatever waits for a build of several goes first. */
export function rememberBuild(begun: Begun, seen: Seen): void {
  due = () => {
    due = undefined;
    writeDown(begun, seen);
  };
  if (seen.again) setImmediate(() => due?.());
  else due();
}

function writeDown({ draft, builder }: Begun, { keep, again, ...seen }: Seen): void {
  const { root, output } = draft;
  const kept = keep();
  const name = hashText(JSON.stringify(seen.lookups.files));
  if (kept) writeKept({ root, output }, { name, kept, again });
  const own = { builder, config: fingerprint(draft), written: hashWritten(output) };
  writeMemory({ root, output }, { ...own, ...seen, ...(kept && { kept: name }) });
}

/** Whoever builds, and the surroundings of the project that say how. */
function describeBuilder({ root }: ConfigDraft): string {
  return hashText(JSON.stringify([stampBuilder(), findWorkspace(root)]));
}

/** The fingerprint says that these settings passed the validator once. */
function excluded({ settings }: ConfigDraft): readonly string[] {
  const { exclude } = settings;
  return Array.isArray(exclude) ? exclude.filter((glob) => typeof glob === "string") : [];
}

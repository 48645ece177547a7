/**
 * Recognises by what the last build remembers that another would change nothing: the same mcpgen, the same configuration,
 * the same answers of the disk, and an output as it was written. Loads neither TypeScript nor the validator, the formatter
 * or the templates.
 */
import { draftConfig, fingerprint, type ConfigDraft } from "./config/draft.js";
import type { ConfigRequest } from "./config/request.js";
import { findWorkspace } from "./config/workspace.js";
import { recallLookups, stampBuilder } from "./discover/index.js";
import { hashText } from "./model/hash.js";
import type { Lookups } from "./model/project/lookups.js";
import { version } from "./model/version.js";
import { readIntactManifest } from "./write/intact.js";
import { hashWritten, readMemory, writeMemory, type Memory } from "./write/memory.js";

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

/** Undefined when there may be something to do: any doubt costs no more than a full build. */
export function findUnchanged(request: ConfigRequest): Unchanged | undefined {
  const draft = draftConfig(request);
  const { root, source, parts, output, file } = draft;
  if (source === undefined || (file && (file.text === undefined || file.errors.length > 0))) return undefined;
  const found = readMemory({ root, output });
  if (found?.memory.builder !== describeBuilder(draft)) return undefined;
  const { memory, written } = found;
  const manifest = readIntactManifest(output);
  if (manifest?.mcpgen !== version || manifest.config !== fingerprint(draft)) return undefined;
  if (memory.written !== hashWritten(output)) return undefined;
  const config = { source, ...(parts && { parts }), output, exclude: excluded(draft) };
  const lookups = recallLookups(config, { lookups: memory.lookups, written });
  if (!lookups) return undefined;
  if (lookups.files !== memory.lookups.files) writeMemory({ root, output }, { ...memory, lookups });
  const { warnings, accepted } = memory;
  return { unchanged: true, root, source, output, lookups, warnings, accepted };
}

/** What a build that has just been written saw, for the next one. */
export function rememberBuild(request: ConfigRequest, seen: Omit<Memory, "builder" | "written">): void {
  const draft = draftConfig(request);
  const { root, output } = draft;
  writeMemory({ root, output }, { builder: describeBuilder(draft), written: hashWritten(output), ...seen });
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

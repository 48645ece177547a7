/** The lookups of an earlier build → whether the disk gives the same answers today. No TypeScript is loaded. */
import type { Lookups, Place, ReadFile } from "../../model/project/lookups.js";
import { listFiles, toSlashes, type SourceFiles, type SourceFolder } from "./files.js";
import { hashFolders, hashNames, hashOnce, hashSearch, linkAt, placeAt, stampAt } from "./places.js";

export interface Recalled {
  readonly lookups: Lookups;
  /** When they were written down, by the clock of the disk. */
  readonly written: number;
}

/** What the disk answers today. */
export interface Renewed {
  readonly lookups: Lookups;
  /** Files that stand where they stood with another text: the only answers that differ. */
  readonly edited: readonly string[];
}

/** Undefined where another answer differs than the text of a file. With the stamps of today. */
export function recallLookups(config: SourceFolder, { lookups, written }: Recalled): Renewed | undefined {
  const { places, folders, links, searches, sources } = lookups;
  const output = toSlashes(config.output);
  const same =
    hashSources(listFiles(config)) === sources &&
    Object.entries(places).every(([place, paths]) => paths.every((path) => placeAt(path) === (place as Place))) &&
    Object.entries(folders).every(([path, hash]) => hashFolders(path) === hash) &&
    Object.entries(links).every(([path, real]) => linkAt(path) === real) &&
    searches.every((search) => hashSearch(search, output) === search.hash);
  const reread = same ? rereadFiles(lookups.files, `${toSlashes(config.source)}/`, written) : undefined;
  return reread && { lookups: { ...lookups, files: reread.files }, edited: reread.edited };
}

export function hashSources({ sources, declarations, unreadable, idleGlobs }: SourceFiles): string {
  return hashNames([...sources, ...declarations, ...unreadable, ...idleGlobs]);
}

interface Reread {
  /** The same object where every stamp still holds. */
  readonly files: Lookups["files"];
  readonly edited: readonly string[];
}

/** Undefined where one is gone. */
function rereadFiles(files: Lookups["files"], source: string, written: number): Reread | undefined {
  const renewed: Record<string, ReadFile> = {};
  const edited: string[] = [];
  for (const [path, { hash, stamp }] of Object.entries(files)) {
    const now = stampAt(path);
    if (now === undefined) return undefined;
    const isKnown = now.text === stamp && now.changed + settledMs < written;
    if (isKnown && !path.startsWith(source)) continue;
    const read = hashOnce(path, now);
    if (read === undefined) return undefined;
    if (read.hash !== hash) edited.push(path);
    if (!isKnown) renewed[path] = read;
  }
  return { files: Object.keys(renewed).length === 0 ? files : { ...files, ...renewed }, edited };
}

/** Two changes within one tick of the disk's clock have the same stamp: a file is taken by it only when it has not changed for a while. */
const settledMs = 5000;

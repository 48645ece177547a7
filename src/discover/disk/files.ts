/** The source folder → the files whose exports are served, and the ambient declarations that stand beside them. No TypeScript is loaded. */
import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join, sep } from "node:path";
import { matchGlob } from "../../model/project/globs.js";
import { compareText } from "../../model/text.js";
import type { Config } from "../../config/config.js";

export interface SourceFiles {
  /** Absolute, forward slashes, sorted; so are the others. */
  readonly sources: readonly string[];
  /** `.d.ts` files: never served, but they may declare what sources use. */
  readonly declarations: readonly string[];
  /** Code in a form that is not served. */
  readonly unserved: readonly string[];
  /** Folders that cannot be listed, and links that lead nowhere: who knows what is in them. */
  readonly unreadable: readonly string[];
  /** The globs of `exclude` that nothing is left out for, as they were written. */
  readonly idleGlobs: readonly string[];
}

const declaration = /\.d\.m?ts$/;
const source = /\.m?ts$/;
/** `vitest.config.js` and its like. */
const settings = /\.config\.[cm]?[jt]s$/;
const otherCode = /(?<!\.d)\.(?:[cm]?jsx?|tsx|cts)$/;
const test = /\.(?:test|spec)\.[cm]?[jt]sx?$/;
/** What a link that leads nowhere could have been: a folder's name has no ending. */
const folder = /^[^.]+$/;
/** What Emacs puts beside a file that is being edited: a link that says by whom, and leads nowhere. */
const isLock = (name: string): boolean => name.startsWith(".#");
const skippedFolders = new Set(["node_modules", "__tests__"]);

/** What says which files of a folder are the source. */
export type SourceFolder = Pick<Config, "source" | "parts" | "output" | "exclude">;

export function listFiles(config: SourceFolder): SourceFiles {
  const excluded = config.exclude.map((glob) => ({ glob, isMeant: matchGlob(glob) }));
  const busy = new Set<string>();
  const found = {
    sources: [] as string[],
    declarations: [] as string[],
    unserved: [] as string[],
    unreadable: [] as string[],
  };
  const visited = new Set<string>();

  const visit = (at: string, relative: string): void => {
    const entries = entriesOf(at);
    if (!entries) found.unreadable.push(toSlashes(at));
    // A link may lead back to a folder above: each real folder is read once.
    if (!entries || visited.has(entries.real)) return;
    visited.add(entries.real);
    for (const entry of entries.list) {
      const path = join(at, entry.name);
      const below = relative === "" ? entry.name : `${relative}/${entry.name}`;
      const meant = excluded.filter(({ isMeant }) => isMeant(below));
      for (const { glob } of meant) busy.add(glob);
      if (meant.length > 0 || skippedFolders.has(entry.name)) continue;
      const kind = kindOf(entry, path);
      if (!isRead(config, path)) continue;
      if (kind === "folder") {
        if (!entry.name.startsWith(".") && path !== config.output) visit(path, below);
      } else {
        listOf(entry.name, kind)?.push(toSlashes(path));
      }
    }
  };
  const listOf = (name: string, kind: Kind): string[] | undefined => {
    if (kind === "other" || test.test(name)) return undefined;
    const isSource = source.test(name);
    if (kind === "nothing") return !isLock(name) && (isSource || folder.test(name)) ? found.unreadable : undefined;
    if (otherCode.test(name)) return settings.test(name) ? undefined : found.unserved;
    return declaration.test(name) ? found.declarations : isSource ? found.sources : undefined;
  };
  visit(config.source, "");
  const written = new Set(found.sources.map((path) => path.replace(/ts$/, "js")));

  // By code units: the order in which a disk lists its files differs from machine to machine.
  return {
    sources: found.sources.sort(compareText),
    declarations: found.declarations.sort(compareText),
    // What a compiler has written beside its source is no source.
    unserved: found.unserved.filter((path) => !written.has(path)).sort(compareText),
    unreadable: found.unreadable.sort(compareText),
    idleGlobs: config.exclude.filter((glob) => !busy.has(glob)),
  };
}

/** A part of the source, what is in it, and the way to it. */
function isRead({ parts }: SourceFolder, path: string): boolean {
  return parts?.some((part) => part === path || isBelow(path, part) || isBelow(part, path)) ?? true;
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder + sep);
}

function entriesOf(folder: string): { readonly real: string; readonly list: readonly Dirent[] } | undefined {
  try {
    return { real: realpathSync(folder), list: readdirSync(folder, { withFileTypes: true }) };
  } catch {
    return undefined;
  }
}

/** A pipe or a socket is other; nothing is what a link leads to that is not there, cannot be reached, or is the link itself. */
type Kind = "file" | "folder" | "other" | "nothing";

function kindOf(entry: Dirent, path: string): Kind {
  try {
    const found = entry.isSymbolicLink() ? statSync(path) : entry;
    return found.isDirectory() ? "folder" : found.isFile() ? "file" : "other";
  } catch {
    return "nothing";
  }
}

export function toSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}

/**
 * The disk that discovery reads through TypeScript. It keeps what it is asked, with the answers: each file, and each place
 * where one that appears, or goes, would lead an import elsewhere.
 */
import { resolve } from "node:path";
import type { ts } from "ts-morph";
import { compareText } from "../../model/text.js";
import type { Lookups, Place, ReadFile, Search } from "../../model/project/lookups.js";
import { toSlashes } from "./files.js";
import { folderOfPattern, hashFolders, hashOnce, hashSearch, linkAt, placeAt, stampAt } from "./places.js";

interface Asked {
  /** Not searched: the output. */
  readonly leftOut: string;
  readonly files: Map<string, ReadFile>;
  readonly places: Map<string, Place>;
  readonly folders: Map<string, string>;
  readonly links: Map<string, string>;
  readonly searches: Map<string, Search>;
}

/** Discovery is synchronous: at most one goes on at a time. */
let asked: Asked | undefined;

export interface Watched<T> {
  readonly value: T;
  readonly lookups: Omit<Lookups, "sources">;
}

export function watchLookups<T>(output: string, work: () => T): Watched<T> {
  const mine: Asked = {
    leftOut: toSlashes(output),
    files: new Map(),
    places: new Map(),
    folders: new Map(),
    links: new Map(),
    searches: new Map(),
  };
  asked = mine;
  try {
    return { value: work(), lookups: describe(mine) };
  } finally {
    asked = undefined;
  }
}

export function watchedDisk(sys: ts.System): ts.System {
  return {
    ...sys,
    fileExists: (path) => {
      if (asked) notePlace(asked, path);
      return sys.fileExists(path);
    },
    directoryExists: (path) => {
      if (asked) notePlace(asked, path);
      return sys.directoryExists(path);
    },
    readFile: (path, encoding) => {
      if (asked) noteFile(asked, path);
      return sys.readFile(path, encoding);
    },
    getDirectories: (path) => {
      if (asked) note(asked.folders, path, hashFolders);
      return sys.getDirectories(path);
    },
    realpath: (path) => {
      if (asked) note(asked.links, path, linkAt);
      return sys.realpath?.(path) ?? path;
    },
    readDirectory: (path, extensions, excludes, includes, depth) => {
      for (const pattern of includes ?? ["**/*"])
        if (asked) noteSearch(asked, { folder: folderOfPattern(path, pattern), extensions: extensions ?? [] });
      return sys.readDirectory(path, extensions, excludes, includes, depth);
    },
  };
}

/** The first answer is kept: should the disk change meanwhile, the next build sees that it has. */
function note<T>(answers: Map<string, T>, path: string, answer: (path: string) => T): void {
  const at = toSlashes(resolve(path));
  if (!answers.has(at)) answers.set(at, answer(at));
}

function notePlace({ places }: Asked, path: string): void {
  note(places, path, placeAt);
}

/** Before TypeScript reads it, and its stamp before its text: what is written in between has another hash next time. */
function noteFile(mine: Asked, path: string): void {
  const at = toSlashes(resolve(path));
  if (mine.files.has(at)) return;
  const stamp = stampAt(at);
  const file = stamp && hashOnce(at, stamp);
  if (file) mine.files.set(at, file);
  else notePlace(mine, path);
}

function noteSearch({ searches, leftOut }: Asked, search: Omit<Search, "hash">): void {
  const key = JSON.stringify(search);
  if (!searches.has(key)) searches.set(key, { ...search, hash: hashSearch(search, leftOut) });
}

/** For a file that no link leads to its folder stands, and for all others beside it: with the package it becomes a link. */
function unlinked(path: string): readonly [path: string, real: string] {
  const folder = placeAt(path) === "folder" ? path : path.slice(0, path.lastIndexOf("/"));
  return [folder, folder];
}

function describe({ files, places, folders, links, searches }: Asked): Watched<unknown>["lookups"] {
  // What is below a folder that is not there need not be looked at.
  const nowhere = (path: string): boolean => places.get(path.slice(0, path.lastIndexOf("/"))) === "nothing";
  const unread = [...places.keys()].filter((path) => !files.has(path) && !nowhere(path)).sort(compareText);
  const standing = (place: Place): string[] => unread.filter((path) => places.get(path) === place);
  return {
    files: Object.fromEntries(files),
    places: { file: standing("file"), folder: standing("folder"), nothing: standing("nothing") },
    folders: Object.fromEntries(folders),
    links: Object.fromEntries([...links].map(([path, real]) => (path === real ? unlinked(path) : [path, real]))),
    searches: [...searches.values()],
  };
}

/** What stands on the disk, in short: the same question gets the same answer until something changes. Nothing here throws. */
import { readdirSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import { compareText } from "../../model/text.js";
import { hashText } from "../../model/hash.js";
import type { Place, ReadFile, Search } from "../../model/project/lookups.js";
import { isProof, stampOf, type Stamp } from "../../model/project/stamps.js";
import { toSlashes } from "./files.js";

export function placeAt(path: string): Place {
  const stats = statsOf(path);
  return stats?.isDirectory() ? "folder" : stats?.isFile() ? "file" : "nothing";
}

/** Undefined for what cannot be read. */
function hashFile(path: string): string | undefined {
  return orNothing(() => hashText(readFileSync(path, "utf8")));
}

export function stampAt(path: string): Stamp | undefined {
  const stats = statsOf(path);
  return stats && stampOf(stats);
}

/** Files that stand as builds of this process have hashed them. */
const hashed = new Map<string, ReadFile>();

/** Of all files that were asked for, when the last one changed: it is not earlier than that. */
let latest = 0;

export function hashOnce(path: string, stamp: Stamp): ReadFile | undefined {
  const known = hashed.get(path);
  if (known?.stamp === stamp.text) return known;
  latest = Math.max(latest, stamp.changed);
  const isOld = isProof(stamp, latest);
  const hash = hashFile(path);
  if (hash === undefined) return undefined;
  const file = { hash, stamp: stamp.text };
  if (isOld) hashed.set(path, file);
  return file;
}

export function linkAt(path: string): string {
  return toSlashes(orNothing(() => realpathSync.native(path)) ?? path);
}

export function hashFolders(folder: string): string {
  const entries = orNothing(() => readdirSync(folder, { withFileTypes: true })) ?? [];
  return hashNames(entries.filter((entry) => !entry.isFile()).map(({ name }) => name));
}

/** Never in the folder that is left out; packages and hidden folders are searched by no pattern but their own name. */
export function hashSearch({ folder, extensions }: Omit<Search, "hash">, leftOut: string): string {
  const names: string[] = [];
  const visited = new Set<string>();
  const visit = (at: string): void => {
    const real = linkAt(at);
    // A link may lead back to a folder above.
    if (at === leftOut || visited.has(real)) return;
    visited.add(real);
    for (const entry of orNothing(() => readdirSync(at, { withFileTypes: true })) ?? []) {
      const path = `${at}/${entry.name}`;
      const isFolder = entry.isSymbolicLink() ? placeAt(path) === "folder" : entry.isDirectory();
      if (isFolder && entry.name !== "node_modules" && !entry.name.startsWith(".")) visit(path);
      else if (!isFolder && (extensions.length === 0 || extensions.some((each) => entry.name.endsWith(each))))
        names.push(path);
    }
  };
  visit(folder);
  return hashNames(names);
}

/** By code units: the order in which a disk lists its files says nothing. */
export function hashNames(names: readonly string[]): string {
  return hashText(JSON.stringify([...names].sort(compareText)));
}

/** The folder in which a pattern of `include` begins to search. */
export function folderOfPattern(base: string, pattern: string): string {
  const steps = pattern.replaceAll("\\", "/").split("/");
  const wild = steps.findIndex((step) => /[*?]/.test(step));
  const path = toSlashes(join(base, ...(wild === -1 ? steps : steps.slice(0, wild))));
  return wild === -1 && placeAt(path) !== "folder" ? toSlashes(join(path, "..")) : path.replace(/(?<=.)\/$/, "");
}

function statsOf(path: string): Stats | undefined {
  return orNothing(() => statSync(path, { throwIfNoEntry: false }));
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Folders and files → a call for each change of them, of what is new in a folder, and of a file that appears where one was looked for. */
import { existsSync } from "node:fs";
import { watch as watchPaths, type FSWatcher } from "chokidar";
import type { Stats } from "node:fs";
import { dirname, resolve, sep } from "node:path";

export interface Places {
  /** With all that is below; one that is not there yet as soon as it is. */
  readonly folders: readonly string[];
  /** Those that are not there yet as well. */
  readonly files: readonly string[];
  /** Files that a build may write itself: what happened to them before they were watched is no change. */
  readonly written: readonly string[];
}

export interface Watcher {
  /** Resolves when these are watched, and no others. What was written since that moment, in milliseconds since 1970, is a change. */
  watch(places: Places, since: number): Promise<void>;
  /** A build begins, and ends with a call of what is returned: until then it may be the one that writes. */
  begin(): () => void;
  close(): Promise<void>;
}

export function createWatcher(onChange: (path: string) => void): Watcher {
  let current: FSWatcher | undefined;
  let watched = "";
  /** When the last build ended; what it wrote may be told of later. */
  let ended = 0;
  const isWritten = (changed = Infinity): boolean => changed <= ended;
  return {
    begin: () => {
      ended = Infinity;
      return () => (ended = Date.now());
    },
    watch: async (places, since) => {
      const lists = [places.folders, places.folders.filter((path) => existsSync(path)), places.files, places.written];
      const key = JSON.stringify(lists.map((paths) => paths.toSorted()));
      if (key === watched) return;
      watched = key;
      const next = await open(places, since, { onChange, isWritten });
      const before = current;
      current = next;
      await before?.close();
    },
    close: async () => current?.close(),
  };
}

interface Listener {
  readonly onChange: (path: string) => void;
  /** Whether a build may have made a change of this moment; undefined of what is gone. */
  readonly isWritten: (changed: number | undefined) => boolean;
}

/** Files are watched by their folders, since many editors put a new file in the place of the old one. */
async function open(places: Places, since: number, { onChange, isWritten }: Listener): Promise<FSWatcher> {
  const { folders, files } = places;
  const written = new Set(places.written.map((path) => resolve(path)));
  const wanted = new Set([...written, ...files.map((path) => resolve(path))]);
  const roots = folders.map((path) => resolve(path));
  const parents = new Set([...[...wanted].map((path) => dirname(path)), ...roots.flatMap(wayTo)]);
  const isWithin = (path: string): boolean => roots.some((root) => path === root || path.startsWith(root + sep));
  const ignored = (path: string): boolean => {
    const at = resolve(path);
    if (wanted.has(at) || parents.has(at)) return false;
    return !isWithin(at) || unread.test(at);
  };
  const watcher = watchPaths([...roots, ...parents], { ignored, alwaysStat: true, atomic: false });
  let isReady = false;
  watcher.on("all", (event, path, stats?: Stats) => {
    if (event === "addDir" || event === "unlinkDir") return;
    const at = resolve(path);
    const isOwn = written.has(at) && (!isReady || isWritten(stats?.ctimeMs));
    if (!isOwn && (isReady || (stats?.ctimeMs ?? 0) > since)) onChange(at);
  });
  // A folder that cannot be read is told of by the build.
  watcher.on("error", () => undefined);
  await new Promise<void>((done) => watcher.once("ready", done));
  isReady = true;
  return watcher;
}

/** Of a folder that is not there: those that are to come before it, and the one that the first of them comes in. */
function wayTo(path: string): readonly string[] {
  const above = dirname(path);
  return existsSync(path) || above === path ? [] : [above, ...wayTo(above)];
}

/** What is below a source folder and no source. */
const unread = /[\\/](?:node_modules|\.git)(?:[\\/]|$)/;

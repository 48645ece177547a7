/** The output folder as it is: the text of every file that may have to be written or was written before. Follows no link. */
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import { isMarked, isStanding, manifestPath, type Manifest, type PlannedFile } from "../model/files.js";
import { isInterrupted } from "./journal.js";
import { basePath, parseBases, type Bases } from "./base.js";
import { listTaken } from "./earlier.js";
import { parseManifest, parseSides } from "./manifest.js";
import { listFiles, look, type SeenFolders } from "./paths.js";
import { readText } from "./texts.js";

export type Entry =
  | { readonly kind: "missing" }
  | { readonly kind: "file"; readonly text: string }
  | { readonly kind: "folder" }
  | { readonly kind: "unreadable"; readonly reason: string }
  | { readonly kind: "link" | "obstacle"; readonly at: string };

export interface Snapshot {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Absent on a first build, and when it cannot be used. */
  readonly manifest?: Manifest;
  /** That of the other branch, where two have met in the manifest. */
  readonly rival?: Manifest;
  /** Why the manifest that is there cannot be used. */
  readonly broken?: Diagnostic;
  /** Where the manifest is lost: files below `generated/` that look like ours. */
  readonly strays: readonly string[];
  /** What mcpgen last wrote of scaffold files. */
  readonly bases: Bases;
  /** Another build wrote while this was read, or died while it wrote: what was found is neither the old state nor the new. */
  readonly isUnsettled: boolean;
}

/** `files` are those that are planned; those of the manifest are added. What stands untouched is not read. */
export function readSnapshot(output: string, files: readonly PlannedFile[]): Snapshot {
  const before = stampOf(output);
  const found = readEntry(output, manifestPath);
  const manifests = found.kind === "file" ? readManifests(found.text) : {};
  const base = readEntry(output, basePath);
  const bases = parseBases(base.kind === "file" ? base.text : undefined);
  const written = [manifests.manifest, manifests.rival].flatMap((each) => Object.keys(each?.files ?? {}));
  const strays = manifests.broken ? listStrays(output) : [];
  const paths = new Set(files.map(({ path }) => path));
  const isKept = manifests.manifest !== undefined && written.every((path) => paths.has(path));
  const standing = new Set(files.filter(isStanding).map(({ path }) => path));
  const read = [...paths, ...strays, ...written].filter((path) => !standing.has(path));
  const known = new Set([...read, ...(isKept ? [] : listTests(output))]);
  const taken = listTaken(files);
  const seen: SeenFolders = new Set();
  const entries = new Map(
    [...known].map((path): [string, Entry] => {
      const text = taken.get(path);
      return [path, text === undefined ? readEntry(output, path, seen) : { kind: "file", text }];
    }),
  );
  entries.set(manifestPath, found);
  entries.set(basePath, base);
  const isUnsettled = isInterrupted(output) || stampOf(output) !== before;
  return { entries, bases, strays, isUnsettled, ...manifests };
}

/** Of the files in which each build that writes says what it wrote: another where one has ended in between. */
function stampOf(output: string): string {
  return JSON.stringify([manifestPath, basePath].map((path) => stampOfFile(join(output, path))));
}

function stampOfFile(path: string): readonly number[] | undefined {
  try {
    const { ino, mtimeMs, size } = lstatSync(path);
    return [ino, mtimeMs, size];
  } catch {
    return undefined; // What cannot be looked at is told when it is read.
  }
}

/** The user's, too: they matter where something is no longer written. */
function listTests(output: string): readonly string[] {
  return listFiles(output, "test").filter((path) => path.endsWith(".ts"));
}

function readManifests(text: string): Pick<Snapshot, "manifest" | "rival" | "broken"> {
  const { value: manifest, diagnostics } = parseManifest(text);
  if (manifest) return { manifest };
  const [ours, rival] = parseSides(text) ?? [];
  const [broken] = diagnostics;
  return ours && rival ? { manifest: ours, rival } : { ...(broken && { broken }) };
}

/** By the mark in their first line, or by a folder in which all is ours. */
function listStrays(output: string): readonly string[] {
  const below = listFiles(output, dirname(manifestPath)).filter((path) => path !== manifestPath);
  return below.filter((path) => {
    const entry = readEntry(output, path);
    return entry.kind === "file" && (/^generated\/(runtime|build)\//.test(path) || isMarked(entry.text));
  });
}

function readEntry(output: string, path: string, seen?: SeenFolders): Entry {
  try {
    const standing = look(output, path, seen);
    return standing.kind === "file" ? { kind: "file", text: readText(join(output, path)) } : standing;
  } catch (cause) {
    return { kind: "unreadable", reason: reasonOf(cause) };
  }
}

/** `EACCES: permission denied`, without the absolute path that follows. */
export function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split(", ")[0] ?? "";
}

export function unreadable(path: string, reason: string) {
  return diagnostic("MG606", `\`${path}\` cannot be read: ${reason}`);
}

/** Something else than a file stands where one belongs. */
export function obstacle(path: string, entry: Exclude<Entry, { kind: "missing" | "file" }>): Diagnostic {
  switch (entry.kind) {
    case "link":
      return diagnostic("MG108", `\`${path}\` cannot be written: \`${entry.at}\` is a symbolic link`);
    case "folder":
      return diagnostic("MG602", `a folder stands where the file \`${path}\` belongs`, { help: "move the folder" });
    case "obstacle":
      return diagnostic("MG602", `\`${entry.at}\` stands in the way of \`${path}\``, { help: `move \`${entry.at}\`` });
    case "unreadable":
      return unreadable(path, entry.reason);
  }
}

/** Paths below the output folder: which are safe to write, and what stands on the way to them. */
import { lstatSync, readdirSync, type Dirent, type Stats } from "node:fs";
import { join } from "node:path";
import { compareText } from "../model/text.js";

/** Where a build keeps its lock, its staged files and its backups; what is left of it are backups, the bases of scaffold files, and what is remembered of the last build. */
export const workFolder = ".mcpgen";

/** A step that is none, `.` or `..`; a backslash; a drive. */
const unsafe = /(?:^|\/)\.{0,2}(?:\/|$)|[\\\0]|^[a-z]:/i;

/** Relative, forward slashes, and not leading out. */
export function isSafePath(path: string): boolean {
  return !unsafe.test(path);
}

export type Standing =
  | { readonly kind: "missing" }
  | { readonly kind: "file"; readonly stats: Stats }
  | { readonly kind: "folder" }
  /** `at` is the step of the path that is a link, or that is no folder though the path goes on below it. */
  | { readonly kind: "link" | "obstacle"; readonly at: string };

/** Paths below the output that one pass over many files has found to be folders, and need not look at again. */
export type SeenFolders = Set<string>;

/** Looks at every step below the output, so that no link is followed. The output folder itself was looked at with the configuration. */
export function look(output: string, path: string, seen: SeenFolders = new Set()): Standing {
  if (!isSafePath(path)) throw new Error(`unsafe output path ${JSON.stringify(path)}`);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  if (seen.has(folder)) return lookAt(output, path);
  const steps = path.split("/");
  for (const [index] of steps.entries()) {
    const at = steps.slice(0, index + 1).join("/");
    if (seen.has(at)) continue;
    const standing = lookAt(output, at);
    if (index === steps.length - 1) return standing;
    if (standing.kind === "file") return { kind: "obstacle", at };
    if (standing.kind !== "folder") return standing;
    seen.add(at);
  }
  return { kind: "missing" };
}

/** At the last step alone. */
function lookAt(output: string, at: string): Standing {
  const stats = lstatSync(`${output}/${at}`, { throwIfNoEntry: false });
  if (!stats) return { kind: "missing" };
  if (stats.isSymbolicLink()) return { kind: "link", at };
  if (stats.isFile()) return { kind: "file", stats };
  return stats.isDirectory() ? { kind: "folder" } : { kind: "obstacle", at };
}

/** Every plain file below a folder of the output, relative to the output, sorted. */
export function listFiles(output: string, folder: string): readonly string[] {
  if (look(output, folder).kind !== "folder") return [];
  const files = entriesOf(join(output, folder)).filter((entry) => entry.isFile());
  const paths = files.map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(output.length + 1)
      .replaceAll("\\", "/"),
  );
  // By code units: folders list their entries in an order of their own.
  return paths.sort(compareText);
}

/** A folder that cannot be read cannot be written either, which is told then. */
function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true });
  } catch {
    return [];
  }
}

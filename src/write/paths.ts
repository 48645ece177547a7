/** Paths below the output folder: which are safe to write, and what stands on the way to them. */
import { lstatSync, readdirSync, readFileSync, type Dirent, type Stats } from "node:fs";
import { join } from "node:path";
import { compareText } from "../model/text.js";

/** Where a build keeps its lock, its staged files and its backups; what is left of it are backups, the bases of scaffold files, and what is remembered of the last build. */
export const workFolder = ".mcpgen";

/** Relative, forward slashes, and not leading out. */
export function isSafePath(path: string): boolean {
  if (path === "" || path.includes("\\") || path.includes("\0") || /^[a-z]:/i.test(path)) return false;
  return path.split("/").every((step) => step !== "" && step !== "." && step !== "..");
}

/** The text of a file, or nothing where it cannot be read. Links are followed: for who writes nothing there. */
export function textOrNothing(output: string, path: string): string | undefined {
  try {
    return readFileSync(join(output, path), "utf8");
  } catch {
    return undefined;
  }
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
  const steps = path.split("/");
  for (const [index] of steps.entries()) {
    const at = steps.slice(0, index + 1).join("/");
    if (index < steps.length - 1 && seen.has(at)) continue;
    const stats = lstatSync(join(output, at), { throwIfNoEntry: false });
    if (!stats) return { kind: "missing" };
    if (stats.isSymbolicLink()) return { kind: "link", at };
    if (index === steps.length - 1)
      return stats.isFile()
        ? { kind: "file", stats }
        : stats.isDirectory()
          ? { kind: "folder" }
          : { kind: "obstacle", at };
    if (!stats.isDirectory()) return { kind: "obstacle", at };
    seen.add(at);
  }
  return { kind: "missing" };
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

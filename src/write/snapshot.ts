/** The output folder as it is: the text of every file that is to be written or was written before. Follows no link. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import { manifestPath, type Manifest } from "../model/files.js";
import { succeed } from "../model/result.js";
import { isInterrupted } from "./journal.js";
import { parseManifest } from "./manifest.js";
import { look } from "./paths.js";

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
  /** Why the manifest that is there cannot be used. */
  readonly broken?: Diagnostic;
  /** A build died while it wrote: what is there is neither the old state nor the new. */
  readonly interrupted: boolean;
}

/** `paths` are those of the planned files; those of the manifest are added. */
export function readSnapshot(output: string, paths: readonly string[]): Snapshot {
  const found = readEntry(output, manifestPath);
  const { value: manifest, diagnostics } = found.kind === "file" ? parseManifest(found.text) : succeed(undefined);
  const [broken] = diagnostics;
  const known = [...paths, ...Object.keys(manifest?.files ?? {})];
  const entries = new Map(known.map((path): [string, Entry] => [path, readEntry(output, path)]));
  entries.set(manifestPath, found);
  return { entries, interrupted: isInterrupted(output), ...(manifest && { manifest }), ...(broken && { broken }) };
}

function readEntry(output: string, path: string): Entry {
  try {
    const standing = look(output, path);
    return standing.kind === "file" ? { kind: "file", text: readFileSync(join(output, path), "utf8") } : standing;
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

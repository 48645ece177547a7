/**
 * What a write is about to do, on disk before it does it: should the process die in between, the next
 * one puts the old files back. Whatever was edited after the crash is left alone.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, rmdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Change } from "../model/files.js";
import { hashText } from "../model/hash.js";
import { isSafePath, look, workFolder } from "./paths.js";

const stageFolder = `${workFolder}/stage`;
export const journalPath = `${stageFolder}/journal.json`;

export type EffectiveChange = Exclude<Change, { readonly kind: "unchanged" }>;

interface Step {
  readonly kind: EffectiveChange["kind"];
  readonly path: string;
  /** Of the new text; absent for a deletion. */
  readonly hash?: string;
}

/** Where the new text of a change waits, and where the old one is kept until all is done. */
export const stagedPath = (path: string) => `${stageFolder}/new/${nameOf(path)}`;
export const keptPath = (path: string) => `${stageFolder}/old/${nameOf(path)}`;

/** Beside each other, as far as file systems take names so long: folders cost more than files. */
function nameOf(path: string): string {
  const name = encodeURIComponent(path);
  return name.length > 200 ? path : name;
}

export function printJournal(changes: readonly EffectiveChange[]): string {
  const steps = changes.map((change): Step => ({
    kind: change.kind,
    path: change.path,
    ...(change.kind !== "delete" && { hash: hashText(change.text) }),
  }));
  return JSON.stringify(steps);
}

/** True when an earlier write did not come to its end. */
export function isInterrupted(output: string): boolean {
  return existsSync(join(output, journalPath));
}

/** Puts back every file as it was before the interrupted write; the caller holds the lock. */
export function rollBack(output: string): void {
  for (const step of readJournal(output)) undo(output, step);
  discardStage(output);
}

/** The journal goes first: without it, what is left of the stage means nothing. */
export function discardStage(output: string): void {
  rmSync(join(output, journalPath), { force: true });
  rmSync(join(output, stageFolder), { recursive: true, force: true });
}

function undo(output: string, { kind, path, hash }: Step): void {
  const target = join(output, path);
  const kept = join(output, keptPath(path));
  const now = currentHash(output, path);
  if (kind === "create") {
    if (now !== undefined && now === hash) rmSync(target);
    removeEmptyFolders(output, path);
  } else if (existsSync(kept) && now === (kind === "delete" ? undefined : hash)) {
    mkdirSync(dirname(target), { recursive: true });
    renameSync(kept, target);
  }
}

/** Undefined when no plain file is there. */
function currentHash(output: string, path: string): string | undefined {
  return look(output, path).kind === "file" ? hashText(readFileSync(join(output, path), "utf8")) : undefined;
}

/** From the file's folder up to the output, as far as they are empty. */
export function removeEmptyFolders(output: string, path: string): void {
  try {
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) rmdirSync(join(output, folder));
  } catch {
    // Not empty, or never made.
  }
}

/** A journal that was cut off was never acted upon: it is complete on disk before the first file moves. */
function readJournal(output: string): readonly Step[] {
  try {
    const steps: unknown = JSON.parse(readFileSync(join(output, journalPath), "utf8"));
    return Array.isArray(steps) ? steps.filter(isStep) : [];
  } catch {
    return [];
  }
}

function isStep(value: unknown): value is Step {
  return (
    typeof value === "object" &&
    value !== null &&
    "path" in value &&
    typeof value.path === "string" &&
    isSafePath(value.path)
  );
}

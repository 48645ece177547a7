/**
 * The first half of a write: every new text waits inside of the output, with a copy of what it replaces, and a journal says
 * what is about to be done. Fails on a file or link that is in the way.
 */
import { chmodSync, closeSync, copyFileSync, fsyncSync, lstatSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { journalPath, keptPath, printJournal, stagedPath, type EffectiveChange } from "./journal.js";

export function stageChanges(output: string, changes: readonly EffectiveChange[]): void {
  const folders = new Set<string>();
  for (const change of changes) {
    if (change.kind === "delete") continue;
    const path = join(output, stagedPath(change.path));
    makeFolderOf(path, folders);
    write(path, change.text, isIrreplaceable(change) ? fsyncSync : undefined);
  }
  for (const change of changes) if (change.kind !== "create") keep(output, change);
  const journal = join(output, journalPath);
  makeFolderOf(journal, folders);
  write(journal, printJournal(changes), fsyncSync);
}

/** Work of the user's is in it. All else is written again by another build, should the machine lose it with its power. */
function isIrreplaceable(change: EffectiveChange): boolean {
  return change.kind === "update" && (change.owner === "scaffold" || change.backup === true);
}

/** `sync` brings it to the disk, and not only into the system's memory; of thousands of files that is most of what a build costs. */
function write(path: string, text: string, sync?: typeof fsyncSync): void {
  const file = openSync(path, "wx");
  try {
    writeFileSync(file, text);
    sync?.(file);
  } finally {
    closeSync(file);
  }
}

function makeFolderOf(path: string, made: Set<string>): void {
  const folder = dirname(path);
  if (made.has(folder)) return;
  mkdirSync(folder, { recursive: true });
  made.add(folder);
}

/** A copy of what stands there now; the new file inherits its permissions. */
function keep(output: string, { kind, path }: EffectiveChange): void {
  const kept = join(output, keptPath(path));
  mkdirSync(dirname(kept), { recursive: true });
  copyFileSync(join(output, path), kept);
  if (kind === "update") chmodSync(join(output, stagedPath(path)), lstatSync(join(output, path)).mode);
}

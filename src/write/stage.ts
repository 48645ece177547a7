/**
 * The first half of a write: every new text waits inside of the output, with what it replaces, and a journal says
 * what is about to be done. Fails on a file or link that is in the way.
 */
import {
  chmodSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  writeFileSync,
} from "node:fs";
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
  for (const change of changes) if (change.kind !== "create") keep(output, change, folders);
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

/** What stands there now, by a second name: nothing writes into it, a new file takes its place. The new one inherits its permissions. */
function keep(output: string, { kind, path }: EffectiveChange, folders: Set<string>): void {
  const kept = join(output, keptPath(path));
  makeFolderOf(kept, folders);
  try {
    linkSync(join(output, path), kept);
  } catch {
    // Some file systems give a file one name only.
    copyFileSync(join(output, path), kept);
  }
  if (kind === "update") chmodSync(join(output, stagedPath(path)), lstatSync(join(output, path)).mode);
}

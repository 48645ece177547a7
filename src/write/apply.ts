/**
 * Changes → disk, all or nothing: new texts are staged inside the output, a journal is written, then every
 * file is moved into place. A failure puts everything back; a crash leaves each file old or new, and the next run recovers.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import { developmentFolder, type Change } from "../model/files.js";
import { succeed, type Result } from "../model/result.js";
import {
  discardStage,
  isInterrupted,
  removeEmptyFolders,
  rollBack,
  stagedPath,
  type EffectiveChange,
} from "./journal.js";
export type { Owner } from "./lock.js";
import { acquireLock, type Owner } from "./lock.js";
import { baseName } from "./base.js";
import { keptName, memoryName } from "./memory.js";
import { look, workFolder, type SeenFolders } from "./paths.js";
import { reasonOf } from "./snapshot.js";
import { stageChanges } from "./stage.js";
import { readText } from "./texts.js";

export interface Application {
  readonly output: string;
  readonly changes: readonly Change[];
  readonly owner: Owner;
}

export interface Applied {
  /** Relative to the output: where the replaced work of the user is kept. */
  readonly backup?: string;
}

export async function applyChanges({ output, changes, owner }: Application): Promise<Result<Applied>> {
  const effective = changes.filter((change) => change.kind !== "unchanged");
  if (effective.length === 0) return succeed({});
  return await whileLocked({ output, owner }, () => {
    const seen: SeenFolders = new Set();
    const found = effective.map((change) => ({ change, state: stateOf(output, change, seen) }));
    const stale = found.filter(({ state }) => state === "changed");
    if (stale.length > 0)
      return Promise.resolve(
        succeed(
          {},
          stale.map(({ change }) => changedMeanwhile(change)),
        ),
      );
    const left = found.filter(({ state }) => state === "open").map(({ change }) => change);
    return Promise.resolve(succeed(carryOut(output, left)));
  });
}

/** Puts an interrupted write right and clears up after it, so that what is read afterwards is one build's work. */
export async function recoverOutput(output: string, owner: Owner): Promise<readonly Diagnostic[]> {
  if (!isInUse(output)) return [];
  const recovered = await whileLocked({ output, owner }, () => {
    if (isInterrupted(output)) rollBack(output);
    else discardStage(output);
    return Promise.resolve(succeed({}));
  });
  return recovered.diagnostics;
}

const backupFolder = "backup";
const kept = [backupFolder, baseName, memoryName, keptName, basename(developmentFolder), ".gitignore"];

/** A write goes on, or did not come to its end: the work folder holds more than what is kept. */
function isInUse(output: string): boolean {
  const folder = join(output, workFolder);
  return look(output, workFolder).kind === "folder" && namesIn(folder).some((name) => !kept.includes(name));
}

/** None where another build that has just ended took the folder away. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    if (existsSync(folder)) throw cause;
    return [];
  }
}

interface Locking {
  readonly output: string;
  readonly owner: Owner;
}

async function whileLocked({ output, owner }: Locking, work: () => Promise<Result<Applied>>): Promise<Result<Applied>> {
  const made = !existsSync(output);
  const folder = join(output, workFolder);
  try {
    if (look(output, workFolder).kind === "link")
      return succeed({}, [diagnostic("MG108", `\`${workFolder}\` in the output is a symbolic link`)]);
    const lock = await acquireLock(folder, owner);
    if (lock.kind === "busy") return succeed({}, [busy(lock.holder)]);
    try {
      return await work();
    } finally {
      lock.release();
    }
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    return succeed({}, [diagnostic("MG606", `nothing was written: ${reasonOf(cause)}`)]);
  } finally {
    removeIfEmpty(folder);
    if (made) removeIfEmpty(output);
  }
}

/** Stages, then moves; on any failure the output is as it was. */
function carryOut(output: string, changes: readonly EffectiveChange[]): Applied {
  discardStage(output);
  try {
    stageChanges(output, changes);
    const backup = keepBackup(output, changes);
    const seen: SeenFolders = new Set();
    for (const change of changes) move(output, change, seen);
    discardStage(output);
    return backup === undefined ? {} : { backup };
  } catch (cause) {
    rollBack(output);
    throw cause;
  }
}

function keepBackup(output: string, changes: readonly EffectiveChange[]): string | undefined {
  const precious = changes.filter((change) => change.kind !== "create" && change.backup);
  if (precious.length === 0) return undefined;
  const backups = `${workFolder}/${backupFolder}`;
  if (look(output, backups).kind === "link") throw inTheWay(backups);
  mkdirSync(join(output, backups), { recursive: true });
  // Counted, not dated: the next number after the largest.
  const last = Math.max(0, ...readdirSync(join(output, backups)).map(Number).filter(Number.isInteger));
  const folder = `${backups}/${String(last + 1)}`;
  for (const { path } of precious) {
    mkdirSync(dirname(join(output, folder, path)), { recursive: true });
    copyFileSync(join(output, path), join(output, folder, path));
  }
  return folder;
}

function move(output: string, { kind, path }: EffectiveChange, seen: SeenFolders): void {
  const target = join(output, path);
  const standing = look(output, path, seen);
  if (standing.kind === "link" || standing.kind === "obstacle") throw inTheWay(standing.at);
  if (kind === "delete") {
    rmSync(target);
    removeEmptyFolders(output, path);
    seen.clear();
    return;
  }
  if (standing.kind === "missing") mkdirSync(dirname(target), { recursive: true });
  renameSync(join(output, stagedPath(path)), target);
}

/**
 * `open`: what stands there is what the decision was made on. `done`: another build that ran at the same time came to the
 * same result. `changed`: an editor or another build must not lose what it wrote.
 */
function stateOf(output: string, change: EffectiveChange, seen: SeenFolders): "open" | "done" | "changed" {
  const now = look(output, change.path, seen).kind === "file" ? readText(join(output, change.path)) : undefined;
  if (now === (change.kind === "delete" ? undefined : change.text)) return "done";
  return now === (change.kind === "create" ? undefined : change.before) ? "open" : "changed";
}

function changedMeanwhile({ path }: EffectiveChange): Diagnostic {
  return diagnostic("MG608", `\`${path}\` changed while mcpgen was building`, { help: "run mcpgen again" });
}

function busy(holder: string): Diagnostic {
  return diagnostic("MG608", "another mcpgen is writing to this output folder", {
    notes: [{ message: `its lock is ${workFolder}/${basename(holder)} in the output folder` }],
  });
}

/** A link or a file where a folder is needed; the disk has changed since it was looked at. */
function inTheWay(path: string): Error {
  return Object.assign(new Error(`${path} is in the way`), { code: "EEXIST" });
}

/** The disk said no. Anything else is our bug. */
function isSystemError(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" && !(cause instanceof TypeError);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Backups, or another process's lock.
  }
}

/**
 * One writer at a time in an output folder. Every writer first puts down a lock file of its own and
 * then looks for others, so of two that start together at least one sees the other. Locks of dead
 * processes are cleared away.
 */
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Writing takes well under a second: a lock this old was left behind, whoever has its process number by now. */
const staleAfterMs = 2 * 60_000;
const prefix = "lock-";

/** The process that writes, and what it can learn of others; handed in, since only the command line knows processes. */
export interface Owner {
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
  /** How long it waits for another to finish. */
  readonly patienceMs: number;
}

export type LockResult =
  | { readonly kind: "locked"; readonly release: () => void }
  /** `holder` is the lock file of the process that goes on writing. */
  | { readonly kind: "busy"; readonly holder: string };

export async function acquireLock(folder: string, owner: Owner): Promise<LockResult> {
  // Different waits for different processes: two that met once do not meet for ever.
  const pause = 20 + (owner.pid % 37);
  for (let waited = 0; ; waited += pause) {
    const result = tryLock(folder, owner);
    if (result.kind === "locked" || waited >= owner.patienceMs) return result;
    await sleep(pause);
  }
}

/** Held by this process: a lock with our number that is not among them was left by a dead process. */
const held = new Set<string>();

function tryLock(folder: string, owner: Owner): LockResult {
  // Here and not once before: a writer that finishes takes the empty folder away.
  mkdirSync(folder, { recursive: true });
  const own = join(folder, freeName(folder, owner));
  const handle = openNew(own);
  if (handle === undefined) return { kind: "busy", holder: own };
  held.add(own);
  writeSync(handle, hostname());
  const now = fstatSync(handle).mtimeMs;
  closeSync(handle);
  const release = () => {
    rmSync(own, { force: true });
    held.delete(own);
  };
  const others = locksIn(folder).filter((path) => path !== own);
  const holder = others.find((path) => !clearStale(path, { now, owner }));
  if (holder === undefined) return { kind: "locked", release };
  release();
  return { kind: "busy", holder };
}

/** Undefined where a writer that has finished took the folder away in this moment. */
function openNew(path: string): number | undefined {
  try {
    return openSync(path, "wx");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw cause;
  }
}

function freeName(folder: string, { pid }: Owner): string {
  for (let count = 1; ; count++) {
    const name = `${prefix}${String(pid)}-${String(count)}`;
    if (!statSync(join(folder, name), { throwIfNoEntry: false })) return name;
  }
}

function locksIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(folder, name));
}

/** True when the lock is gone. `now` is the file system's clock, which all writers share. */
function clearStale(path: string, { now, owner }: { readonly now: number; readonly owner: Owner }): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return true;
  if (now - stats.mtimeMs <= staleAfterMs && isHeld(path, owner)) return false;
  rmSync(path, { force: true });
  return true;
}

function isHeld(path: string, owner: Owner): boolean {
  const pid = Number(/(\d+)-\d+$/.exec(path)?.[1]);
  if (!isOfThisMachine(path)) return true;
  return pid === owner.pid ? held.has(path) : owner.isAlive(pid);
}

/** A process of another machine (a shared folder) cannot be asked: its lock counts until it is old. */
function isOfThisMachine(path: string): boolean {
  try {
    const host = readFileSync(path, "utf8");
    return host === "" || host === hostname();
  } catch {
    return true; // released just now
  }
}

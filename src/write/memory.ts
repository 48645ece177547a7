/**
 * What the last build saw, kept beside what it wrote: in the nearest `node_modules/.cache`, else in the work folder of the
 * output. It is this machine's and in nobody's repository; where there is none, or another's, there is only a full build.
 */
import { manifestPath } from "../model/files.js";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { hashText } from "../model/hash.js";
import type { Lookups } from "../model/project/lookups.js";
import { baseName } from "./base.js";
import { look, workFolder } from "./paths.js";
import { textOrNothing } from "./texts.js";

export interface Memory {
  /** Who built: another one remembers nothing of this. */
  readonly builder: string;
  /** Of the configuration that was built with. */
  readonly config: string;
  /** What `hashWritten` gave after the build. */
  readonly written: string;
  readonly warnings: number;
  /** Warnings that the user had accepted. */
  readonly accepted: number;
  readonly lookups: Lookups;
  /** The name of what was kept with it; absent where nothing was. */
  readonly kept?: string;
}

/** Where a memory belongs; `root` is the project's. */
export interface MemoryOwner {
  readonly root: string;
  readonly output: string;
}

export interface FoundMemory {
  readonly memory: Memory;
  /** When it was written down, by the clock of the disk. */
  readonly written: number;
}

export const memoryName = "memory.json";
export const keptName = "memory.kept";

/** Of the shape above: one of another shape is none. */
const format = 3;

export function readMemory(owner: MemoryOwner): FoundMemory | undefined {
  try {
    const path = memoryPath(owner);
    const kept = JSON.parse(readFileSync(path, "utf8")) as MemoryOwner & { format: number; memory: Memory };
    const isOurs = kept.format === format && kept.root === owner.root && kept.output === owner.output;
    return isOurs ? { memory: kept.memory, written: statSync(path).mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/** A disk that takes no memory costs the next build its time and nothing else. */
export function writeMemory(owner: MemoryOwner, memory: Memory): void {
  const path = memoryPath(owner);
  try {
    if (look(owner.output, workFolder).kind === "link") return;
    mkdirSync(dirname(path), { recursive: true });
    if (basename(path) === memoryName) writeFileSync(join(dirname(path), ".gitignore"), `*\n!/${baseName}\n`);
    const draft = `${path}.new`;
    writeFileSync(draft, JSON.stringify({ format, root: owner.root, output: owner.output, memory }));
    renameSync(draft, path);
  } catch {
    return;
  }
}

export interface Keeping {
  /** What the memory calls it. */
  readonly name: string;
  readonly kept: unknown;
  /** More builds follow in this process: they need not read it. */
  readonly again?: true | undefined;
}

/** What the last build of this process kept for the next one. */
let held: (Omit<Keeping, "again"> & { readonly path: string }) | undefined;

/**
 * What the next build can take over, in a file of its own: only one after an edit reads it. As V8 writes values: what is one
 * object stays one, and no number becomes another.
 */
export function writeKept(owner: MemoryOwner, { name, kept, again }: Keeping): void {
  held = again && { path: keptPath(owner), name, kept };
  const write = (): void => {
    storeKept(owner, { name, kept });
  };
  // This process has what it needs: whatever waits for the build goes first.
  if (again) setImmediate(write);
  else write();
}

function storeKept(owner: MemoryOwner, stored: Omit<Keeping, "again">): void {
  try {
    if (look(owner.output, workFolder).kind === "link" || !existsSync(owner.output)) return;
    const path = keptPath(owner);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, serialize(stored));
    renameSync(`${path}.new`, path);
  } catch {
    return;
  }
}

/** Undefined where there are none, or those of another build. */
export function readKept(owner: MemoryOwner, name: string): unknown {
  if (held?.name === name && held.path === keptPath(owner)) return held.kept;
  try {
    const found = deserialize(readFileSync(keptPath(owner))) as Record<"name" | "kept", unknown>;
    return found.name === name ? found.kept : undefined;
  } catch {
    return undefined;
  }
}

function keptPath(owner: MemoryOwner): string {
  return memoryPath(owner).replace(/\.json$/, ".kept");
}

/** Of the manifest and of the files that builds add to, as they are. */
export function hashWritten(output: string): string {
  return hashText(
    JSON.stringify([manifestPath, "package.json", ".env.example"].map((path) => textOrNothing(output, path))),
  );
}

function memoryPath({ root, output }: MemoryOwner): string {
  const modules = nearestModules(root);
  if (modules === undefined) return join(output, workFolder, memoryName);
  return join(modules, ".cache/mcpgen", `${hashText(output).slice(0, 16)}.json`);
}

function nearestModules(folder: string): string | undefined {
  const candidate = join(folder, "node_modules");
  if (isFolder(candidate)) return candidate;
  return folder === dirname(folder) ? undefined : nearestModules(dirname(folder));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

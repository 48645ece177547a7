/**
 * What the last build saw, kept beside what it wrote: in the nearest `node_modules/.cache`, else in the work folder of the
 * output. It is this machine's and in nobody's repository; where there is none, or another's, there is only a full build.
 */
import { manifestPath } from "../model/files.js";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { hashText } from "../model/hash.js";
import type { Lookups } from "../model/project/lookups.js";
import { baseName } from "./base.js";
import { look, workFolder } from "./paths.js";

export interface Memory {
  /** Who built: another one remembers nothing of this. */
  readonly builder: string;
  /** What `hashWritten` gave after the build. */
  readonly written: string;
  readonly warnings: number;
  /** Warnings that the user had accepted. */
  readonly accepted: number;
  readonly lookups: Lookups;
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

/** Of the shape above: one of another shape is none. */
const format = 2;

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
    if (basename(path) === memoryName)
      writeFileSync(join(dirname(path), ".gitignore"), `*\n!/${baseName}/\n!/${baseName}/**\n`);
    const draft = `${path}.new`;
    writeFileSync(draft, JSON.stringify({ format, root: owner.root, output: owner.output, memory }));
    renameSync(draft, path);
  } catch {
    return;
  }
}

/** Of the manifest and of the files that builds add to, as they are. */
export function hashWritten(output: string): string {
  return hashText(JSON.stringify([manifestPath, "package.json", ".env.example"].map((path) => textAt(output, path))));
}

function textAt(output: string, path: string): string | undefined {
  try {
    return readFileSync(join(output, path), "utf8");
  } catch {
    return undefined;
  }
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

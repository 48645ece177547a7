/**
 * What the analysis read → one hash each: the project's own files by their text, a package by its name and
 * version. The same hashes are taken again before the next build, which stops there when none has changed.
 */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ts } from "ts-morph";
import type { Config } from "../config/config.js";
import { compareText } from "../diagnostics/diagnostic.js";
import type { InputFile } from "../model/api.js";
import { hashText } from "../model/hash.js";
import { listFiles } from "./files.js";
import { packageName, type Origin } from "./origins.js";
import { toRelative } from "./spans.js";

export interface ReadFiles {
  readonly root: string;
  readonly files: readonly ts.SourceFile[];
  readonly tsconfigs: readonly string[];
  /** Packages that came with mcpgen are no input: its version stands in the manifest. */
  readonly ownPackages: string | undefined;
  readonly originOf: (file: ts.SourceFile) => Origin;
}

export function listInputs({ root, files, tsconfigs, ownPackages, originOf }: ReadFiles): InputFile[] {
  const inputs = new Map<string, string>();
  for (const file of files) {
    if (ownPackages !== undefined && file.fileName.startsWith(ownPackages)) continue;
    const origin = originOf(file);
    if (origin.kind === "project") inputs.set(origin.path, hashText(file.text));
    else if (origin.kind === "package" || origin.kind === "node") addPackage(inputs, root, file.fileName);
  }
  for (const path of tsconfigs) inputs.set(toRelative(root, path), hashText(readFileSync(path, "utf8")));
  // By code units: a locale's order would differ from machine to machine.
  return [...inputs].map(([path, hash]) => ({ path, hash })).sort((a, b) => compareText(a.path, b.path));
}

function addPackage(inputs: Map<string, string>, root: string, file: string): void {
  const path = packagePath(root, file);
  if (path === undefined || inputs.has(path)) return;
  const hash = hashPackage(root, path);
  if (hash !== undefined) inputs.set(path, hash);
}

/**
 * `node_modules/name` for the package that the root itself would find, wherever above it, or behind which link, that
 * is: another checkout has the same path for it. Only a package within a package is known by its place.
 */
function packagePath(root: string, file: string): string | undefined {
  const name = packageName(file);
  if (name === undefined) return undefined;
  const folder = file.slice(0, file.lastIndexOf("/node_modules/") + "/node_modules/".length + name.length);
  const path = `node_modules/${name}`;
  const found = findPackage(root, path);
  return found !== undefined && realpathSync(found) === realpathSync(folder) ? path : toRelative(root, folder);
}

function hashPackage(root: string, path: string): string | undefined {
  const folder = path.startsWith("node_modules/") ? findPackage(root, path) : join(root, path);
  const text = folder === undefined ? undefined : readIfThere(join(folder, "package.json"));
  if (text === undefined) return undefined;
  const { name, version } = JSON.parse(text) as { name?: string; version?: string };
  return hashText(`${name}@${version}`);
}

/** As Node.js looks for it: in the root, then in each folder above. */
function findPackage(root: string, path: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, path, "package.json"))) return join(folder, path);
    if (folder === dirname(folder)) return undefined;
  }
}

export type SourceFolder = Pick<Config, "root" | "source" | "output" | "exclude">;

/** The hashes of today for the inputs of an earlier build; a file that is gone has none. New source files are listed as well. */
export function rehashInputs(config: SourceFolder, earlier: Readonly<Record<string, string>>): Record<string, string> {
  const paths = new Set(Object.keys(earlier));
  for (const file of listFiles(config).sources) paths.add(toRelative(config.root, file));
  const hashes: Record<string, string> = {};
  for (const path of [...paths].sort(compareText)) {
    const text = isPackage(path) ? undefined : readIfThere(join(config.root, path));
    const hash = text === undefined ? hashPackage(config.root, path) : hashText(text);
    if (hash !== undefined) hashes[path] = hash;
  }
  return hashes;
}

function isPackage(path: string): boolean {
  return `/${dirname(path)}/`.includes("/node_modules/");
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

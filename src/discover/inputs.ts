/**
 * What the analysis read → one hash each, for the manifest: the project's own files by their text, a package by its name
 * and version, so that it is the same on every machine. Whether anything has changed is for the lookups to say.
 */
import { dirname, join } from "node:path";
import type { ts } from "ts-morph";
import { compareText } from "../model/text.js";
import type { InputFile } from "../model/api.js";
import { hashText } from "../model/hash.js";
import { loadCompiler } from "./compiler/compiler-options.js";
import { packageName, type Origin } from "./origins.js";
import { toRelative } from "./disk/spans.js";

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
  for (const path of tsconfigs) inputs.set(toRelative(root, path), hashText(readText(path) ?? ""));
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
  return found !== undefined && realPath(found) === realPath(folder) ? path : toRelative(root, folder);
}

function hashPackage(root: string, path: string): string | undefined {
  const folder = path.startsWith("node_modules/") ? findPackage(root, path) : join(root, path);
  const text = folder === undefined ? undefined : readText(join(folder, "package.json"));
  return text === undefined ? undefined : hashText(identityOf(text));
}

/** A package.json that is being edited may be no JSON: then its text is what is known of it. */
function identityOf(text: string): string {
  try {
    const { name, version } = JSON.parse(text) as { name?: string; version?: string };
    return `${name}@${version}`;
  } catch {
    return text;
  }
}

/** As Node.js looks for it: in the root, then in each folder above. */
function findPackage(root: string, path: string): string | undefined {
  for (let folder = root; ; folder = dirname(folder)) {
    if (loadCompiler().ts.sys.fileExists(join(folder, path, "package.json"))) return join(folder, path);
    if (folder === dirname(folder)) return undefined;
  }
}

function realPath(path: string): string {
  return loadCompiler().ts.sys.realpath?.(path) ?? path;
}

function readText(path: string): string | undefined {
  return loadCompiler().ts.sys.readFile(path);
}

/** Where somebody stands → the project there: its root, its configuration, where its functions may be, where a server could go. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { manifestPath } from "../../model/files.js";
import { isRecord, type Edits } from "./edits.js";

/** In this order: the first that holds TypeScript is proposed. */
const usualSources = ["src", "lib", "app"];
const usualOutputs = ["server", "mcp", "mcp-server"];

/** The nearest folder at or above this one with a package.json. */
export function findProject(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at) || existsSync(join(at, ".git"))) return undefined;
  }
}

/** Folders of the root that may be the source, the likeliest first. */
export function findSources(root: string): readonly string[] {
  return usualSources.filter((name) => isFolder(join(root, name)) && holdsTypeScript(join(root, name)));
}

/** What mcpgen.json says so far; empty where there is none. */
export function readSettings(edits: Edits): Readonly<Record<string, unknown>> {
  const settings = edits.json("mcpgen.json");
  return isRecord(settings) ? settings : {};
}

/** The first that is not there yet, or is an output of ours. */
export function proposeOutput(root: string): string {
  const isFree = (name: string) => !existsSync(join(root, name)) || existsSync(join(root, name, manifestPath));
  return usualOutputs.find(isFree) ?? "mcp-output";
}

export interface Source {
  /** Relative to the root, forward slashes. */
  readonly folder: string;
  /** Relative to the folder: what of it was named, where that is not all. */
  readonly scope: readonly string[] | undefined;
}

/** One folder is the source. A file, or several of either, are entries of the folder that holds them. Absolute paths. */
export function nameSource(root: string, paths: readonly string[]): Source {
  const [first = root, ...others] = paths;
  const isOne = others.length === 0 && !isFile(first);
  const folder = isOne ? first : paths.map((path) => (isFile(path) ? dirname(path) : path)).reduce(commonFolder);
  const scope = paths.map((path) => slashes(relative(folder, path)));
  const named = scope.some((path) => path === "") ? undefined : scope.map((path) => describeScope(folder, path));
  return { folder: slashes(relative(root, folder)) || ".", scope: isOne ? undefined : named };
}

function describeScope(folder: string, path: string): string {
  return isFile(join(folder, path)) ? path : `${path}/**`;
}

function commonFolder(a: string, b: string): string {
  const [one, other] = [resolve(a).split(sep), resolve(b).split(sep)];
  const length = one.findIndex((step, index) => step !== other[index]);
  return length < 0 ? resolve(a) : one.slice(0, length).join(sep) || sep;
}

function holdsTypeScript(folder: string, depth = 6): boolean {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && /(?<!\.d)\.m?ts$/.test(entry.name))) return true;
  const folders = entries.filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name));
  return depth > 0 && folders.some(({ name }) => holdsTypeScript(join(folder, name), depth - 1));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

export function slashes(path: string): string {
  return path.split(sep).join("/");
}

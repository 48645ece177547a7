/** Where somebody stands → the project there: its root, its configuration, where its functions may be, where a server could go. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
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

function holdsTypeScript(folder: string, depth = 6): boolean {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && /(?<!\.d)\.m?ts$/.test(entry.name))) return true;
  const folders = entries.filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name));
  return depth > 0 && folders.some(({ name }) => holdsTypeScript(join(folder, name), depth - 1));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

export function slashes(path: string): string {
  return path.split(sep).join("/");
}

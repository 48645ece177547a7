/**
 * Command line + mcpgen.json → paths, without validating anything: enough to find the manifest of
 * an earlier build and to see whether it still holds, before the validator is loaded.
 */
import { readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Asked } from "../model/files.js";
import { compareText } from "../model/text.js";
import { hashText } from "../model/hash.js";
import { findAbove, findConfigFile, isFile, readConfigFile, type ConfigFile } from "./file.js";
import { recallRequest } from "./known.js";
import type { ConfigRequest } from "./request.js";
import { narrowRequest, type NarrowRequest } from "./sources.js";
import { workspaceOf } from "./workspace.js";

export interface ConfigDraft {
  readonly root: string;
  readonly file?: ConfigFile;
  /** Every key of the file and of the command line as it was written, known or not. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Undefined when nobody named one. */
  readonly source?: string;
  /** Absolute: the files and folders of the source that are read, where these are not all. */
  readonly parts?: readonly string[];
  readonly output: string;
  readonly tsconfig?: string;
  readonly name: string;
  /** What the command line said, or what an earlier one said of this output; absent without a source. */
  readonly asked?: Asked;
  /** Outputs that could be meant where nothing says which, absolute. */
  readonly candidates: readonly string[];
}

export function draftConfig(given: ConfigRequest): ConfigDraft {
  const { request, candidates } = recallRequest(narrowRequest(given));
  const named = request.source === undefined ? undefined : resolve(request.cwd, request.source);
  const path =
    request.configFile === undefined ? findConfigFile(named ?? request.cwd) : resolve(request.cwd, request.configFile);
  const file = path === undefined ? undefined : readConfigFile(path);
  const settings = { ...(isRecord(file?.value) ? file.value : {}), ...overrides(request) };
  const setting = (key: string, value: string | undefined) =>
    pathOf(request.cwd, value) ?? pathOf(file?.folder, settings[key]);
  const source = setting("source", request.source);
  const root = file?.folder ?? (source === undefined ? resolve(request.cwd) : findRoot(source));
  const tsconfig = setting("tsconfig", request.tsconfig) ?? (source === undefined ? undefined : findTsconfig(source));
  const output = setting("out", request.output) ?? join(root, "server");
  return {
    root,
    ...(file && { file }),
    settings,
    ...(request.parts && { parts: request.parts }),
    ...(source !== undefined && { source, asked: askedOf(request, { ...(file && { file }), source, output }) }),
    output,
    candidates,
    ...(tsconfig !== undefined && { tsconfig }),
    name: typeof settings["name"] === "string" ? settings["name"] : defaultName(root, source),
  };
}

/** Only what would not be so without it: two ways of asking for the same give the same manifest. */
function askedOf(request: NarrowRequest, found: Pick<ConfigDraft, "file"> & { source: string; output: string }): Asked {
  const { source, output, file } = found;
  const way = (path: string | undefined) => path && toRelative(output, resolve(request.cwd, path));
  const written = isRecord(file?.value) ? file.value : {};
  const said = Object.entries(overrides(request)).filter(
    ([key, value]) => JSON.stringify(written[key]) !== JSON.stringify(value),
  );
  const nearest = findConfigFile(source);
  const config = way(request.configFile);
  const tsconfig = way(request.tsconfig);
  return {
    source: toRelative(output, source),
    ...(request.parts && { parts: request.parts.map((path) => toRelative(output, path)) }),
    ...(config !== undefined && config !== way(nearest) && { config }),
    ...(tsconfig !== undefined && tsconfig !== way(findTsconfig(source)) && { tsconfig }),
    ...Object.fromEntries(said),
  };
}

/** Changes whenever a rebuild could be asked for something else. Holds no absolute path: another checkout gives the same. */
export function fingerprint(draft: ConfigDraft): string {
  const facts = {
    ...draft.settings,
    $schema: undefined,
    source: draft.source === undefined ? undefined : toRelative(draft.root, draft.source),
    parts: draft.parts?.map((path) => toRelative(draft.root, path)),
    out: toRelative(draft.root, draft.output),
    tsconfig: draft.tsconfig === undefined ? undefined : toRelative(draft.root, draft.tsconfig),
    name: draft.name,
  };
  // By code units: the order in which keys are written says nothing.
  return hashText(JSON.stringify(Object.entries(facts).sort(([a], [b]) => compareText(a, b))));
}

/** Forward slashes on every system. */
export function toRelative(from: string, to: string): string {
  return relative(from, to).split(sep).join("/") || ".";
}

function overrides(request: NarrowRequest): Record<string, unknown> {
  const { name, title, description, expose, naming, exclude, sdk, functions } = request;
  const given = Object.entries({ name, title, description, expose, naming, exclude, sdk, functions });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function findRoot(source: string): string {
  const has = (folder: string, name: string): boolean => isFile(join(folder, name));
  const isMarked = (folder: string): boolean => has(folder, "package.json") || has(folder, "tsconfig.json");
  // A source that is a package itself is its own root; a tsconfig of its own makes it none.
  if (has(source, "package.json")) return source;
  const above = findAbove(source, (folder) => (folder !== source && isMarked(folder) ? folder : undefined));
  return above ?? (isMarked(source) ? source : dirname(source));
}

function findTsconfig(source: string): string | undefined {
  return findAbove(source, (folder) =>
    isFile(join(folder, "tsconfig.json")) ? join(folder, "tsconfig.json") : undefined,
  );
}

/** The package's own name, else the source folder's unless it says nothing: never the root's, which differs between checkouts. */
function defaultName(root: string, source: string | undefined): string {
  const own = packageName(root);
  // A workspace has no two packages with one name, and the output may become one of its packages.
  const named = own !== "" && workspaceOf(root) !== undefined ? `${own}-mcp` : own;
  const words = [named, source === undefined ? "" : basename(source)];
  const telling = words
    .map(toPackageName)
    .find((word) => word !== "" && !["src", "source", "lib", "functions"].includes(word));
  return telling ?? "mcp-server";
}

function packageName(root: string): string {
  try {
    const content: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    return isRecord(content) && typeof content["name"] === "string" ? content["name"].replace(/^@[^/]*\//, "") : "";
  } catch {
    return "";
  }
}

/** Lower case, with `-` for what npm accepts in no name; empty where nothing is left. */
export function toPackageName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9-._]+/g, "-")
    .replace(/^[-._]+|[-._]+$/g, "")
    .slice(0, 214);
}

function pathOf(folder: string | undefined, value: unknown): string | undefined {
  return folder !== undefined && typeof value === "string" && value !== "" ? resolve(folder, value) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

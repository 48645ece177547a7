/** One folder is the source. A file, or several of either, are what is served of the folder that holds them. */
import { dirname, join, relative, resolve, sep } from "node:path";
import { isFile, statOrUndefined } from "./file.js";
import type { ConfigRequest } from "./request.js";

export interface Source {
  /** Absolute. */
  readonly folder: string;
  /** Entries of `functions`: what of the folder was named, where that is not all. */
  readonly scope: readonly string[] | undefined;
}

/** Absolute paths, at least one. What is not there is taken for a folder. */
export function nameSource([first, ...others]: readonly [string, ...string[]]): Source {
  if (others.length === 0 && !isFile(first)) return { folder: first, scope: undefined };
  const paths = [first, ...others];
  const folder = paths.map((path) => (isFile(path) ? dirname(path) : path)).reduce(commonFolder);
  const entries = paths.map((path) => relative(folder, path).split(sep).join("/"));
  const isWhole = entries.includes("");
  return {
    folder,
    scope: isWhole ? undefined : entries.map((entry) => (isFile(join(folder, entry)) ? entry : `${entry}/**`)),
  };
}

/** A request whose source is a folder, or a path that is none, of which the user is told. */
export type NarrowRequest = Omit<ConfigRequest, "source"> & {
  readonly source?: string | undefined;
  /** Absolute: the files and folders of the source that are read, where these are not all. */
  readonly parts?: readonly string[] | undefined;
};

export function narrowRequest({ source, ...request }: ConfigRequest): NarrowRequest {
  const named = (typeof source === "string" ? [source] : (source ?? [])).map((path) => resolve(request.cwd, path));
  const [first, ...others] = named;
  if (first === undefined) return request;
  const odd = named.find((path) => !isSource(path));
  if (odd !== undefined) return { ...request, source: odd };
  const { folder, scope } = nameSource([first, ...others]);
  return { ...request, source: folder, ...(scope && { parts: named }) };
}

function isSource(path: string): boolean {
  const stats = statOrUndefined(path);
  return stats?.isDirectory() === true || (stats?.isFile() === true && /(?<!\.d)\.m?ts$/.test(path));
}

function commonFolder(a: string, b: string): string {
  const [one, other] = [resolve(a).split(sep), resolve(b).split(sep)];
  const length = one.findIndex((step, index) => step !== other[index]);
  return length < 0 ? resolve(a) : one.slice(0, length).join(sep) || sep;
}

/** Where somebody stands → the project that was built there: the manifest of an output knows its source and what else was asked for. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { manifestPath, type Asked } from "../model/files.js";
import { sidesOf } from "../model/project/markers.js";
import { findAbove, findConfigFile, isFile, readConfigFile } from "./file.js";
import type { NarrowRequest } from "./sources.js";

export interface Recalled {
  readonly request: NarrowRequest;
  /** Several outputs that could be meant, absolute; empty where there is no doubt. */
  readonly candidates: readonly string[];
}

/** A request without a source → the same with that of the output that it is about. mcpgen.json outweighs what was asked for once. */
export function recallRequest(request: NarrowRequest): Recalled {
  const plain = { request, candidates: [] };
  if (request.source !== undefined) return plain;
  const target =
    request.output === undefined ? findAbove(request.cwd, withManifest) : resolve(request.cwd, request.output);
  const configured = outputOfConfig(request);
  if (configured !== undefined && (target === undefined || target === configured)) return plain;
  const asked = target === undefined ? undefined : readAsked(target);
  if (target !== undefined && asked) return { request: merge(request, target, asked), candidates: [] };
  if (configured !== undefined || request.output !== undefined) return plain;
  const [only, ...others] = findOutputs(request.cwd);
  if (!only) return plain;
  if (others.length > 0) return { request, candidates: [only, ...others].map(({ output }) => output) };
  return { request: merge(request, only.output, only.asked), candidates: [] };
}

/** Undefined where no mcpgen.json names a source. */
function outputOfConfig({ cwd, configFile }: NarrowRequest): string | undefined {
  const path = configFile === undefined ? findConfigFile(cwd) : resolve(cwd, configFile);
  const { folder, value } = path === undefined ? {} : readConfigFile(path);
  if (folder === undefined || typeof value !== "object" || value === null || !("source" in value)) return undefined;
  return resolve(folder, "out" in value && typeof value.out === "string" ? value.out : "server");
}

function merge(request: NarrowRequest, output: string, asked: Asked): NarrowRequest {
  const { source, parts, config, tsconfig, ...rest } = asked;
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
  return {
    ...rest,
    source: resolve(output, source),
    ...(parts && { parts: parts.map((path) => resolve(output, path)) }),
    ...(config !== undefined && { configFile: resolve(output, config) }),
    ...(tsconfig !== undefined && { tsconfig: resolve(output, tsconfig) }),
    ...given,
    cwd: request.cwd,
    output,
  };
}

interface Known {
  readonly output: string;
  readonly asked: Asked;
}

/** Those of the nearest folder at or above this one that has any; seen from above, only those that are made of what is here. */
function findOutputs(cwd: string): readonly Known[] {
  const found = findAbove(cwd, (folder) => {
    const outputs = outputsBelow(folder, 2);
    const meant =
      folder === resolve(cwd)
        ? outputs
        : outputs.filter((known) => isWithin(cwd, resolve(known.output, known.asked.source)));
    return meant.length > 0 ? meant : undefined;
  });
  return found ?? [];
}

function outputsBelow(folder: string, depth: number): readonly Known[] {
  return foldersIn(folder).flatMap((name) => {
    const output = join(folder, name);
    const asked = readAsked(output);
    if (asked) return [{ output, asked }];
    return depth > 1 ? outputsBelow(output, depth - 1) : [];
  });
}

/** In code-unit order, as an error lists them. */
function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
      .map(({ name }) => name)
      .sort();
  } catch {
    return [];
  }
}

function withManifest(folder: string): string | undefined {
  return isFile(join(folder, manifestPath)) ? folder : undefined;
}

/** Where two branches have met in it, ours is asked. A manifest that cannot be read is told of by the stage that needs it. */
function readAsked(output: string): Asked | undefined {
  try {
    const text = readFileSync(join(output, manifestPath), "utf8");
    const { asked } = JSON.parse(sidesOf(text)?.[0] ?? text) as { readonly asked?: unknown };
    return isAsked(asked) ? asked : undefined;
  } catch {
    return undefined;
  }
}

function isAsked(value: unknown): value is Asked {
  return typeof value === "object" && value !== null && "source" in value && typeof value.source === "string";
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, resolve(path));
  return way !== ".." && !way.startsWith(`..${sep}`);
}

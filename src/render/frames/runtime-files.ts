/** Which files of the runtime a project needs: those that its generated files import, and what these import in turn. */
import type { OutputFile } from "../../model/files.js";
import { posix } from "node:path";
import { compareText } from "../../model/text.js";
import { readTemplate } from "./frames.js";

export interface RuntimeFiles {
  /** Byte for byte as in templates/runtime. */
  readonly files: readonly OutputFile[];
  /** The npm packages that they import. */
  readonly packages: readonly string[];
}

const mapPath = "generated/runtime/README.md";

/** Relative imports of runtime modules and packages, static and dynamic, types included: tsc wants those too. */
const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g;

/** An emitted file and what it imports: never read off its text, which holds the user's words. */
export interface Importer {
  readonly path: string;
  readonly imports: readonly string[];
}

export function collectRuntime(importers: readonly Importer[]): RuntimeFiles {
  const texts = new Map<string, RuntimeFile>();
  const packages = new Set<string>();
  const pending = [...importedBy(importers)].filter(isRuntime);
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (texts.has(path)) continue;
    const found = readRuntime(path);
    texts.set(path, found);
    for (const imported of found.imports) {
      if (isRuntime(imported)) pending.push(imported);
      else if (!imported.startsWith("node:")) packages.add(packageName(imported));
    }
  }
  // By code units: the order in which imports were met says nothing.
  // The map of the runtime goes along: whoever reads these files has to know what they are.
  if (texts.size > 0) texts.set(mapPath, readRuntime(mapPath));
  const files = [...texts]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([path, { text }]) => ({ path, text, owner: "generated" as const }));
  return { files, packages: [...packages].toSorted(compareText) };
}

interface RuntimeFile {
  readonly text: string;
  /** Paths of the output, and packages. */
  readonly imports: readonly string[];
}

/** By path: of one mcpgen they stay as they are. */
const read = new Map<string, RuntimeFile>();

function readRuntime(path: string): RuntimeFile {
  const known = read.get(path);
  if (known) return known;
  const text = readTemplate(path.slice("generated/".length));
  const found = { text, imports: importsOf(text).map((specifier) => resolve(path, specifier)) };
  read.set(path, found);
  return found;
}

/** Of our own files only. */
export function importsOf(text: string): readonly string[] {
  return [...text.matchAll(importPattern)].map(([, specifier = ""]) => specifier);
}

/** Each once: the files of a thousand tools import the same. */
function importedBy(importers: readonly Importer[]): ReadonlySet<string> {
  const byFolder = new Map<string, Set<string>>();
  for (const { path, imports } of importers) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const specifiers = byFolder.get(folder) ?? new Set();
    byFolder.set(folder, specifiers);
    for (const specifier of imports) specifiers.add(specifier);
  }
  const resolved = [...byFolder].flatMap(([folder, found]) => [...found].map((each) => resolve(folder, each)));
  return new Set(resolved);
}

/** Relative specifiers become paths of TypeScript files in the output, all others stay as they are. */
function resolve(path: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return posix.normalize(`${folder}${specifier}`).replace(/\.js$/, ".ts");
}

function isRuntime(path: string): boolean {
  return path.startsWith("generated/runtime/");
}

/** `@scope/name/path` → `@scope/name`. */
function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

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
  const pending = importers
    .flatMap(({ path, imports }) => imports.map((specifier) => resolve(path, specifier)))
    .filter(isRuntime);
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

/** By folder and specifier: the files of a thousand tools import the same. */
const resolved = new Map<string, string>();

/** Relative specifiers become paths of TypeScript files in the output, all others stay as they are. */
function resolve(path: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const question = `${path.slice(0, path.lastIndexOf("/") + 1)}${specifier}`;
  const known = resolved.get(question) ?? posix.normalize(question).replace(/\.js$/, ".ts");
  resolved.set(question, known);
  return known;
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

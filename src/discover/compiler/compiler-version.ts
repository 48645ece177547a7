/**
 * Which TypeScript the user compiles with, and what its options mean when they are not written: TypeScript 6 changed most
 * defaults (https://devblogs.microsoft.com/typescript/announcing-typescript-6-0/), and the sources are read by a 6.
 */
import type { ts } from "ts-morph";
import { dirname, join } from "node:path";
import { isRecord, readJson } from "./json-files.js";

export interface CompilerVersion {
  readonly major: number;
  readonly minor: number;
}

/** The first that changed the defaults. */
const changed = 6;

/** Of the installed compiler, else of the one that a package.json asks for; the first with today's defaults where nobody says. */
export function readCompilerVersion(folder: string): CompilerVersion {
  for (let each = folder; ; each = dirname(each)) {
    const installed = readJson(join(each, "node_modules/typescript/package.json"))?.["version"];
    const asked = askedVersion(readJson(join(each, "package.json")));
    const version = versionOf(installed) ?? versionOf(asked);
    if (version !== undefined) return version;
    if (each === dirname(each)) return { major: changed, minor: 0 };
  }
}

/** Options as a TypeScript before 6 reads them, written out; those of later ones stay as they are. */
export function asOfVersion(
  { ScriptTarget, ModuleKind, ModuleResolutionKind }: typeof ts,
  options: ts.CompilerOptions,
  { major }: CompilerVersion,
): ts.CompilerOptions {
  if (major >= changed) return options;
  const target = options.target ?? ScriptTarget.ES5;
  const module = options.module ?? (target >= ScriptTarget.ES2015 ? ModuleKind.ES2015 : ModuleKind.CommonJS);
  const isNode = module >= ModuleKind.Node16 && module <= ModuleKind.NodeNext;
  const interoperates = isNode || module === ModuleKind.Preserve;
  const resolution = isNode || interoperates ? {} : { moduleResolution: ModuleResolutionKind.Node10 };
  return {
    strict: false,
    esModuleInterop: interoperates,
    // Whatever stands in `node_modules/@types`.
    types: ["*"],
    ...resolution,
    ...options,
    target,
    module,
  };
}

function askedVersion(manifest: Record<string, unknown> | undefined): unknown {
  const fields = [manifest?.["devDependencies"], manifest?.["dependencies"]];
  return fields.map((field) => (isRecord(field) ? field["typescript"] : undefined)).find((version) => version);
}

function versionOf(version: unknown): CompilerVersion | undefined {
  const found = typeof version === "string" ? /(?:^|[\s^~>=<v@:])(\d+)(?:\.(\d+)|\.|$)/.exec(version) : undefined;
  return found ? { major: Number(found[1]), minor: Number(found[2] ?? 0) } : undefined;
}

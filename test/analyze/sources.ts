/** Source texts → a folder on disk → what discovery and analysis make of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { analyzeSources } from "../../src/analyze/index.js";
import { clientNames } from "../../src/model/clients.js";
import type { Config } from "../../src/config/config.js";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import { discoverSources, type Sources } from "../../src/discover/index.js";
import type { ApiModel, FunctionModel, ParameterModel, Servable } from "../../src/model/api.js";
import { typeText } from "./type-text.js";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  // Those of hundreds of sequences of edits take their time.
}, 300_000);

export type Files = Readonly<Record<string, string>>;

/** Paths are relative to the project root; the source folder is `src`. */
export function project(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), "mcpgen-analyze-"));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function configOf(root: string, overrides: Partial<Config> = {}): Config {
  return {
    root,
    source: join(root, "src"),
    output: join(root, "server"),
    name: "test",
    expose: "all",
    naming: "as-is",
    structured: "objects",
    errors: "closed",
    exclude: [],
    excludePlaces: [],
    accept: [],
    keepGoing: false,
    clients: clientNames,
    telemetry: false,
    sdk: "v1",
    client: false,
    packageManager: "npm",
    workspace: root,
    policySizes: [],
    ...overrides,
  };
}

export interface Analyzed {
  readonly model: ApiModel;
  readonly sources: Sources;
  /** Of both stages; those within a `Servable` are not among them. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One file's text, or several files. */
export function analyze(files: Files | string, overrides: Partial<Config> = {}): Analyzed {
  const root = project(typeof files === "string" ? { "src/a.ts": files } : files);
  const tsconfig =
    typeof files !== "string" && "tsconfig.json" in files ? { tsconfig: join(root, "tsconfig.json") } : {};
  return analyzeFolder(root, { ...tsconfig, ...overrides });
}

export function analyzeFolder(root: string, overrides: Partial<Config> = {}): Analyzed {
  const discovered = discoverSources(configOf(root, overrides), { again: true });
  const analyzed = analyzeSources(discovered.value);
  return {
    model: analyzed.value,
    sources: discovered.value,
    diagnostics: [...discovered.diagnostics, ...analyzed.diagnostics],
  };
}

export function find({ model }: Analyzed, name: string): FunctionModel {
  const found = model.functions.find((each) => each.name === name);
  if (!found) throw new Error(`no function ${name} in ${model.functions.map((each) => each.name).join(", ")}`);
  return found;
}

export function parameter(analyzed: Analyzed, name: string, index = 0): ParameterModel {
  return find(analyzed, name).parameters[index]!;
}

/** The type, or the messages that say why there is none. */
export function shown(type: Servable): string {
  return type.kind === "servable"
    ? typeText(type.type)
    : type.diagnostics.map(({ code, message }) => `${code} ${message}`).join("; ");
}

/** `MG301 "order.callback" is a function @ src/a.ts:1:2-10`. */
export function lines(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, message, span }) => {
    if (!span) return `${code} ${message}`;
    const end = span.end.line === span.start.line ? span.end.column : `${span.end.line}:${span.end.column}`;
    return `${code} ${message} @ ${span.file}:${span.start.line}:${span.start.column}-${end}`;
  });
}

/** All that is wrong: of the stages, and within parameters and results. */
export function problems({ model, diagnostics }: Analyzed): string[] {
  const within = model.functions.flatMap(({ parameters, result }) => [...parameters.map(({ type }) => type), result]);
  return lines([...diagnostics, ...within.flatMap((type) => (type.kind === "unservable" ? type.diagnostics : []))]);
}

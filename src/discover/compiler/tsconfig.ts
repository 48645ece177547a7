/** The user's tsconfig → the compiler options that the source is read with, and the global declarations that it includes. */
import { dirname } from "node:path";
import type { ts } from "ts-morph";
import type { Config } from "../../config/config.js";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { findAmbient } from "./ambient.js";
import { loadCompiler } from "./compiler-options.js";
import type { Span } from "../../model/span.js";
import { asOfVersion, readCompilerVersion } from "./compiler-version.js";
import { isOfNewer, withNearest, writtenAt } from "./newer-options.js";
import { toSlashes } from "../disk/files.js";
import { checkOutputApart } from "./output-apart.js";
import { chooseProject } from "./references.js";
import { helpOfUnfound, helpOfUninstalled, type HelpOf } from "./unfound-modules.js";
import { offsetsToSpan, toText } from "../disk/spans.js";

type TypeScript = typeof ts;

export interface ProjectOptions {
  readonly options: ts.CompilerOptions;
  /** The options as the user's own compiler has them: nothing is forced. */
  readonly own: ts.CompilerOptions;
  /** The user's own compilation goes without null checks. */
  readonly loose: boolean;
  /** Files that declare global types and that the tsconfig includes; absolute. */
  readonly ambient: readonly string[];
  /** The tsconfig that the source is compiled by: the one that was found, or one that it refers to; absolute. */
  readonly tsconfig?: string;
  /** The tsconfigs that were read: that one, those that it extends, those that led to it; absolute. */
  readonly files: readonly string[];
  /** What mends an error of TypeScript's, where that is not the usual. */
  readonly helpOf: HelpOf;
  readonly diagnostics: readonly Diagnostic[];
}

export function readProjectOptions(config: Config): ProjectOptions {
  const { ts } = loadCompiler();
  const { tsconfig } = config;
  if (tsconfig === undefined) {
    const own = defaults(ts);
    return {
      options: { ...own, ...forced },
      own,
      loose: false,
      ambient: [],
      files: [],
      helpOf: helpOfUnfound(config),
      diagnostics: [],
    };
  }
  const { path, file, parsed, led } = chooseProject(config, toSlashes(tsconfig));
  const { parseDiagnostics } = file as ts.TsConfigSourceFile & { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  const version = readCompilerVersion(dirname(path));
  const found = [...parseDiagnostics, ...parsed.errors].filter((problem) => !noFiles.has(problem.code));
  const newer = found.filter((problem) => isOfNewer(ts, problem, version));
  const problems = found.filter((problem) => !newer.includes(problem));
  const own = asOfVersion(ts, withNearest(ts, parsed.options, newer), version);
  return {
    options: { ...own, ...forced },
    own,
    loose: (own.strictNullChecks ?? own.strict) === false,
    ambient: findAmbient(parsed.fileNames, toSlashes(config.source)),
    tsconfig: path,
    files: [...led, path, ...(file.extendedSourceFiles ?? [])].filter((each) => ts.sys.fileExists(each)),
    helpOf: helpOfUnfound(config, { path, file, parsed }),
    diagnostics: [
      ...problems.map((problem) => tsconfigRefused(config, problem)),
      ...newer.map((problem) => optionOfNewer(ts, config, problem)),
      ...(problems.length > 0 ? [] : checkOutputApart(config, { path, file, parsed })),
    ],
  };
}

function defaults(ts: TypeScript): ts.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.esnext.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    resolveJsonModule: true,
    strict: true,
    types: [],
  };
}

/** Without null checks `string | null` is `string`: the schema would lie. The rest keeps TypeScript from refusing what a bundler accepts. */
const forced: ts.CompilerOptions = {
  strictNullChecks: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  composite: false,
  incremental: false,
  declaration: false,
  ignoreDeprecations: "6.0",
};

/** "No inputs were found" and its kin: which files are served is not the tsconfig's to say. */
const noFiles = new Set([18002, 18003]);

function tsconfigRefused(config: Config, problem: ts.Diagnostic): Diagnostic {
  const text = toText(config.root, problem.messageText);
  return diagnostic("MG111", text, { span: spanOf(config, problem), help: helpOfUninstalled(config, text) });
}

function optionOfNewer({ versionMajorMinor: ours }: TypeScript, config: Config, problem: ts.Diagnostic): Diagnostic {
  const text = `\`${writtenAt(problem)}\` is not known to the TypeScript ${ours} that reads the source`;
  return diagnostic("MG119", text, { span: spanOf(config, problem) });
}

function spanOf({ root }: Config, { file, start = 0, length = 0 }: ts.Diagnostic): Span | undefined {
  return file && offsetsToSpan(root, file, [start, start + length]);
}

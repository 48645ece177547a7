/** The user's tsconfig → the compiler options that the source is read with, and the ambient declarations that it includes. */
import { dirname } from "node:path";
import type { ts } from "ts-morph";
import type { Config } from "../config/config.js";
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import { loadCompiler } from "./compiler.js";
import { toSlashes } from "./files.js";
import { offsetsToSpan } from "./spans.js";

type TypeScript = typeof ts;

export interface ProjectOptions {
  readonly options: ts.CompilerOptions;
  /** The user's own compilation goes without null checks. */
  readonly loose: boolean;
  /** `.d.ts` files that the tsconfig includes; absolute. */
  readonly declarations: readonly string[];
  /** The tsconfig and those that it extends; absolute. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export function readProjectOptions(config: Config): ProjectOptions {
  const { ts } = loadCompiler();
  const { tsconfig } = config;
  if (tsconfig === undefined) {
    return { options: { ...defaults(ts), ...forced }, loose: false, declarations: [], files: [], diagnostics: [] };
  }

  const file = ts.readJsonConfigFile(toSlashes(tsconfig), (path) => ts.sys.readFile(path));
  const parsed = ts.parseJsonSourceFileConfigFileContent(
    file,
    declarationsOnly(ts, toSlashes(config.output)),
    toSlashes(dirname(tsconfig)),
    undefined,
    toSlashes(tsconfig),
  );
  const { parseDiagnostics } = file as ts.TsConfigSourceFile & { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  const problems = [...parseDiagnostics, ...parsed.errors].filter((problem) => !noFiles.has(problem.code));
  return {
    options: { ...parsed.options, ...forced },
    loose: (parsed.options.strictNullChecks ?? parsed.options.strict) === false,
    declarations: parsed.fileNames.filter((name) => /\.d\.m?ts$/.test(name)),
    files: [toSlashes(tsconfig), ...(file.extendedSourceFiles ?? [])].filter((path) => ts.sys.fileExists(path)),
    diagnostics: problems.map((problem) => tsconfigRefused(ts, config, problem)),
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

/** Only `.d.ts` files are looked for: the sources are listed by ourselves, and the output is never read. */
function declarationsOnly(ts: TypeScript, output: string): ts.ParseConfigHost {
  return {
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    fileExists: (path) => ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
    readDirectory: (root, _extensions, excludes, includes, depth) =>
      ts.sys
        .readDirectory(root, [".d.ts", ".d.mts"], excludes, includes, depth)
        .filter((name) => !name.startsWith(`${output}/`)),
  };
}

function tsconfigRefused(ts: TypeScript, config: Config, problem: ts.Diagnostic): Diagnostic {
  const text = ts.flattenDiagnosticMessageText(problem.messageText, " ");
  const { file, start = 0, length = 0 } = problem;
  const span = file && offsetsToSpan(config.root, file, [start, start + length]);
  return diagnostic("MG111", text, { span });
}

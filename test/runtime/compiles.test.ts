// The runtime is compiled with its user's options, whatever they are: the strictest and the laxest both pass.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { shareDeclarations } from "../support/declarations.js";

const runtime = join(import.meta.dirname, "../../templates/runtime");

const always: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  types: ["node"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
};

test.each<[string, ts.CompilerOptions]>([
  [
    "laxest, but for the options that ask for more types",
    { strict: false, noImplicitAny: true, useUnknownInCatchVariables: true },
  ],
  [
    "as new projects of Nest have it",
    { strict: true, noImplicitAny: false, strictBindCallApply: false, strictPropertyInitialization: false },
  ],
  ["laxest that has null checks", { strict: false, noImplicitAny: false, strictNullChecks: true }],
  [
    "strictest",
    {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      erasableSyntaxOnly: true,
      noUncheckedSideEffectImports: true,
      allowUnreachableCode: false,
      allowUnusedLabels: false,
    },
  ],
])(
  "%s",
  (_what, options) => {
    const files = readdirSync(runtime, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const all = { ...always, ...options };
    const host = shareDeclarations(ts.createCompilerHost(all));
    const program = ts.createProgram({ rootNames: files.map((name) => join(runtime, name)), options: all, host });
    const problems = ts.getPreEmitDiagnostics(program);
    expect(
      problems.map(
        ({ file, messageText }) => `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
      ),
    ).toEqual([]);
  },
  60_000,
);

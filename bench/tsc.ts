/**
 * `tsc --noEmit` as the TypeScript inside ts-morph does it: the same compiler that mcpgen reads sources with.
 * Reads tsconfig.json of the current folder, makes the program, asks for every kind of diagnostic, exits 1 if there is one.
 */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { ts as TypeScript } from "@ts-morph/common";

const require = createRequire(import.meta.url);
const { ts } = require("@ts-morph/common") as { ts: typeof TypeScript };

const configFile = join(process.cwd(), "tsconfig.json");
const { config, error } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as {
  config: unknown;
  error?: TypeScript.Diagnostic;
};
const { options, fileNames, errors } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
const host = ts.createCompilerHost(options);
// The bundled compiler comes without the language's own declarations: those of the `typescript` package stand in for them.
host.getDefaultLibLocation = () => dirname(require.resolve("typescript/lib/lib.d.ts"));
host.getDefaultLibFileName = (given) =>
  join(dirname(require.resolve("typescript/lib/lib.d.ts")), ts.getDefaultLibFileName(given));

const program = ts.createProgram({ rootNames: fileNames, options, host, configFileParsingDiagnostics: errors });
const diagnostics = [
  ...(error ? [error] : []),
  ...program.getConfigFileParsingDiagnostics(),
  ...program.getOptionsDiagnostics(),
  ...program.getSyntacticDiagnostics(),
  ...program.getGlobalDiagnostics(),
  ...program.getSemanticDiagnostics(),
];
if (diagnostics.length > 0) {
  console.error(
    ts.formatDiagnostics(diagnostics, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => process.cwd(),
      getNewLine: () => "\n",
    }),
  );
  process.exitCode = 1;
}

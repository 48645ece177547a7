// src → dist: the bundles that bin/ starts, the types that the package exports, the schema of mcpgen.json.
// Dependencies stay outside and are loaded when they are needed; what only starts up faster inside is a dev dependency.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const formatHost = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => "\n" };
const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

rmSync(dist, { recursive: true, force: true });
await bundle();
await writeSchema();
emitTypes();

async function bundle() {
  const entries = {
    cli: "src/cli/main.ts",
    index: "src/index.ts",
    create: "src/create/main.ts",
    schema: "src/config/schema.ts",
  };
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(join(root, path)))),
    outdir: dist,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    external: Object.keys(packageJson.dependencies),
    chunkNames: "chunks/[name]-[hash]",
    // What is bundled and written for CommonJS asks for Node's modules by `require`.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "eof",
    logLevel: "warning",
  });
}

async function writeSchema() {
  const { settingsJsonSchema } = await import(pathToFileURL(join(dist, "schema.js")).href);
  writeFileSync(join(dist, "mcpgen.schema.json"), `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`);
}

/** Declarations only of what src/index.ts reaches by types, and without checking it again: `npm run typecheck` does that. */
function emitTypes() {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ["src/index.ts"] }, ts.sys, root);
  const emission = { noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true, rootDir: root };
  const program = ts.createProgram([join(root, "src/index.ts")], {
    ...options,
    ...emission,
    outDir: join(dist, "types"),
  });
  const texts = new Map();
  const { diagnostics } = program.emit(undefined, (path, text) => texts.set(path, text));
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, formatHost));
  for (const path of reachable(join(dist, "types/src/index.d.ts"), texts)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, texts.get(path));
  }
}

function reachable(start, texts) {
  const found = new Set([start]);
  for (const path of found) {
    const imports = texts.get(path)?.matchAll(/(?:from |import\()"(\.[^"]+)\.js"/g) ?? [];
    for (const [, specifier] of imports) found.add(join(dirname(path), `${specifier}.d.ts`));
  }
  return [...found];
}

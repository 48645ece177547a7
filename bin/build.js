// src → dist: the bundles that bin/ starts, the types that the package exports, the schema of mcpgen.json.
// Dependencies stay outside and are loaded when they are needed; what only starts up faster inside is a dev dependency.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import Handlebars from "handlebars";
import ts from "typescript";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
// With a folder as its argument only the bundles are built, into that folder: tests run what they test.
const [target] = process.argv.slice(2);
const dist = target === undefined ? join(root, "dist") : resolve(target);
const formatHost = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => "\n" };
const packageJson = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

const options = {
  absWorkingDir: root,
  outdir: dist,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  external: Object.keys(packageJson.dependencies),
  // What is bundled and written for CommonJS asks for Node's modules by `require`.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "eof",
  logLevel: "warning",
};

rmSync(dist, { recursive: true, force: true });
await bundle();
if (target === undefined) {
  await writeSchema();
  emitTypes();
}

/**
 * The command line starts from one file that holds all that the unchanged build needs: each further file costs
 * the loader a millisecond. What it imports dynamically is bundled beside it, in pieces that share what they share.
 */
async function bundle() {
  const later = new Map();
  const atOnce = new Set(["src/cli/build.ts", "src/cli/check.ts"].map((path) => join(root, path)));
  const lazy = {
    name: "lazy",
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        const source = join(resolveDir, path).replace(/\.js$/, ".ts");
        if (kind !== "dynamic-import" || atOnce.has(source)) return undefined;
        const name = `later/${relative(join(root, "src"), source).replace(/\.ts$/, "").replaceAll("\\", "/")}`;
        later.set(name, source);
        return { path: `./${name}.js`, external: true };
      });
    },
  };
  await build({ ...options, entryPoints: { cli: "src/cli/main.ts" }, plugins: [lazy] });
  const entries = { index: "src/index.ts", create: "src/create/main.ts", schema: "src/config/schema.ts" };
  const present = Object.entries(entries).filter(([, path]) => existsSync(join(root, path)));
  const entryPoints = Object.fromEntries([...present, ...later]);
  await build({
    ...options,
    entryPoints,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    plugins: [{ name: "frames", setup: compileFrames }],
  });
}

/** Compiling the frames in each build would cost it more than filling them; what compiles them stays at home. */
function compileFrames(build) {
  build.onLoad({ filter: /[\\/]render[\\/]frames[\\/]compiled\.ts$/ }, ({ path }) => {
    const folder = join(root, "templates/frames");
    const frameOptions = JSON.parse(readFileSync(join(dirname(path), "frame-options.json"), "utf8"));
    const frames = readdirSync(folder).map((file) => {
      const compiled = Handlebars.precompile(readFileSync(join(folder, file), "utf8"), frameOptions);
      return `${JSON.stringify(file.replace(/\.hbs$/, ""))}: Handlebars.template(${compiled})`;
    });
    const contents = `import Handlebars from "handlebars/runtime";
const frames = { ${frames.join(",\n")} };
export const frameOf = (name) => frames[name];`;
    return { contents, resolveDir: root };
  });
}

async function writeSchema() {
  const { settingsJsonSchema } = await import(pathToFileURL(join(dist, "schema.js")).href);
  writeFileSync(join(dist, "mcpgen.schema.json"), `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`);
}

/** Declarations only of what src/index.ts reaches by types, and without checking it again: `npm run typecheck` does that. */
function emitTypes() {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options: strict } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: ["src/index.ts"] },
    ts.sys,
    root,
  );
  const emission = { noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true, rootDir: root };
  const program = ts.createProgram([join(root, "src/index.ts")], {
    ...strict,
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

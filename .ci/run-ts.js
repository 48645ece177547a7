// Runs one of the project's own TypeScript programs: `node .ci/run-ts.js bench/main.ts [arguments]`.
// Bundled beside node_modules' cache, so that packages resolve and relative paths of the program stay true.
import { mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const [program, ...programArguments] = process.argv.slice(2);
if (program === undefined) throw new Error("name a program: node .ci/run-ts.js bench/main.ts");

const folder = join(root, "node_modules/.cache/mcpgen-programs");
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${basename(program, ".ts")}-${process.pid}.mjs`);
await build({
  entryPoints: [join(root, program)],
  outfile,
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  sourcemap: "inline",
  logLevel: "warning",
});
process.argv = [process.argv[0], join(root, program), ...programArguments];
await import(pathToFileURL(outfile).href);

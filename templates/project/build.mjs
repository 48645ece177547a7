// Builds this server with esbuild. Yours: change it as you need.
//   node build.mjs                    dist/server.js, one file with everything in it
//   node build.mjs --watch [args]     the same, built and started again at every change, with [args]
//   node build.mjs --test             runs test/*.test.ts
import { spawn } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { build, context } from "esbuild";

const options = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
  // The paths and JSX settings of your tsconfig.
  tsconfig: "tsconfig.json",
  // `bind` and `providers` for your sources, which then need no mcpgen installed.
  alias: { mcpgen: "./generated/runtime/contracts/index.ts" },
  // An ES module has no `require`, and some packages ask for it.
  banner: {
    js: 'import { createRequire as createBundleRequire } from "node:module"; const require = createBundleRequire(import.meta.url);',
  },
};
const server = { ...options, entryPoints: ["generated/main.ts"], outfile: "dist/server.js" };

function run(args) {
  return spawn(process.execPath, ["--enable-source-maps", ...args], { stdio: "inherit" });
}

async function test() {
  const folder = "dist/test";
  rmSync(folder, { recursive: true, force: true });
  const names = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  const entryPoints = names.map((name) => `test/${name}`);
  await build({ ...options, entryPoints, outdir: folder, splitting: true });
  const files = names.map((name) => `${folder}/${name.replace(/\.ts$/, ".js")}`);
  run(["--test", ...files]).on("exit", (code) => process.exit(code ?? 1));
}

async function watch(args) {
  let child;
  const restart = {
    name: "restart",
    setup: (bundle) =>
      bundle.onEnd(({ errors }) => {
        if (errors.length > 0) return;
        const start = () => (child = run(["dist/server.js", ...args]));
        if (child === undefined || child.exitCode !== null) start();
        else child.once("exit", start).kill();
      }),
  };
  await (await context({ ...server, plugins: [restart] })).watch();
}

const [mode, ...rest] = process.argv.slice(2);
if (mode === "--test") await test();
else if (mode === "--watch") await watch(rest);
else await build(server);

/** The servers that are measured, built into a folder: the generated one, two by hand with the official SDK, one by Node alone. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { startStdio } from "./server-process.js";
import { toolSuffixes } from "./tool-names.js";
import { initialize, type Result } from "./workload.js";

export const toolCounts = [4, 100] as const;
export type ToolCount = (typeof toolCounts)[number];

export interface Contender {
  readonly name: string;
  /** The program and its arguments, over stdio. */
  readonly stdio: (tools: ToolCount) => readonly string[];
  /** The same without the port, which comes last. Absent where it would measure what another contender does. */
  readonly http?: (tools: ToolCount) => readonly string[];
}

export const generated = "mcpgen";

export async function buildContenders(root: string, work: string): Promise<readonly Contender[]> {
  const peers = join(root, "node_modules/.cache/mcpgen-bench/serving");
  for (const tools of toolCounts) generateServer(root, join(work, `shop-${String(tools)}`), shopSources(root, tools));
  const program = (name: string) => join(root, "bench/serving/peers", name);
  await compile({ entryPoints: [program("sdk.ts")], outdir: peers, packages: "external" });
  await compile({ entryPoints: { "sdk-bundled": program("sdk.ts") }, outdir: peers, banner: { js: requireBanner } });
  const sdk = join(peers, "sdk.mjs");
  const lists = await Promise.all(toolCounts.map((tools) => listOf([sdk, String(tools)])));
  const define = { LISTS: JSON.stringify(Object.fromEntries(toolCounts.map((tools, at) => [tools, lists[at]]))) };
  await compile({ entryPoints: [program("bare.ts")], outdir: peers, define });
  const server = (tools: number) => join(work, `shop-${String(tools)}/server/dist/server.js`);
  const bare = join(peers, "bare.mjs");
  return [
    { name: generated, stdio: (tools) => [server(tools)], http: (tools) => [server(tools), "--http"] },
    {
      name: "SDK",
      stdio: (tools) => [sdk, String(tools)],
      http: (tools) => [sdk, String(tools), "--http"],
    },
    {
      name: "SDK, best case",
      stdio: (tools) => [join(peers, "sdk-bundled.mjs"), String(tools)],
      http: (tools) => [sdk, String(tools), "--sessions"],
    },
    { name: "bare Node", stdio: (tools) => [bare, String(tools)], http: (tools) => [bare, String(tools), "--http"] },
  ];
}

/** A project over the given sources, generated and bundled as users do, with the packages that are installed here. */
export function generateServer(root: string, folder: string, sources: Readonly<Record<string, string>>): void {
  const files = {
    "package.json": JSON.stringify({ name: "bench", version: "1.0.0", type: "module" }),
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["src"] }),
    ...sources,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const run = (cwd: string, ...command: readonly string[]) => execFileSync(process.execPath, command, { cwd });
  run(folder, join(root, "bin/mcpgen.js"), "build", "src", "--out", "server");
  run(join(folder, "server"), "build.mjs");
}

/** For 100 tools, 25 copies of the functions under other names. */
function shopSources(root: string, tools: number): Readonly<Record<string, string>> {
  const read = (name: string) => readFileSync(join(root, "bench/sample/shop", name), "utf8");
  const functions = toolSuffixes(tools).map((suffix) => [
    `src/functions${suffix}.ts`,
    read("functions.ts").replaceAll(/^(export function \w+)/gm, `$1${suffix}`),
  ]);
  return { "src/types.ts": read("types.ts"), ...(Object.fromEntries(functions) as Readonly<Record<string, string>>) };
}

/** What the server by the SDK lists: the bare one sends the same bytes. */
async function listOf(command: readonly string[]): Promise<string> {
  const server = startStdio(command);
  let found: Result | undefined;
  await server.ask(initialize);
  await server.ask({ method: "tools/list", params: {}, isRight: (result) => (found = result) === result });
  await server.close();
  return JSON.stringify(found);
}

async function compile(given: BuildOptions): Promise<void> {
  const shared = { bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "error" } as const;
  await build({ ...shared, outExtension: { ".js": ".mjs" }, ...given });
}

const requireBanner = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`;

const compilerOptions = {
  target: "ES2022",
  types: ["node"],
  module: "ESNext",
  moduleResolution: "Bundler",
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

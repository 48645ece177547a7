/**
 * What it costs that the packages of functions stay outside of the bundle: the same server with them beside it, as it is
 * built, and with everything in the bundle. Started, and asked for one call, after which all packages are loaded.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { median } from "../measure.js";
import { generateServer } from "./contenders.js";
import { memory, processorTime, startStdio } from "./server-process.js";
import { initialize, type Question } from "./workload.js";

export interface PackageFigures {
  readonly beside: BundleFigures;
  readonly within: BundleFigures;
  /** The figures of `beside` in those of `within`: medians of the rounds. */
  readonly ratio: Omit<BundleFigures, "kiB">;
}

interface BundleFigures {
  /** Size of the bundle's scripts, without source maps. */
  readonly kiB: number;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rssMiB: number;
}

type Start = Omit<BundleFigures, "kiB">;

export async function measurePackages(given: {
  readonly root: string;
  readonly work: string;
  readonly rounds: number;
}): Promise<PackageFigures> {
  const folder = join(given.work, "packages");
  const source = readFileSync(join(given.root, "bench/sample/packages/functions.ts"), "utf8");
  generateServer(given.root, folder, { "src/functions.ts": source });
  const server = join(folder, "server");
  execFileSync(process.execPath, ["--input-type=module", "--eval", bundleAll], { cwd: server });
  const pairs: (readonly [Start, Start])[] = [];
  // The first round warms the file cache for both and is left out.
  for (let round = -1; round < given.rounds; round += 1) {
    const beside = await measureStart(join(server, "dist/server.js"));
    const within = await measureStart(join(server, "dist-all/server.js"));
    if (round >= 0) pairs.push([beside, within]);
  }
  return {
    beside: { kiB: sizeOf(join(server, "dist")), ...medians(pairs.map(([beside]) => beside)) },
    within: { kiB: sizeOf(join(server, "dist-all")), ...medians(pairs.map(([, within]) => within)) },
    ratio: medians(
      pairs.map(([beside, within]) => ({
        cpuMs: beside.cpuMs / within.cpuMs,
        wallMs: beside.wallMs / within.wallMs,
        rssMiB: beside.rssMiB / within.rssMiB,
      })),
    ),
  };
}

export function showPackages({ beside, within, ratio }: PackageFigures): string {
  const show = ({ kiB, cpuMs, wallMs, rssMiB }: BundleFigures) =>
    `${kiB.toFixed(0)} KiB of scripts; start to the first call ${cpuMs.toFixed(0)} ms of processor, ${wallMs.toFixed(0)} ms, ${rssMiB.toFixed(0)} MiB`;
  return [
    "packages of functions (six, bench/sample/packages) beside the bundle or within it",
    `  beside: ${show(beside)}`,
    `  within: ${show(within)}`,
    `  beside / within: ${[ratio.cpuMs, ratio.wallMs, ratio.rssMiB].map((value) => value.toFixed(2)).join(" / ")}`,
  ].join("\n");
}

/** Run in the server's folder: the options of its own bundle, without the plugin that leaves packages where they are. */
const bundleAll = `
  import { build } from "esbuild";
  import { bundleOptions, entries } from "./generated/build/bundle.mjs";
  const { plugins, ...options } = bundleOptions({ outdir: "dist-all", entryPoints: entries() });
  const others = plugins.filter(({ name }) => name !== "keep-packages");
  if (others.length !== plugins.length - 1) throw new Error("the plugin keep-packages has another name");
  await build({ ...options, plugins: others, external: [...options.external, "pg-native"] });`;

const firstCall: Question = {
  method: "tools/call",
  params: { name: "showChanges", arguments: { before: "a", after: "b" } },
  isRight: ({ content }) => content?.[0]?.text?.includes("+b") === true,
};

async function measureStart(program: string): Promise<Start> {
  const server = startStdio([program]);
  try {
    await server.ask(initialize);
    await server.ask(firstCall);
    return {
      cpuMs: processorTime(server.pid),
      wallMs: performance.now() - server.startedAt,
      rssMiB: memory(server.pid, "VmHWM"),
    };
  } finally {
    await server.close();
  }
}

function medians(starts: readonly Start[]): Start {
  return {
    cpuMs: median(starts.map(({ cpuMs }) => cpuMs)),
    wallMs: median(starts.map(({ wallMs }) => wallMs)),
    rssMiB: median(starts.map(({ rssMiB }) => rssMiB)),
  };
}

function sizeOf(folder: string): number {
  const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
  return scripts.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1024;
}

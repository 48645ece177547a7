/** `mcpgen bench` without its command line: a built project → figures of its tools, compared with those of another time. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BenchCall } from "../../templates/bench/calls.js";
import type { Run } from "../../templates/bench/run.js";
import { createBundler, createBundles, type Owner } from "../dev/index.js";
import { chooseCalls } from "./choice.js";
import { compareBenches, type Bench } from "./compare.js";
import { describeEnvironment, differenceOf } from "./environment.js";
import { Refusal } from "./refusal.js";
import { showBench, showComparisons } from "./report.js";
import { environmentOfRuns, runOnce, type BenchBundle } from "./runs.js";

export interface BenchedProject {
  /** Absolute. */
  readonly output: string;
  readonly calls: readonly BenchCall[];
  /** What is bundled with the server; `bench.ts` is the entry. */
  readonly modules: readonly { readonly name: string; readonly text: string }[];
  readonly process: Owner;
}

export interface BenchRequest {
  /** All that may be called without being named, where there are none. */
  readonly tools: readonly string[];
  /** Of each tool, at least so many calls are timed. */
  readonly samples: number;
  /** Two or more: one alone would not say how far two are apart. */
  readonly runs: number;
  /** The file that the figures are written to. */
  readonly json: string | undefined;
  /** The file that they are compared with. */
  readonly compare: string | undefined;
  /** Told before each run. */
  readonly onRun: (run: number) => void;
}

export type Benched =
  | { readonly kind: "measured"; readonly text: string; readonly isSlower: boolean }
  /** What is asked for cannot be done. */
  | { readonly kind: "refused"; readonly reason: string }
  /** The build script has said why on stderr. */
  | { readonly kind: "unbundled"; readonly reason: string };

export async function bench(project: BenchedProject, request: BenchRequest): Promise<Benched> {
  try {
    return await benchProject(project, request);
  } catch (cause) {
    if (cause instanceof Refusal) return { kind: "refused", reason: cause.message };
    throw cause;
  }
}

async function benchProject(project: BenchedProject, request: BenchRequest): Promise<Benched> {
  const { output, calls } = project;
  // Read before anything is measured: a file that is none is told at once.
  const base = request.compare === undefined ? undefined : readBench(request.compare);
  const environment = environmentOfRuns(output);
  const described = describeEnvironment(environment);
  const difference = base && differenceOf(base.environment, described);
  if (difference !== undefined) throw new Refusal(`${String(request.compare)} was measured elsewhere: ${difference}.`);
  const choice = chooseCalls(calls, request.tools);
  return await withBundle(project, async (bundle) => {
    const wanted = { calls: choice.calls, samples: request.samples };
    const runs: Run[] = [];
    for (let run = 1; run <= request.runs; run += 1) {
      request.onRun(run);
      runs.push(await runOnce(bundle, wanted, environment));
    }
    const leftOut = [...choice.leftOut, ...(runs[0]?.leftOut ?? [])];
    const own: Bench = { format: 1, environment: described, runs: runs.map(({ tools }) => tools), leftOut };
    if (request.json !== undefined) writeFileSync(request.json, `${JSON.stringify(own, undefined, 2)}\n`);
    const comparisons = base && compareBenches(base, own);
    const compared = comparisons ? showComparisons(comparisons, request.compare ?? "") : [];
    const isSlower = comparisons?.some(({ verdict }) => verdict === "slower") === true;
    return { kind: "measured", text: [...showBench(own), ...compared].join("\n"), isSlower };
  });
}

/** The server with what measures it, for as long as that takes. */
async function withBundle(project: BenchedProject, work: (bundle: BenchBundle) => Promise<Benched>): Promise<Benched> {
  const { output, modules } = project;
  const bundles = createBundles(project.process);
  const bundler = createBundler();
  try {
    const { folder } = bundles.add(output);
    mkdirSync(join(output, folder), { recursive: true });
    for (const { name, text } of modules) writeFileSync(join(output, folder, name), text);
    const bundled = await bundler.bundle(output, { folder, instead: { bench: `${folder}/bench.ts` } });
    if (bundled.kind === "failed") return { kind: "unbundled", reason: bundled.reason };
    return await work({ output, entry: join(output, folder, "bench.js") });
  } finally {
    await bundler.close();
    bundles.clear();
  }
}

function readBench(path: string): Bench {
  const read = readJson(path);
  if (read?.format !== 1 || read.environment === undefined || (read.runs?.length ?? 0) < 2)
    throw new Refusal(`${path} is nothing that --json has written.`);
  return { format: 1, environment: read.environment, runs: read.runs ?? [], leftOut: read.leftOut ?? [] };
}

function readJson(path: string): Partial<Bench> | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Partial<Bench> | null;
  } catch (cause) {
    throw new Refusal(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

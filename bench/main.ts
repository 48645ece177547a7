/**
 * `npm run bench`: what a build costs, against type-checking the same folder: by the compiler that mcpgen reads
 * sources with (bench/tsc.ts), and by the command `tsc` of the `typescript` package, which starts faster.
 * Beside the whole build, schema inference alone (bench/infer.ts): sources read, types resolved, nothing else.
 * Before that, what reading the arguments of a call costs (bench/validation.ts), and what policies add to a call whose
 * result is cached (bench/policies.ts).
 * Each round runs every contender once, so that a machine that slows down slows all of them.
 * `npm run bench -- --rounds 9 --sizes 10,100`; prints a table and, after it, the same as JSON.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { measureProcess, medianSample, type Sample } from "./measure.js";
import { measurePolicies, showPolicies } from "./policies.js";
import { synthesizeProject } from "./synthesize.js";
import { measureValidation, showValidation } from "./validation.js";

interface Row {
  readonly functions: number;
  /** The compiler inside ts-morph. */
  readonly typecheck: Sample;
  /** The `typescript` package's own command. */
  readonly tsc: Sample;
  readonly inference: Sample;
  readonly cold: Sample;
  readonly unchanged: Sample;
  readonly ratio: Ratio;
  readonly ratioToTsc: Ratio;
  readonly inferenceToTsc: Ratio;
}

/** The figures of one process in those of another. */
interface Ratio {
  readonly cpu: number;
  readonly wall: number;
  readonly rss: number;
}

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "5" }, sizes: { type: "string", default: "10,100,1000" } },
});
const rounds = Number(values.rounds);
const root = process.cwd();
const mcpgen = join(root, "bin/mcpgen.js");
const tsc = join(root, "node_modules/typescript/bin/tsc");
const validation = measureValidation(Math.max(rounds, 5));
console.log(`${showValidation(validation)}\n`);
const policies = await measurePolicies(Math.max(rounds, 5));
console.log(`${showPolicies(policies)}\n`);
const programs = await compilePrograms();
const work = mkdtempSync(join(tmpdir(), "mcpgen-bench-"));
try {
  const node = medianSample(
    repeat(() => measureProcess({ command: [join(programs, "empty.mjs")], cwd: work, programs })),
  );
  const rows = values.sizes.split(",").map(Number).map(measureSize);
  printTable(rows, node);
  console.log(
    JSON.stringify({ node: process.version, cpus: cpus().length, rounds, startup: node, validation, policies, rows }),
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}

function measureSize(functions: number): Row {
  const cwd = join(work, String(functions));
  const output = join(cwd, "server");
  synthesizeProject(join(root, "bench/sample"), cwd, functions);
  const build = [mcpgen, "build", "src", "--out", "server"];
  const infer = [join(programs, "infer.mjs"), String(functions)];
  const contenders = [[join(programs, "tsc.mjs")], [tsc, "--noEmit"], infer, build, build];
  const samples: Sample[][] = contenders.map(() => []);
  // The first round warms the file cache for all and is left out.
  for (let round = -1; round < rounds; round += 1) {
    rmSync(output, { recursive: true, force: true });
    for (const [index, command] of contenders.entries()) {
      const sample = measureProcess({ command, cwd, programs });
      if (round >= 0) samples[index]?.push(sample);
    }
  }
  const medians = samples.map(medianSample) as [Sample, Sample, Sample, Sample, Sample];
  const [typecheck, own, inference, cold, unchanged] = medians;
  return {
    functions,
    typecheck,
    tsc: own,
    inference,
    cold,
    unchanged,
    ratio: ratioOf(cold, typecheck),
    ratioToTsc: ratioOf(cold, own),
    inferenceToTsc: ratioOf(inference, own),
  };
}

function ratioOf(a: Sample, b: Sample): Ratio {
  return { cpu: a.cpuMs / b.cpuMs, wall: a.wallMs / b.wallMs, rss: a.rssMiB / b.rssMiB };
}

function repeat(run: () => Sample): Sample[] {
  return Array.from({ length: rounds }, run);
}

function printTable(rows: readonly Row[], node: Sample): void {
  console.log(`median of ${String(rounds)} rounds; processor time / wall time in ms, peak memory in MiB`);
  console.log(`Node alone: ${show(node)}\n`);
  const header = [
    "functions",
    "check [1]",
    "tsc [2]",
    "infer",
    "mcpgen build",
    "infer / [2]",
    "build / [1]",
    "build / [2]",
    "unchanged",
  ];
  const lines = rows.map((row) => [
    String(row.functions),
    ...[row.typecheck, row.tsc, row.inference, row.cold].map(show),
    ...[row.inferenceToTsc, row.ratio, row.ratioToTsc].map(({ cpu, wall, rss }) =>
      [cpu, wall, rss].map((value) => value.toFixed(2)).join(" / "),
    ),
    show(row.unchanged),
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? "").length)),
  );
  for (const line of [header, ...lines])
    console.log(line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("   "));
  console.log(
    "\n[1] tsc --noEmit by the compiler bundled in ts-morph (bench/tsc.ts)   [2] the command tsc of the package typescript",
  );
  console.log("infer: schema inference alone (bench/infer.ts)   unchanged: mcpgen build once more, nothing to do");
}

function show({ cpuMs, wallMs, rssMiB }: Sample): string {
  return `${cpuMs.toFixed(0)} / ${wallMs.toFixed(0)}, ${rssMiB.toFixed(0)}`;
}

/** Inside the project's own node_modules, so that the compiler resolves. */
async function compilePrograms(): Promise<string> {
  const outdir = resolve(root, "node_modules/.cache/mcpgen-bench");
  mkdirSync(outdir, { recursive: true });
  await build({
    entryPoints: ["tsc.ts", "infer.ts", "usage.ts", "empty.ts"].map((name) => join(root, "bench", name)),
    outdir,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
  });
  return outdir;
}

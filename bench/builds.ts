/**
 * What a build costs, against type-checking the same folder: by the compiler that mcpgen reads sources with
 * (bench/tsc.ts), and by the command `tsc` of the `typescript` package, which starts faster. Beside the whole build,
 * schema inference alone (bench/infer.ts): sources read, types resolved, nothing else. Each round runs every contender once.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { measureProcess, medianSample, type Sample } from "./measure.js";
import { synthesizeProject } from "./synthesize.js";

export interface BuildFigures {
  readonly rounds: number;
  /** Node with an empty program. */
  readonly startup: Sample;
  readonly rows: readonly Row[];
}

interface Row {
  readonly functions: number;
  /** The compiler inside ts-morph. */
  readonly typecheck: Sample;
  /** The `typescript` package's own command. */
  readonly tsc: Sample;
  readonly inference: Sample;
  readonly cold: Sample;
  readonly unchanged: Sample;
  /** After the type of one parameter has changed in one file. */
  readonly edited: Sample;
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

interface Bench {
  readonly root: string;
  readonly work: string;
  readonly programs: string;
  readonly rounds: number;
}

export async function measureBuilds(
  given: Omit<Bench, "programs"> & { readonly sizes: readonly number[] },
): Promise<BuildFigures> {
  const programs = await compilePrograms(given.root);
  const bench = { ...given, programs };
  const empty = { command: [join(programs, "empty.mjs")], cwd: given.work, programs };
  const startup = medianSample(Array.from({ length: given.rounds }, () => measureProcess(empty)));
  return { rounds: given.rounds, startup, rows: given.sizes.map((functions) => measureSize(functions, bench)) };
}

function measureSize(functions: number, { root, work, programs, rounds }: Bench): Row {
  const mcpgen = join(root, "bin/mcpgen.js");
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const cwd = join(work, String(functions));
  const output = join(cwd, "server");
  synthesizeProject(join(root, "bench/sample"), cwd, functions);
  const build = [mcpgen, "build", "src", "--out", "server"];
  const infer = [join(programs, "infer.mjs"), String(functions)];
  // The last two build upon what stands there, the very last after an edit.
  const contenders = [[join(programs, "tsc.mjs")], [tsc, "--noEmit"], infer, build, build, build];
  const samples: Sample[][] = contenders.map(() => []);
  const edit = editor(join(cwd, "src/order/service.ts"));
  // The first round warms the file cache for all and is left out.
  for (let round = -1; round < rounds; round += 1) {
    rmSync(output, { recursive: true, force: true });
    for (const [index, command] of contenders.entries()) {
      if (index === contenders.length - 1) edit(round);
      const sample = measureProcess({ command, cwd, programs });
      if (round >= 0) samples[index]?.push(sample);
    }
  }
  const medians = samples.map(medianSample) as [Sample, Sample, Sample, Sample, Sample, Sample];
  const [typecheck, own, inference, cold, unchanged, edited] = medians;
  return {
    functions,
    typecheck,
    tsc: own,
    inference,
    cold,
    unchanged,
    edited,
    ratio: ratioOf(cold, typecheck),
    ratioToTsc: ratioOf(cold, own),
    inferenceToTsc: ratioOf(inference, own),
  };
}

/** Each time another parameter: a build that has nothing to do would say nothing. */
function editor(path: string): (round: number) => void {
  const text = readFileSync(path, "utf8");
  const head = /export (?:async )?function \w+\(/;
  if (!head.test(text)) throw new Error(`${path} has no function to edit`);
  return (round) => {
    writeFileSync(
      path,
      text.replace(head, (found) => `${found}extra${String(round + 1)}: number, `),
    );
  };
}

function ratioOf(a: Sample, b: Sample): Ratio {
  return { cpu: a.cpuMs / b.cpuMs, wall: a.wallMs / b.wallMs, rss: a.rssMiB / b.rssMiB };
}

export function showBuilds({ rounds, startup, rows }: BuildFigures): string {
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
    "one edit",
  ];
  const lines = rows.map((row) => [
    String(row.functions),
    ...[row.typecheck, row.tsc, row.inference, row.cold].map(show),
    ...[row.inferenceToTsc, row.ratio, row.ratioToTsc].map(({ cpu, wall, rss }) =>
      [cpu, wall, rss].map((value) => value.toFixed(2)).join(" / "),
    ),
    show(row.unchanged),
    show(row.edited),
  ]);
  const widths = header.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => (line[column] ?? "").length)),
  );
  const table = [header, ...lines].map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)));
  return [
    `median of ${String(rounds)} rounds; processor time / wall time in ms, peak memory in MiB`,
    `Node alone: ${show(startup)}\n`,
    ...table.map((line) => line.join("   ")),
    "\n[1] tsc --noEmit by the compiler bundled in ts-morph (bench/tsc.ts)   [2] the command tsc of the package typescript",
    "infer: schema inference alone (bench/infer.ts)   unchanged: mcpgen build once more, nothing to do   one edit: once more, a parameter added in one file",
  ].join("\n");
}

function show({ cpuMs, wallMs, rssMiB }: Sample): string {
  return `${cpuMs.toFixed(0)} / ${wallMs.toFixed(0)}, ${rssMiB.toFixed(0)}`;
}

/** Inside the project's own node_modules, so that the compiler resolves. */
async function compilePrograms(root: string): Promise<string> {
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

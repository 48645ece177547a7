/** One process → its wall time, its processor time and its peak memory. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Sample {
  readonly wallMs: number;
  /** User and system time of the process, all threads. */
  readonly cpuMs: number;
  readonly rssMiB: number;
}

export interface Measured {
  /** A compiled program and its arguments. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** Folder of the compiled bench programs. */
  readonly programs: string;
}

/** Throws when the process fails: a figure of a failed run means nothing. */
export function measureProcess({ command, cwd, programs }: Measured): Sample {
  const usageFile = join(programs, "usage.json");
  const started = performance.now();
  const run = spawnSync(process.execPath, ["--import", join(programs, "usage.mjs"), ...command], {
    cwd,
    env: { ...process.env, MCPGEN_BENCH_USAGE: usageFile, NO_COLOR: "1" },
    encoding: "utf8",
  });
  const wallMs = performance.now() - started;
  if (run.status !== 0)
    throw new Error(`${command.join(" ")} exited ${String(run.status)}\n${run.stdout}${run.stderr}`);
  return { wallMs, ...(JSON.parse(readFileSync(usageFile, "utf8")) as Omit<Sample, "wallMs">) };
}

export function medianSample(samples: readonly Sample[]): Sample {
  return {
    wallMs: median(samples.map(({ wallMs }) => wallMs)),
    cpuMs: median(samples.map(({ cpuMs }) => cpuMs)),
    rssMiB: median(samples.map(({ rssMiB }) => rssMiB)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

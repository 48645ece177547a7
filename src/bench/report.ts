/** A bench, or a comparison of two → text for the terminal. */
import type { Figures } from "../../templates/bench/figures.js";
import type { LeftOut, MeasuredTool } from "../../templates/bench/run.js";
import type { Bench, Comparison } from "./compare.js";
import type { Environment } from "./environment.js";

export function showBench({ environment, runs, leftOut }: Bench): readonly string[] {
  const [first = []] = runs;
  return [
    showEnvironment(environment),
    "",
    ...first.flatMap(({ tool }) => [
      tool,
      ...runs.flatMap((tools, index) => tools.filter((each) => each.tool === tool).flatMap(showTool(index + 1))),
    ]),
    ...showLeftOut(leftOut),
  ];
}

function showEnvironment({ node, cpu, cores, platform, load, disabledPolicies }: Environment): string {
  return `Node ${node} on ${platform}, ${String(cores)} × ${cpu}, load ${String(load)}, without the policies: ${disabledPolicies}`;
}

function showTool(run: number): (tool: MeasuredTool) => readonly string[] {
  return ({ origin, served, uncached, outcomes }) => [
    `  run ${String(run)}, ${origin === "example" ? "its example" : "made-up arguments"}: ${showFigures(served)}`,
    ...(uncached === undefined ? [] : [`  run ${String(run)}, without its cache: ${showFigures(uncached)}`]),
    ...Object.entries(outcomes).map(([name, count]) => `    ${name} ${showCount(count)}`),
  ];
}

function showFigures({ samples, failed, p50, p95, p99, perSecond, bytes, gc }: Figures): string {
  return [
    `p50 ${showTime(p50)}`,
    `p95 ${showTime(p95)}`,
    `p99 ${showTime(p99)}`,
    `${showCount(perSecond)}/s`,
    bytes === undefined ? "bytes unknown" : `${showCount(bytes)} bytes a call`,
    `${showCount(samples)} calls${failed === 0 ? "" : `, ${showCount(failed)} failed`}`,
    `${showCount(gc.count)} collections of ${String(gc.milliseconds)} ms`,
  ].join(", ");
}

function showLeftOut(leftOut: readonly LeftOut[]): readonly string[] {
  if (leftOut.length === 0) return [];
  return ["", "Left out:", ...leftOut.map(({ tool, reason }) => `  ${tool}: ${reason}`)];
}

export function showComparisons(comparisons: readonly Comparison[], base: string): readonly string[] {
  if (comparisons.length === 0) return ["", `Nothing is measured here and in ${base} with the same arguments.`];
  return ["", `Against ${base}:`, ...comparisons.map(showComparison)];
}

function showComparison({ tool, of, verdict, band, base, own }: Comparison): string {
  const name = of === "served" ? tool : `${tool} without its cache`;
  const noise = `${showTime(Math.max(0, band.low))} to ${showTime(band.high)}`;
  return `  ${name}: ${verdict}; p50 ${showTimes(base)} before, ${showTimes(own)} now, noise ${noise}`;
}

function showTimes(times: readonly number[]): string {
  return times.map(showTime).join(" and ");
}

/** From microseconds. */
function showTime(microseconds: number): string {
  return microseconds < 1_000 ? `${fixed(microseconds)} µs` : `${fixed(microseconds / 1_000)} ms`;
}

function fixed(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

function showCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

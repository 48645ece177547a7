/**
 * Two benches → which tools have become slower. What counts as noise is measured: how far the runs of the base are
 * apart, and how far the calls within each.
 */
import type { Figures } from "../../templates/bench/figures.js";
import type { LeftOut, Run } from "../../templates/bench/run.js";
import type { Environment } from "./environment.js";

/** What `--json` writes. */
export interface Bench {
  readonly format: 1;
  readonly environment: Environment;
  /** Two or more, each in a process of its own. */
  readonly runs: readonly Run["tools"][];
  readonly leftOut: readonly LeftOut[];
}

export interface Comparison {
  readonly tool: string;
  readonly of: "served" | "uncached";
  readonly verdict: "slower" | "faster" | "no difference";
  /** Of the base, in microseconds: what lies within cannot be told from it. */
  readonly band: Band;
  /** The median of each run. */
  readonly base: readonly number[];
  readonly own: readonly number[];
}

export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Tools that both have measured with the same arguments, in the order of the second. */
export function compareBenches(base: Bench, own: Bench): readonly Comparison[] {
  const [first = []] = own.runs;
  return first.flatMap(({ tool, arguments: given }) =>
    (["served", "uncached"] as const).flatMap((of) => {
      const [before, after] = [base, own].map(({ runs }) => runs.map((tools) => find(tools, { tool, given, of })));
      return isComplete(before) && isComplete(after) ? [{ tool, of, ...judge(before, after) }] : [];
    }),
  );
}

interface Sought {
  readonly tool: string;
  readonly given: object;
  readonly of: "served" | "uncached";
}

function find(tools: Run["tools"], { tool, given, of }: Sought): Figures | undefined {
  const isSame = (own: object): boolean => JSON.stringify(own) === JSON.stringify(given);
  return tools.find((each) => each.tool === tool && isSame(each.arguments))?.[of];
}

function isComplete(figures: readonly (Figures | undefined)[] | undefined): figures is readonly Figures[] {
  return figures !== undefined && figures.length > 0 && figures.every((each) => each !== undefined);
}

function judge(before: readonly Figures[], after: readonly Figures[]): Omit<Comparison, "tool" | "of"> {
  const band = bandOf(before);
  const [base, own] = [before, after].map((runs) => runs.map(({ p50 }) => p50)) as [number[], number[]];
  // All runs have to agree: one of them may have had the machine to share.
  const verdict = own.every((median) => median > band.high)
    ? "slower"
    : own.every((median) => median < band.low)
      ? "faster"
      : "no difference";
  return { verdict, band, base, own };
}

/** The middle half of the calls, in all runs, and on both sides as much again as the medians of the runs differ. */
function bandOf(runs: readonly Figures[]): Band {
  const medians = runs.map(({ p50 }) => p50);
  const apart = Math.max(...medians) - Math.min(...medians);
  return {
    low: Math.min(...runs.map(({ p25 }) => p25)) - apart,
    high: Math.max(...runs.map(({ p75 }) => p75)) + apart,
  };
}

/** The tools that are named → the calls that are measured, and what is left out. */
import type { BenchCall } from "../../templates/bench/calls.js";
import type { LeftOut } from "../../templates/bench/run.js";
import { Refusal } from "./refusal.js";

export interface Choice {
  readonly calls: readonly BenchCall[];
  readonly leftOut: readonly LeftOut[];
}

/** Without names, what changes nothing and stays within the process. */
export function chooseCalls(calls: readonly BenchCall[], names: readonly string[]): Choice {
  const unknown = names.find((name) => !calls.some(({ tool }) => tool === name));
  if (unknown !== undefined)
    throw new Refusal(`There is no tool ${unknown}; the tools are ${calls.map(({ tool }) => tool).join(", ")}.`);
  if (names.length > 0) return { calls: calls.filter(({ tool }) => names.includes(tool)), leftOut: [] };
  return {
    calls: calls.filter(({ named }) => named === undefined),
    leftOut: calls.flatMap(({ tool, named }) =>
      named === undefined ? [] : [{ tool, reason: `${named}, so it is called only by name: mcpgen bench ${tool}` }],
    ),
  };
}

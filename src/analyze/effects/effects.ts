/**
 * A function → its effects: its own and those of all it calls, as far as the calls can be followed. Conservative: what
 * cannot be followed may do anything, and only what is known to do nothing counts as doing nothing.
 */
import type { ts } from "ts-morph";
import type { Effect } from "../../model/effects.js";
import { effectAt, type Walked } from "./effect-notes.js";
import { createWalk } from "./effect-walk.js";
import type { Analysis } from "../checker/analysis.js";
import { createLoading } from "./working-directory.js";

/** Of a function whose body is elsewhere, nothing is known. */
export type ReadEffects = (implementation: ts.Node) => readonly Effect[];

/** Of each kind the first, by the shortest way; of the working directory all. */
export function createEffects(analysis: Analysis): ReadEffects {
  const walk = createWalk(analysis);
  const known = new Map<ts.Node, Walked>();
  const walked = (node: ts.Node): Walked => {
    const result = known.get(node) ?? walk(node);
    known.set(node, result);
    return result;
  };
  const loading = createLoading(analysis);
  return (implementation) => [
    ...follow(implementation, walked),
    // Loading the function's module comes before its first call.
    ...loading(implementation.getSourceFile()).map((node) => ({
      ...effectAt(analysis, "directory", node),
      through: [],
    })),
  ];
}

interface Step {
  readonly node: ts.Node;
  readonly through: readonly string[];
}

/** Breadth first, so that the first way found is a shortest. */
function follow(start: ts.Node, walked: (node: ts.Node) => Walked): readonly Effect[] {
  const found = new Map<string, Effect>();
  const seen = new Set<ts.Node>([start]);
  const pending: Step[] = [{ node: start, through: [] }];
  for (let step = pending.shift(); step !== undefined; step = pending.shift()) {
    const { effects, calls } = walked(step.node);
    const { through } = step;
    for (const effect of effects) {
      const key = effect.kind === "directory" ? JSON.stringify(effect.span) : effect.kind;
      if (!found.has(key)) found.set(key, { ...effect, through });
    }
    for (const { node, name } of calls) {
      if (seen.has(node)) continue;
      seen.add(node);
      pending.push({ node, through: [...through, name] });
    }
  }
  return [...found.values()];
}

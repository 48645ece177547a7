/** What is found in a part of a type, kept apart → why JSON cannot carry the part as an argument, or as a result. */
import type { Direction } from "../../model/types.js";
import type { Edge, Finding, Scope, Shape } from "../checker/analysis.js";

export interface Found {
  readonly findings: readonly Finding[];
  readonly edges: readonly Edge[];
}

/** So that the part can be left out without what was found in it. */
export function findApart<Value>({ shape }: Scope, describe: () => Value): Found & { readonly value: Value } {
  const { findings, edges } = shape;
  const [start, first] = [findings.length, edges.length];
  const value = describe();
  return { value, findings: findings.splice(start), edges: edges.splice(first) };
}

export function keepFound({ shape }: Scope, { findings, edges }: Found): void {
  shape.findings.push(...findings);
  shape.edges.push(...edges);
}

export function concerns({ of }: { readonly of?: Direction }, direction: Direction): boolean {
  return of === undefined || of === direction;
}

/** What is found in one direction does not concern the other. */
export function limitTo(direction: Direction, { findings, edges }: Found): Found {
  const limit = <Each extends { readonly of?: Direction }>(all: readonly Each[]): Each[] =>
    all.filter((each) => concerns(each, direction)).map((each) => ({ ...each, of: direction }));
  return { findings: limit(findings), edges: limit(edges) };
}

export type Loss = Extract<Finding, { readonly kind: "unservable" }>;

/** The first that is met, with its path from the shape that holds the part. */
export function lossIn(direction: Direction, found: Found): Loss | undefined {
  const visited = new Set<Shape>();
  const isMeant = (each: Finding): each is Loss =>
    each.kind === "unservable" && !each.isLimit && concerns(each, direction);
  const search = ({ findings, edges }: Found, path: string): Loss | undefined => {
    const own = findings.find(isMeant);
    if (own) return { ...own, path: path + own.path };
    for (const { to, path: step, place } of edges.filter((each) => concerns(each, direction))) {
      if (visited.has(to)) continue;
      visited.add(to);
      const deeper = search(to, path + step);
      // A type that cannot be carried as a whole is first met in one place, and stands in this one as well.
      if (deeper) return deeper.path === path + step ? { ...deeper, place } : deeper;
    }
    return undefined;
  };
  return search(found, "");
}

/**
 * Optional members that JSON cannot carry (`{ timeout?: number; signal?: AbortSignal }`) are left out, and the others served.
 * A type of which nothing would remain is none of options: it stays what JSON cannot carry.
 */
import type { Property } from "../../model/types.js";
import type { Edge, Finding, Scope, Shape } from "../checker/analysis.js";

/** A property, and what was found in it. */
export interface Described {
  readonly members: readonly Property[];
  readonly optional: boolean;
  readonly findings: readonly Finding[];
  readonly edges: readonly Edge[];
}

export function leaveOut(scope: Scope, described: readonly Described[]): Property[] {
  const lost = new Map(described.map((each) => [each, each.optional ? unservableIn(each) : undefined]));
  const remains = described.some((each) => each.members.length > 0 && !lost.get(each));
  return described.flatMap((each) => {
    const finding = remains ? lost.get(each) : undefined;
    if (finding) {
      const { path, place, reason } = finding;
      scope.shape.findings.push({ kind: "leftOut", path, place, reason });
      return [];
    }
    scope.shape.findings.push(...each.findings);
    scope.shape.edges.push(...each.edges);
    return each.members;
  });
}

type Unservable = Extract<Finding, { readonly kind: "unservable" }>;

/** The first that is met, with its path from the shape that holds the property. */
function unservableIn({ findings, edges }: Described): Unservable | undefined {
  const visited = new Set<Shape>();
  const search = (found: readonly Finding[], ways: readonly Edge[], path: string): Unservable | undefined => {
    const own = found.find((each): each is Unservable => each.kind === "unservable" && !each.isLimit);
    if (own) return { ...own, path: path + own.path };
    for (const { to, path: step } of ways) {
      if (visited.has(to)) continue;
      visited.add(to);
      const deeper = search(to.findings, to.edges, path + step);
      if (deeper) return deeper;
    }
    return undefined;
  };
  return search(findings, edges, "");
}

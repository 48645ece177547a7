/**
 * Optional members that JSON cannot carry (`{ timeout?: number; signal?: AbortSignal }`) are left out, and the others served.
 * What only a result can carry (`{ total?: Decimal }`) is left out of arguments alone. A type of which nothing would remain
 * is none of options: it stays what JSON cannot carry.
 */
import type { Property, TypeNode } from "../../model/types.js";
import type { Edge, Finding, Scope, Shape } from "../checker/analysis.js";
import { mapChildren } from "./resolve.js";

/** A property, and what was found in it. */
export interface Described {
  readonly members: readonly Property[];
  readonly optional: boolean;
  readonly findings: readonly Finding[];
  readonly edges: readonly Edge[];
}

export function leaveOut(scope: Scope, described: readonly Described[]): Property[] {
  const lost = new Map(described.map((each) => [each, each.optional ? whatIsLost(each) : undefined]));
  const remains = described.some((each) => each.members.length > 0 && !lost.get(each));
  return described.flatMap((each) => {
    const finding = remains ? lost.get(each) : undefined;
    if (!finding) return keepMember(scope, each);
    const { path, place, reason } = finding;
    const isResult = finding.kind === "resultOnly";
    scope.shape.findings.push({ kind: isResult ? "leftOutOfArguments" : "leftOut", path, place, reason });
    return isResult ? keepMember(scope, forResults(each)) : [];
  });
}

function keepMember({ shape }: Scope, { findings, edges, members }: Described): readonly Property[] {
  shape.findings.push(...findings);
  shape.edges.push(...edges);
  return members;
}

function forResults({ members, optional, findings, edges }: Described): Described {
  return {
    members: members.map((member) => ({ ...member, resultOnly: true })),
    optional,
    findings: findings.filter(({ kind }) => kind !== "resultOnly"),
    edges: edges.map((edge) => ({ ...edge, resultOnly: true })),
  };
}

type Loss = Extract<Finding, { readonly kind: "unservable" | "resultOnly" }>;

/** What no client can carry comes before what arguments cannot. */
function whatIsLost(described: Described): Loss | undefined {
  return (
    findWithin(described, {
      isMeant: (each): each is Loss => each.kind === "unservable" && !each.isLimit,
      goes: () => true,
    }) ??
    findWithin(described, {
      isMeant: (each): each is Loss => each.kind === "resultOnly",
      goes: (edge) => !edge.resultOnly,
    })
  );
}

interface Search {
  readonly isMeant: (finding: Finding) => finding is Loss;
  readonly goes: (edge: Edge) => boolean;
}

/** The first that is met, with its path from the shape that holds the property. */
function findWithin({ findings, edges }: Described, { isMeant, goes }: Search): Loss | undefined {
  const visited = new Set<Shape>();
  const search = (found: readonly Finding[], ways: readonly Edge[], path: string): Loss | undefined => {
    const own = found.find(isMeant);
    if (own) return { ...own, path: path + own.path };
    for (const { to, path: step, place } of ways.filter(goes)) {
      if (visited.has(to)) continue;
      visited.add(to);
      const deeper = search(to.findings, to.edges, path + step);
      // A type that cannot be carried as a whole is first met in one place, and stands in this one as well.
      if (deeper) return deeper.path === path + step ? { ...deeper, place } : deeper;
    }
    return undefined;
  };
  return search(findings, edges, "");
}

/**
 * A type without the members that only results can carry. `lookUp` says what a name stands for. Undefined where a type
 * that has a name, and so is one for both, has such a member.
 */
export function asArgument(type: TypeNode, lookUp: (node: TypeNode) => TypeNode): TypeNode | undefined {
  const visited = new Set<string>();
  let isShared = false;
  const check = (node: TypeNode): TypeNode => {
    if (node.kind === "object" && node.properties.some(isResultOnly)) isShared = true;
    return visit(node, check);
  };
  const strip = (node: TypeNode): TypeNode =>
    visit(
      node.kind === "object" ? { ...node, properties: node.properties.filter((each) => !isResultOnly(each)) } : node,
      strip,
    );
  const visit = (node: TypeNode, map: (child: TypeNode) => TypeNode): TypeNode => {
    if (node.kind !== "reference") return mapChildren(node, map);
    if (!visited.has(node.name)) {
      visited.add(node.name);
      check(lookUp(node));
    }
    return node;
  };
  const stripped = strip(type);
  return isShared ? undefined : stripped;
}

function isResultOnly({ resultOnly }: Property): boolean {
  return resultOnly === true;
}

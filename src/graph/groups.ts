/** Graph → how its page is divided: what clients reach by the files it is in, and in columns what that needs. */
import { compareText } from "../model/text.js";
import type { Edge, Graph, GraphNode, NodeKind } from "./graph.js";
import { depthsOf } from "./layout.js";

export interface Groups {
  /** By their paths. */
  readonly files: readonly FileGroup[];
  /** Each to the right of all that need it, as far as it goes. */
  readonly columns: readonly (readonly GraphNode[])[];
}

export interface FileGroup {
  readonly path: string;
  readonly tied: readonly GraphNode[];
  /** They need nothing, and no other needs them. */
  readonly free: readonly GraphNode[];
}

export function groupGraph({ nodes, edges }: Graph): Groups {
  const tied = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const served = nodes.filter(isServed);
  // By code units: the same on every machine.
  const paths = [...new Set(served.map(({ detail }) => detail))].toSorted(compareText);
  return {
    files: paths.map((path) => {
      const all = served.filter(({ detail }) => detail === path).toSorted((a, b) => compareText(a.name, b.name));
      return { path, tied: all.filter(({ id }) => tied.has(id)), free: all.filter(({ id }) => !tied.has(id)) };
    }),
    columns: columnsOf(
      nodes.filter((node) => !isServed(node)),
      edges,
    ),
  };
}

/** What clients reach. */
export function isServed({ kind }: { readonly kind: NodeKind }): boolean {
  return kind === "tool" || kind === "resource" || kind === "prompt" || kind === "completion";
}

/** By the longest way to what needs nothing, so that what is of one kind stands together: all that wraps the database, say. */
function columnsOf(needed: readonly GraphNode[], edges: readonly Edge[]): readonly (readonly GraphNode[])[] {
  const ids = new Set(needed.map(({ id }) => id));
  const upwards = edges.filter(({ from }) => ids.has(from)).map(({ from, to }) => ({ from: to, to: from }));
  const heights = depthsOf(needed.toReversed(), upwards);
  const highest = Math.max(-1, ...heights.values());
  return Array.from({ length: highest + 1 }, (_, column) =>
    needed.filter(({ id }) => heights.get(id) === highest - column),
  );
}

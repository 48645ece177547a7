/**
 * Graph → where each node stands: in columns, each to the right of all that need it, ordered so that few lines cross. A
 * line across several columns has a place of its own in each, so that it goes around the nodes.
 */
import type { Edge, Graph, GraphNode } from "./graph.js";

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

export interface Box {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line extends Edge {
  /** From left to right; in pairs that it crosses a column between. */
  readonly points: readonly Point[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export const measures = { padding: 14, title: 18, line: 16, column: 90, row: 16, margin: 32, char: 7.2 } as const;

/** How often the columns are sorted by their neighbours: it settles soon. */
const sweeps = 12;

/** In a column: a node, or a line that passes. */
interface Place {
  readonly id: string;
  readonly node?: GraphNode;
}

interface Placed extends Point {
  readonly width: number;
  readonly height: number;
}

export function layOutGraph({ nodes, edges }: Graph): Layout {
  const depths = depthsOf(nodes, edges);
  const routes = edges.map((edge) => ({ ...edge, ids: routeOf(edge, depths) }));
  const steps = routes.flatMap(({ ids }) => ids.slice(1).map((to, index) => ({ from: ids[index] ?? to, to })));
  const columns = orderColumns(fillColumns(nodes, routes, depths), steps);
  const { width, height, placed } = place(columns);
  const boxes = nodes.flatMap((node) => {
    const found = placed.get(node.id);
    return found ? [{ node, ...found }] : [];
  });
  const lines = routes.map(({ from, to, ids }) => ({ from, to, points: pointsOf(ids, placed) }));
  return { width, height, boxes, lines };
}

/** As far right as the longest way to it is long. Nodes come after all that need them. */
export function depthsOf(nodes: readonly GraphNode[], edges: readonly Edge[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const { id } of nodes) {
    const above = edges.filter(({ to }) => to === id).map(({ from }) => (depths.get(from) ?? 0) + 1);
    depths.set(id, Math.max(0, ...above));
  }
  return depths;
}

/** Its two ends, and its place in each column between them. */
function routeOf({ from, to }: Edge, depths: ReadonlyMap<string, number>): readonly string[] {
  const between = (depths.get(to) ?? 0) - (depths.get(from) ?? 0) - 1;
  return [from, ...Array.from({ length: between }, (_, index) => `${from} ${to} ${String(index)}`), to];
}

interface Route {
  readonly from: string;
  readonly ids: readonly string[];
}

function fillColumns(
  nodes: readonly GraphNode[],
  routes: readonly Route[],
  depths: ReadonlyMap<string, number>,
): readonly (readonly Place[])[] {
  const count = Math.max(0, ...depths.values()) + 1;
  return Array.from({ length: count }, (_, depth) => [
    ...nodes.filter(({ id }) => depths.get(id) === depth).map((node) => ({ id: node.id, node })),
    ...routes.flatMap(({ from, ids }) => {
      const index = depth - (depths.get(from) ?? 0);
      const id = index > 0 && index < ids.length - 1 ? ids[index] : undefined;
      return id === undefined ? [] : [{ id }];
    }),
  ]);
}

/** Each place goes to the middle of its neighbours in the column before, and next time of those in the column after. */
function orderColumns(columns: readonly (readonly Place[])[], steps: readonly Edge[]): readonly (readonly Place[])[] {
  let ordered = columns;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const positions = new Map(ordered.flatMap((column) => column.map(({ id }, index) => [id, index / column.length])));
    const neighbours = new Map<string, number[]>();
    for (const { from, to } of steps) {
      const [id, other] = sweep % 2 === 0 ? [to, from] : [from, to];
      neighbours.set(id, [...(neighbours.get(id) ?? []), positions.get(other) ?? 0]);
    }
    const middleOf = ({ id }: Place): number => {
      const places = neighbours.get(id) ?? [positions.get(id) ?? 0];
      return places.reduce((sum, each) => sum + each, 0) / places.length;
    };
    ordered = ordered.map((column) => column.toSorted((a, b) => middleOf(a) - middleOf(b)));
  }
  return ordered;
}

interface Placement {
  readonly width: number;
  readonly height: number;
  readonly placed: ReadonlyMap<string, Placed>;
}

function place(columns: readonly (readonly Place[])[]): Placement {
  const heights = columns.map((column) => column.reduce((sum, each) => sum + heightOf(each) + measures.row, 0));
  const tallest = Math.max(0, ...heights);
  const placed = new Map<string, Placed>();
  let x: number = measures.margin;
  for (const [index, column] of columns.entries()) {
    const width = Math.max(0, ...column.map(widthOf));
    let y = measures.margin + (tallest - (heights[index] ?? 0)) / 2;
    for (const each of column) {
      placed.set(each.id, { x, y, width, height: heightOf(each) });
      y += heightOf(each) + measures.row;
    }
    x += width + measures.column;
  }
  return { width: x - measures.column + measures.margin, height: tallest + 2 * measures.margin, placed };
}

function pointsOf(ids: readonly string[], placed: ReadonlyMap<string, Placed>): readonly Point[] {
  const all = ids.flatMap((id) => {
    const found = placed.get(id);
    if (found === undefined) return [];
    const y = found.y + found.height / 2;
    return [
      { x: found.x, y },
      { x: found.x + found.width, y },
    ];
  });
  return all.slice(1, -1);
}

function widthOf({ node }: Place): number {
  if (node === undefined) return 0;
  const { name, detail, policies } = node;
  const longest = Math.max(name.length * 1.15, ...[detail, ...policies].map(({ length }) => length));
  return Math.ceil(longest * measures.char) + 2 * measures.padding;
}

function heightOf({ node }: Place): number {
  if (node === undefined) return 0;
  return measures.title + (1 + node.policies.length) * measures.line + 2 * measures.padding - 6;
}

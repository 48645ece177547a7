/** Drawings of any graph: nothing lies on anything else, and whatever a thing is called stays text. */
import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import type { Graph, GraphNode } from "../../src/graph/graph.js";
import { graphToHtml, graphToMermaid, graphToSvg } from "../../src/graph/index.js";
import { layOutGraph } from "../../src/graph/layout.js";

/** Each node may need those after it. */
const graphs: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 14 }).chain((count) =>
  fc.record({
    title: fc.string(),
    nodes: fc.tuple(...Array.from({ length: count }, (_, index) => nodeOf(index))),
    edges: fc
      .uniqueArray(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { selector: String, maxLength: 25 })
      .map((pairs) =>
        pairs.filter(([a, b]) => a < b).map(([a, b]) => ({ from: `n${String(a)}`, to: `n${String(b)}` })),
      ),
  }),
);

function nodeOf(index: number): fc.Arbitrary<GraphNode> {
  return fc.record({
    id: fc.constant(`n${String(index)}`),
    kind: fc.constantFrom("tool", "provider", "request", "provided", "config", "contract"),
    name: fc.string({ unit: "grapheme" }),
    detail: fc.string(),
    policies: fc.array(fc.string(), { maxLength: 3 }),
  });
}

test("no box lies on another, every line runs to the right and behind none", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { boxes, lines, width, height } = layOutGraph(graph);
      expect(boxes).toHaveLength(graph.nodes.length);
      expect(lines).toHaveLength(graph.edges.length);
      for (const [index, box] of boxes.entries()) {
        expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height).toBe(true);
        for (const other of boxes.slice(index + 1)) {
          const isBeside = box.x + box.width < other.x || other.x + other.width < box.x;
          expect(isBeside || box.y + box.height < other.y || other.y + other.height < box.y).toBe(true);
        }
      }
      for (const { points } of lines)
        for (const [index, point] of points.slice(1).entries()) {
          const before = points[index]!;
          expect(point.x).toBeGreaterThan(before.x);
          // Across a column it is straight, so its two ends tell whether it meets a box.
          if (index % 2 === 1) expect(boxes.filter((box) => meets(box, before, point))).toEqual([]);
        }
    }),
    { numRuns: 200 },
  );
});

interface Point {
  readonly x: number;
  readonly y: number;
}

function meets(box: Point & { width: number; height: number }, from: Point, to: Point): boolean {
  return from.x < box.x + box.width && to.x > box.x && from.y > box.y && from.y < box.y + box.height;
}

test("names stay text, whatever they are", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const names = graph.nodes.flatMap(({ name, detail, policies }) => [name, detail, ...policies]);
      const svg = graphToSvg(graph);
      // Between the marks that are ours there is text alone.
      const texts = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => unescapeMarkup(text));
      expect(texts.slice(0, names.length)).toEqual(names);
      expect(graphToHtml(graph).split("<script>")).toHaveLength(2);
      const lines = graphToMermaid(graph).trimEnd().split("\n");
      expect(lines).toHaveLength(1 + graph.nodes.length + graph.edges.length);
      for (const line of lines.slice(1, 1 + graph.nodes.length)) expect(line.split('"')).toHaveLength(3);
    }),
  );
});

function unescapeMarkup(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

test("the page needs nothing from elsewhere, and its script is one", () => {
  const html = graphToHtml({ title: "</title>", nodes: [], edges: [] });
  expect(html).not.toMatch(/(?:src|href)=|@import|url\(/);
  const script = /<script>([\s\S]*)<\/script>/.exec(html)?.[1] ?? "";
  const { diagnostics } = ts.transpileModule(script, { reportDiagnostics: true });
  expect(diagnostics).toEqual([]);
});

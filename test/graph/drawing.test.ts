/** Drawings of any graph: nothing lies on anything else, and whatever a thing is called stays text. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Graph, GraphNode } from "../../src/graph/graph.js";
import { groupGraph } from "../../src/graph/groups.js";
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

/** What a browser would take for more than text. */
const markup = fc.string({ unit: fc.constantFrom("<", ">", "&", '"', "'", "/", "a", "lt;", "script", " ") });

function nodeOf(index: number): fc.Arbitrary<GraphNode> {
  return fc.record({
    id: fc.constant(`n${String(index)}`),
    kind: fc.constantFrom("tool", "provider", "request", "provided", "config", "contract"),
    name: fc.oneof(fc.string({ unit: "grapheme" }), markup),
    detail: fc.oneof(fc.string(), markup),
    policies: fc.array(fc.oneof(fc.string(), markup), { maxLength: 3 }),
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
      const lines = graphToMermaid(graph).trimEnd().split("\n");
      expect(lines).toHaveLength(1 + graph.nodes.length + graph.edges.length);
      for (const line of lines.slice(1, 1 + graph.nodes.length)) expect(line.split('"')).toHaveLength(3);
    }),
  );
});

function unescapeMarkup(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

test("the page holds each node once, with what it needs, and nothing that a browser would take for more", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const html = graphToHtml(graph);
      const nodes = [
        ...html.matchAll(/<li class="node [a-z]+" id="([^"]*)" data-needs="([^"]*)"><button [^>]*>([^<]*)</g),
      ];
      expect(nodes.map(([, id]) => id).toSorted()).toEqual(graph.nodes.map(({ id }) => id).toSorted());
      for (const [, id = "", needs = "", name = ""] of nodes) {
        const wanted = graph.edges.filter(({ from }) => from === id).map(({ to }) => to);
        expect(
          needs
            .split(" ")
            .filter((to) => to !== "")
            .toSorted(),
        ).toEqual(wanted.toSorted());
        expect(unescapeMarkup(name)).toBe(graph.nodes.find((node) => node.id === id)?.name);
      }
      const own = graphToHtml({ title: "", nodes: [], edges: [] });
      for (const tag of ["<script", "<style", "<meta", "<html"])
        expect(html.split(tag).length).toBe(own.split(tag).length);
    }),
  );
});

const node = (kind: GraphNode["kind"], name: string, detail: string): GraphNode => {
  return { id: name, kind, name, detail, policies: [] };
};

test("tools stand by their files, folded where they need nothing, beside columns of what they need", () => {
  const nodes = [
    node("tool", "save", "src/b.ts"),
    node("tool", "add", "src/a.ts"),
    node("tool", "count", "src/b.ts"),
    node("resource", "list", "src/b.ts"),
    node("provider", "orders", "Orders"),
    node("provider", "mails", "Mails"),
    node("provided", "database", "Database"),
  ];
  const edges = [
    { from: "save", to: "orders" },
    { from: "count", to: "database" },
    { from: "list", to: "mails" },
    { from: "orders", to: "database" },
  ];
  const { files, columns } = groupGraph({ title: "", nodes, edges });
  const names = (of: readonly GraphNode[]): readonly string[] => of.map(({ name }) => name);
  expect(files.map(({ path, tied, free }) => [path, names(tied), names(free)])).toEqual([
    ["src/a.ts", [], ["add"]],
    ["src/b.ts", ["count", "list", "save"], []],
  ]);
  // What needs nothing is the last column, wherever it is needed.
  expect(columns.map(names)).toEqual([["orders"], ["mails", "database"]]);
});

test("the page needs nothing from elsewhere, and runs its own script alone", () => {
  const html = graphToHtml({ title: "</title>", nodes: [], edges: [] });
  expect(html).not.toMatch(/src=|href="(?!#)|@import|url\(/);
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
  expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+';/);
  for (const tag of ["style", "script"]) {
    const text = new RegExp(`<${tag}>([^]*)</${tag}>`).exec(html)?.[1] ?? "";
    expect(policy).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  }
});

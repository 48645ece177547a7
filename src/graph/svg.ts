/** Graph → an SVG drawing that needs nothing else. Its colours follow the reader's, light or dark. */
import { escapeMarkup, kindsOf, kindWords } from "./markup.js";
import { layOutGraph, measures, type Box, type Line } from "./layout.js";
import type { Graph, NodeKind } from "./graph.js";

export function graphToSvg(graph: Graph): string {
  const { width, height, boxes, lines } = layOutGraph(graph);
  const used = kindsOf(graph.nodes);
  const wide = Math.max(width, 420);
  const legendHeight = 24 * used.length + 24;
  const size = `width="${String(wide)}" height="${String(height + legendHeight)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${String(wide)} ${String(height + legendHeight)}" role="img">`,
    `<title>${escapeMarkup(graph.title)}</title>`,
    `<style>${style}</style>`,
    ...lines.map(drawLine),
    ...boxes.map(drawBox),
    ...used.map((kind, index) => drawLegend(kind, height + 24 * index)),
    "</svg>",
    "",
  ].join("\n");
}

/** Bent between two columns, straight across one. */
function drawLine({ from, to, points }: Line): string {
  const [start, ...rest] = points;
  const parts = rest.map(({ x, y }, index) => {
    const before = points[index] ?? { x, y };
    const middle = (before.x + x) / 2;
    return index % 2 === 0 ? `C${middle} ${before.y} ${middle} ${y} ${x} ${y}` : `H${x}`;
  });
  const path = `M${start?.x ?? 0} ${start?.y ?? 0}${parts.join("")}`;
  return `<path class="line" data-from="${from}" data-to="${to}" d="${path}"/>`;
}

function drawBox({ node, x, y, width, height }: Box): string {
  const left = x + measures.padding;
  const top = y + measures.padding + 8;
  const rows = [
    `<text class="name" x="${left}" y="${top}">${escapeMarkup(node.name)}</text>`,
    `<text class="detail" x="${left}" y="${top + measures.title}">${escapeMarkup(node.detail)}</text>`,
    ...node.policies.map((policy, index) => {
      const below = top + measures.title + measures.line * (index + 1);
      return `<text class="policy" x="${left}" y="${below}">${escapeMarkup(policy)}</text>`;
    }),
  ];
  const frame = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`;
  return `<g class="node ${node.kind}" id="${node.id}">${frame}${rows.join("")}</g>`;
}

function drawLegend(kind: NodeKind, y: number): string {
  const x = measures.margin;
  const frame = `<rect x="${x}" y="${y}" width="22" height="14" rx="4"/>`;
  return `<g class="node ${kind}">${frame}<text class="detail" x="${x + 32}" y="${y + 11}">${kindWords[kind]}</text></g>`;
}

const style = `
  svg { font-family: ui-sans-serif, system-ui, sans-serif; background: #fff; }
  text { fill: #1f2430; font-size: 12px; }
  .name { font-size: 14px; font-weight: 600; }
  .detail { fill: #667085; }
  .policy { fill: #8a4b08; font-family: ui-monospace, monospace; font-size: 11px; }
  .line { fill: none; stroke: #98a2b3; stroke-width: 1.3; }
  rect { fill: #f6f7f9; stroke: #c3c9d4; }
  .tool rect, .resource rect, .prompt rect, .completion rect { fill: #e8f1ff; stroke: #6ea3ef; }
  .resource rect, .prompt rect, .completion rect { stroke-dasharray: 1 2; }
  .provider rect { fill: #eaf7ee; stroke: #74bd8b; }
  .request rect { fill: #eaf7ee; stroke: #74bd8b; stroke-dasharray: 5 3; }
  .provided rect { fill: #f3edfd; stroke: #a98be0; }
  .config rect { fill: #fff6e0; stroke: #dcb04c; }
  @media (prefers-color-scheme: dark) {
    svg { background: #14171d; }
    text { fill: #e6e9ef; }
    .detail { fill: #9aa3b2; }
    .policy { fill: #f0b36b; }
    .line { stroke: #566072; }
    rect { fill: #20252e; stroke: #49515f; }
    .tool rect, .resource rect, .prompt rect, .completion rect { fill: #172a45; stroke: #4a7fca; }
    .provider rect { fill: #17301f; stroke: #4f9467; }
    .request rect { fill: #17301f; stroke: #4f9467; }
    .provided rect { fill: #2a2140; stroke: #8163bd; }
    .config rect { fill: #3a2f14; stroke: #a5833a; }
  }
`;

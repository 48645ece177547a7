/** Graph → one page without anything from elsewhere: the drawing, in which a pointed-at node shows what it is tied to. */
import type { Graph, ServedKind } from "./graph.js";
import { escapeMarkup, graphToSvg } from "./svg.js";

const served: readonly ServedKind[] = ["tool", "resource", "prompt", "completion"];

export function graphToHtml(graph: Graph): string {
  const title = escapeMarkup(graph.title);
  const counts = served.flatMap((kind) => {
    const count = graph.nodes.filter((node) => node.kind === kind).length;
    return count === 0 ? [] : [`${String(count)} ${kind}${count === 1 ? "" : "s"}`];
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; font-family: ui-sans-serif, system-ui, sans-serif; background: #fff; color: #1f2430; }
  header { padding: 24px 32px 0; }
  h1 { font-size: 20px; margin: 0; }
  p { margin: 4px 0 0; opacity: 0.7; }
  main { overflow: auto; }
  .node { cursor: default; transition: opacity 0.1s; }
  .faded { opacity: 0.15; }
  @media (prefers-color-scheme: dark) { body { background: #14171d; color: #e6e9ef; } }
</style>
</head>
<body>
<header><h1>${title}</h1><p>${counts.join(", ")}, and what each needs</p></header>
<main>
${graphToSvg(graph)}</main>
<script>${script}</script>
</body>
</html>
`;
}

/** All that a node needs and all that need it, to the ends; the rest fades. */
const script = `
  const lines = [...document.querySelectorAll(".line")];
  const nodes = [...document.querySelectorAll(".node[id]")];
  const reach = (id, from, to, found = new Set([id])) => {
    for (const line of lines)
      if (line.dataset[from] === id && !found.has(line.dataset[to]))
        reach(line.dataset[to], from, to, found.add(line.dataset[to]));
    return found;
  };
  const show = (id) => {
    const below = id && reach(id, "from", "to");
    const above = id && reach(id, "to", "from");
    const isTied = (node) => !id || below.has(node) || above.has(node);
    for (const node of nodes) node.classList.toggle("faded", !isTied(node.id));
    for (const line of lines) {
      const { from, to } = line.dataset;
      const isOnTheWay = !id || (below.has(from) && below.has(to)) || (above.has(from) && above.has(to));
      line.classList.toggle("faded", !isOnTheWay);
    }
  };
  for (const node of nodes) {
    node.addEventListener("pointerenter", () => show(node.id));
    node.addEventListener("pointerleave", () => show());
  }
`;

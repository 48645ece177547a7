/** Graph → a Mermaid flowchart, which GitHub and most editors draw. */
import type { Graph, GraphNode, NodeKind } from "./graph.js";

/** Around the text of a node. */
const shapes: Readonly<Record<NodeKind, readonly [open: string, close: string]>> = {
  tool: ["[", "]"],
  resource: ["[[", "]]"],
  prompt: [">", "]"],
  completion: [">", "]"],
  provider: ["(", ")"],
  request: ["([", "])"],
  provided: ["[(", ")]"],
  config: ["[/", "/]"],
  contract: ["{{", "}}"],
};

export function graphToMermaid({ nodes, edges }: Graph): string {
  return [
    "flowchart LR",
    ...nodes.map((node) => `  ${node.id}${nodeText(node)}`),
    ...edges.map(({ from, to }) => `  ${from} --> ${to}`),
    "",
  ].join("\n");
}

function nodeText({ kind, name, detail, policies }: GraphNode): string {
  const [open, close] = shapes[kind];
  const lines = [`<b>${escape(name)}</b>`, `<i>${escape(detail)}</i>`, ...policies.map(escape)];
  return `${open}"${lines.join("<br>")}"${close}`;
}

/** By Mermaid's own entities: a quote would end the text, a `#` begin an entity. */
function escape(text: string): string {
  return [...text].map((char) => (/[\w\s./·,=:()-]/u.test(char) ? char : `#${String(char.codePointAt(0))};`)).join("");
}

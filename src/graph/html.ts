/**
 * Graph → one page without anything from elsewhere: tools by their files, beside them in columns what they need, and a
 * script that draws the lines between them. Without the script, and on a narrow screen, names stand for the lines.
 */
import { hashSource, readPageFile } from "../pages/index.js";
import type { Graph, GraphNode, ServedKind } from "./graph.js";
import { groupGraph, isServed, type FileGroup } from "./groups.js";
import { escapeMarkup, kindsOf, kindWords } from "./markup.js";

export function graphToHtml(graph: Graph): string {
  const style = readPageFile("base.css") + readPageFile("graph/graph.css");
  const script = readPageFile("graph/graph.js");
  const policy = `default-src 'none'; style-src ${hashSource(style)}; script-src ${hashSource(script)}; base-uri 'none'; form-action 'none'`;
  const title = escapeMarkup(graph.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${drawHead(graph, title)}
${drawMain(graph)}
<script>${script}</script>
</body>
</html>
`;
}

function drawHead({ nodes }: Graph, title: string): string {
  const legend = kindsOf(nodes).map((kind) => `<li class="${kind}">${kindWords[kind]}</li>`);
  return `<header>
<div class="title"><h1>${title}</h1><p id="count" role="status">${countsOf(nodes)}</p></div>
<label class="search" hidden><span>Search</span><input id="search" type="search" placeholder="Name, file, policy or need" autocomplete="off" spellcheck="false" aria-keyshortcuts="/"><kbd>/</kbd></label>
<ul class="legend">${legend.join("")}</ul>
</header>`;
}

const served: readonly ServedKind[] = ["tool", "resource", "prompt", "completion"];

function countsOf(nodes: readonly GraphNode[]): string {
  const counts = served.flatMap((kind) => {
    const count = nodes.filter((node) => node.kind === kind).length;
    return count === 0 ? [] : [counted(count, kind)];
  });
  const files = new Set(nodes.filter(isServed).map(({ detail }) => detail)).size;
  return files === 0 ? "nothing is served" : `${counts.join(", ")} in ${counted(files, "file")}`;
}

function counted(count: number, word: string): string {
  return `${String(count)} ${word}${count === 1 ? "" : "s"}`;
}

function drawMain(graph: Graph): string {
  const { files, columns } = groupGraph(graph);
  const draw = nodeWriter(graph);
  const needed = columns.map((column) => `<ul class="needed">${column.map(draw).join("\n")}</ul>`);
  return `<main>
<svg class="lines" aria-hidden="true"></svg>
<section class="served" aria-label="What clients reach">
${files.map((file) => drawFile(file, draw)).join("\n")}
<p class="nothing" hidden>Nothing fits.</p>
</section>
<section class="columns" aria-label="What that needs"${needed.length === 0 ? " hidden" : ""}>
<h2>What they need</h2>
${needed.join("\n")}
</section>
</main>`;
}

function drawFile({ path, tied, free }: FileGroup, draw: (node: GraphNode) => string): string {
  const count = tied.length + free.length;
  const list = (nodes: readonly GraphNode[]): string => `<ul>${nodes.map(draw).join("\n")}</ul>`;
  const need = free.length === 1 ? "needs" : "need";
  const folded = `<details><summary>${String(free.length)} that ${need} nothing</summary>${list(free)}</details>`;
  return `<article class="file"><h2><span>${escapeMarkup(path)}</span> <small>${String(count)}</small></h2>
${tied.length === 0 ? "" : list(tied)}${free.length === 0 ? "" : folded}</article>`;
}

/** A node, with the names of what it needs; what is found by a search is all of its text. */
function nodeWriter({ nodes, edges }: Graph): (node: GraphNode) => string {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return (node) => {
    const { id, kind, name, detail, policies } = node;
    const to = [...new Set(edges.filter(({ from }) => from === id).map((edge) => edge.to))];
    const links = to.map((each) => `<a href="#${each}">${escapeMarkup(names.get(each) ?? each)}</a>`);
    const count = edges.filter((edge) => edge.to === id).length;
    const about = isServed(node) ? (kind === "tool" ? "" : `<small>${kind}</small>`) : aboutNeeded(detail, count);
    const wraps = policies.map((policy) => `<li>${escapeMarkup(policy)}</li>`);
    const needed = links.length === 0 ? "" : `<p class="needs">${links.join("")}</p>`;
    return `<li class="node ${kind}" id="${id}" data-needs="${to.join(" ")}"><button type="button" aria-pressed="false" title="${escapeMarkup(name)}">${escapeMarkup(name)}</button>${about}${
      wraps.length === 0 ? "" : `<ul class="policies">${wraps.join("")}</ul>`
    }${needed}</li>`;
  };
}

function aboutNeeded(detail: string, users: number): string {
  const used = users === 0 ? [] : [`used by ${String(users)}`];
  const text = escapeMarkup([...used, detail].join(" · "));
  return `<p class="detail" title="${text}">${text}</p>`;
}

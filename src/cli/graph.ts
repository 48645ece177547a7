/** `mcpgen graph`: the server as Mermaid text or, where a file is named, as a drawing in it. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { isError } from "../diagnostics/diagnostic.js";
import { graphOf, graphToHtml, graphToMermaid, graphToSvg, type Graph } from "../graph/index.js";
import { inspect, type StageName } from "../pipeline.js";
import type { Command } from "./command.js";
import type { Pages } from "./usage/program.js";
import { hasFailed } from "./failure.js";
import { stageText } from "./output/stages.js";

export const runGraph: Command<"graph"> = async ({ overrides, pages }, reporter) => {
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await inspect({ ...overrides, cwd: process.cwd(), keepGoing: true, onStage });
  const graph = value.plan && graphOf(value.plan);
  const text = graph ? draw(graph, pages) : "";
  // Warnings are for `build` to tell.
  reporter.answer({ diagnostics: diagnostics.filter(isError), root: value.root, text, json: { ...graph } });
  return hasFailed(value, diagnostics, "files") ? 1 : 0;
};

/** Returns what there is to say. */
function draw(graph: Graph, { html, svg }: Pages): string {
  if (html !== undefined) writeFileSync(resolve(html), graphToHtml(graph));
  if (svg !== undefined) writeFileSync(resolve(svg), graphToSvg(graph));
  const files = [html, svg].filter((file) => file !== undefined);
  return files.length === 0 ? graphToMermaid(graph) : `wrote ${files.join(" and ")}`;
}

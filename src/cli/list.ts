/** `mcpgen list`: what is served, as tables. What cannot be served is reported beside it. */
import { tokensOf } from "../model/tokens.js";
import { preview, type StageName } from "../pipeline.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { stageText } from "./output/stages.js";
import { grouped, plural } from "./output/counts.js";
import {
  describeArguments,
  describeResult,
  readSurface,
  totalTokens,
  type CommittedSurface,
  type ListedPrompt,
  type ListedResource,
  type Tool,
} from "./output/committed-surface.js";
import { renderTable } from "./output/table.js";

export const runList: Command<"list"> = async ({ overrides }, reporter) => {
  const request = { ...overrides, cwd: process.cwd(), keepGoing: true };
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await preview({ ...request, onStage });
  const surface = readSurface(value);
  const { tools = [], resources, resourceTemplates, prompts } = surface ?? {};
  const text = surface ? describe(surface, reporter.columns) : "";
  const json = {
    tools: surface && tools.map((tool) => ({ ...tool, tokens: tokensOf(tool) })),
    ...{ resources, resourceTemplates, prompts },
    tokens: totalTokens(tools),
  };
  reporter.answer({ diagnostics, root: value.root, text, json });
  return hasFailed(value, diagnostics, "files") ? 1 : 0;
};

function describe(surface: CommittedSurface, columns: number | undefined): string {
  const { tools, resources = [], resourceTemplates = [], prompts = [] } = surface;
  const read = [...resources, ...resourceTemplates];
  const sections = [
    ...(tools.length > 0 || read.length + prompts.length === 0 ? [toolTable(tools, columns)] : []),
    ...(read.length > 0 ? [renderTable([["RESOURCE", "URI", "TYPE"], ...read.map(resourceRow)], columns)] : []),
    ...(prompts.length > 0 ? [renderTable([["PROMPT", "ARGUMENTS"], ...prompts.map(promptRow)], columns)] : []),
  ];
  return [...sections, `${plural(tools.length, "tool")}, ${plural(totalTokens(tools), "token")}`].join("\n\n");
}

function toolTable(tools: readonly Tool[], columns: number | undefined): string {
  const rows = tools.map((tool) => [tool.name, describeArguments(tool), describeResult(tool), grouped(tokensOf(tool))]);
  return renderTable([["TOOL", "ARGUMENTS", "RESULT", "TOKENS"], ...rows], columns);
}

function resourceRow({ name, uri, uriTemplate, mimeType }: ListedResource): readonly string[] {
  return [name, uri ?? uriTemplate ?? "", mimeType ?? ""];
}

function promptRow({ name, arguments: given = [] }: ListedPrompt): readonly string[] {
  return [name, given.map((argument) => `${argument.name}${argument.required ? "" : "?"}`).join(", ")];
}

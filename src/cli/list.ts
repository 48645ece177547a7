/** `mcpgen list`: the tools as a table. What cannot be served is reported beside it. */
import { tokensOf } from "../model/tokens.js";
import { preview, type StageName } from "../pipeline.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { stageText } from "./output/stages.js";
import { grouped, plural } from "./output/summary.js";
import { describeArguments, describeResult, readTools, totalTokens, type Tool } from "./output/committed-surface.js";
import { renderTable } from "./output/table.js";

export const runList: Command<"list"> = async ({ overrides }, reporter) => {
  const request = { ...overrides, cwd: process.cwd(), keepGoing: true };
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await preview({ ...request, onStage });
  const tools = readTools(value);
  const text = tools ? describe(tools, reporter.columns) : "";
  const json = { tools: tools?.map((tool) => ({ ...tool, tokens: tokensOf(tool) })), tokens: totalTokens(tools ?? []) };
  reporter.answer({ diagnostics, root: value.root, text, json });
  return hasFailed(value, diagnostics, "files") ? 1 : 0;
};

function describe(tools: readonly Tool[], columns: number | undefined): string {
  const rows = tools.map((tool) => [tool.name, describeArguments(tool), describeResult(tool), grouped(tokensOf(tool))]);
  const table = renderTable([["TOOL", "ARGUMENTS", "RESULT", "TOKENS"], ...rows], columns);
  return `${table}\n\n${plural(tools.length, "tool")}, ${plural(totalTokens(tools), "token")}`;
}

/** ServerPlan → README.md of the generated project. */
import { commandsOf } from "../../model/project/package-manager.js";
import type { ServerPlan, ToolPlan } from "../../model/plan.js";
import { jsonFile } from "../code/json-code.js";
import { packageName } from "./package-file.js";
import { fillFrame } from "../frames/frames.js";
import { markdownText, plainPath } from "../code/text.js";
import { textWidth } from "../code/width.js";

export function renderReadme(plan: ServerPlan): string {
  const name = packageName(plan.name);
  const { source, rootFromOutput, packageManager } = plan.project;
  const { install, run } = commandsOf(packageManager);
  const config = {
    mcpServers: { [name]: { command: "node", args: ["/path/to/dist/server.js"] } },
  };
  return fillFrame("README.md", {
    title: markdownText(plan.title ?? plan.name),
    description: plan.description === undefined ? "An MCP server." : markdownText(plan.description),
    tools: renderTable([["Tool", "Arguments", "What it does"], ...plan.tools.map(describeTool)]),
    clientConfig: jsonFile(config).trimEnd(),
    install,
    run,
    source: plainPath(rootFromOutput === "." ? source : `${rootFromOutput}/${source}`),
  });
}

function describeTool(tool: ToolPlan): readonly string[] {
  const names = tool.input.properties.map((property) => `\`${property.name}${property.optional ? "?" : ""}\``);
  return [`\`${tool.name}\``, names.join(", "), markdownText(firstSentence(tool.description))];
}

/** The first paragraph's first sentence: a table is for looking up. */
function firstSentence(text: string): string {
  const [paragraph = ""] = text.split(/\n\s*\n/);
  const sentence = /^[\s\S]*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
  return sentence.length > 160 ? `${[...sentence].slice(0, 159).join("")}…` : sentence;
}

/** Columns as wide as their widest cell. */
function renderTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => textWidth(row[column] ?? ""))));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - textWidth(cell))).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

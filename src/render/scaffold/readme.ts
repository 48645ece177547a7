/** ServerPlan → README.md of the generated project. */
import { commandsOf } from "../../model/project/package-manager.js";
import type { ResourcePlan, ServedPlan, ServerPlan } from "../../model/plan.js";
import { jsonFile } from "../code/json-file.js";
import { hasClientFile } from "../client/client-file.js";
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
    sections: sectionsOf(plan),
    clientConfig: jsonFile(config).trimEnd(),
    install,
    run,
    hasClient: hasClientFile(plan),
    isPublished: plan.registry !== undefined,
    package: name,
    source: plainPath(rootFromOutput === "." ? source : `${rootFromOutput}/${source}`),
  });
}

/** What is served, by role; a role that nothing has is left out. */
function sectionsOf({ tools, resources, prompts }: ServerPlan): readonly string[] {
  const sections = [
    { heading: "Tools", columns: ["Tool", "Arguments", "What it does"], rows: tools.map(describeCall) },
    { heading: "Resources", columns: ["Resource", "URI", "What it is"], rows: resources.map(describeResource) },
    { heading: "Prompts", columns: ["Prompt", "Arguments", "What it asks for"], rows: prompts.map(describeCall) },
  ];
  return sections
    .filter(({ rows }) => rows.length > 0)
    .map(({ heading, columns, rows }) => `## ${heading}\n\n${renderTable([columns, ...rows])}`);
}

/** The plan of a function that is as it was is the same object in the next build of this process. */
const rows = new WeakMap<ServedPlan, readonly string[]>();

function describeCall(plan: ServedPlan): readonly string[] {
  const row = rows.get(plan) ?? rowOf(plan);
  rows.set(plan, row);
  return row;
}

function rowOf({ name, input, description }: ServedPlan): readonly string[] {
  const names = input.properties.map((property) => `\`${property.name}${property.optional ? "?" : ""}\``);
  return [`\`${name}\``, names.join(", "), markdownText(firstSentence(description))];
}

function describeResource({ name, uri, description }: ResourcePlan): readonly string[] {
  return [`\`${name}\``, `\`${plainPath(uri)}\``, markdownText(firstSentence(description))];
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

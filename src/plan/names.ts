/** Names that clients see: from a function's name or its `@name` to a tool's name, and what is wrong with them. */
import type { Config } from "../config/config.js";
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { FunctionModel } from "../model/api.js";
import type { ToolPlan } from "../model/plan.js";
import { findTag } from "./tags.js";

/** What every known client accepts (Claude, OpenAI, Gemini, Cursor, VS Code). */
const toolName = /^[A-Za-z_][A-Za-z0-9_-]{0,49}$/;
const argumentName = /^[a-zA-Z0-9_.-]{1,64}$/;

export function nameTool(source: FunctionModel, naming: Config["naming"]): string {
  const tag = findTag(source.docs, "name");
  if (tag && tag.text.trim() !== "") return tag.text.trim();
  return naming === "snake_case" ? toSnakeCase(source.name) : source.name;
}

export function checkToolName(name: string, source: FunctionModel): readonly Diagnostic[] {
  if (toolName.test(name)) return [];
  const span = findTag(source.docs, "name")?.span ?? source.span;
  return [diagnostic("MG502", `\`${shorten(name)}\` cannot be a tool's name: ${explainToolName(name)}`, { span })];
}

function explainToolName(name: string): string {
  if (name.length > 50) return `it has ${name.length} characters, 50 are allowed`;
  if (/^[0-9-]/.test(name)) return "it has to start with a letter or `_`";
  const [bad = " "] = /[^A-Za-z0-9_-]/u.exec(name) ?? [];
  return bad.trim() === "" ? "it has a space" : `it has a \`${bad}\``;
}

export function checkArgumentName(name: string, span: FunctionModel["span"]): readonly Diagnostic[] {
  if (argumentName.test(name)) return [];
  return [diagnostic("MG503", `\`${shorten(name)}\` cannot be an argument's name`, { span })];
}

/** Messages stay on one line whatever the name is. */
function shorten(name: string): string {
  return name.length > 24 ? `${name.slice(0, 24)}…` : name;
}

export interface Clashes {
  /** All tools whose name another has: which of them was meant cannot be known. */
  readonly tools: ReadonlySet<ToolPlan>;
  /** One for each tool but the first of a name, which the others point back to. */
  readonly diagnostics: readonly Diagnostic[];
}

export function findClashes(tools: readonly ToolPlan[]): Clashes {
  const first = new Map<string, ToolPlan>();
  const clashing = new Set<ToolPlan>();
  const diagnostics: Diagnostic[] = [];
  for (const tool of tools) {
    const earlier = first.get(tool.name);
    if (!earlier) {
      first.set(tool.name, tool);
      continue;
    }
    clashing.add(earlier).add(tool);
    const notes = [{ message: `\`${tool.name}\` is already the name of this one`, span: earlier.span }];
    diagnostics.push(diagnostic("MG501", `two tools are called \`${tool.name}\``, { span: tool.span, notes }));
  }
  return { tools: clashing, diagnostics };
}

/** `getHTTPResponse2` → get, HTTP, Response2. */
export function splitWords(name: string): readonly string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

function toSnakeCase(name: string): string {
  return splitWords(name).join("_").toLowerCase();
}

/** `tokenBudget`: what all tools together may cost a model at every turn. */
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import type { ToolPlan, ServerPlan } from "../../model/plan.js";
import { tokensOf } from "../../model/tokens.js";
import { describeTool } from "./surface-file.js";

/** So many are named: cutting these helps most. */
const named = 3;

export function checkBudget({ tools, definitions, tokenBudget }: ServerPlan): readonly Diagnostic[] {
  if (!tokenBudget) return [];
  const costs = tools.map((tool) => ({ tool, tokens: tokensOf(describeTool(tool, definitions)) }));
  const total = costs.reduce((sum, { tokens }) => sum + tokens, 0);
  if (total <= tokenBudget.tokens) return [];
  const notes = costs
    .toSorted((a, b) => b.tokens - a.tokens)
    .slice(0, named)
    .map(toNote);
  const message = `the tools cost ${total} tokens, \`tokenBudget\` is ${tokenBudget.tokens}`;
  return [diagnostic("MG507", message, { span: tokenBudget.span, notes })];
}

function toNote({ tool, tokens }: { readonly tool: ToolPlan; readonly tokens: number }) {
  return { message: `\`${tool.name}\` costs ${tokens}`, span: tool.span };
}

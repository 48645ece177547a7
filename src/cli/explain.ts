/** `mcpgen explain CODE | TOOL`: the long form of a diagnostic, or where a tool comes from. What reads as a code is one. */
import type { Command } from "./command.js";

export const runExplain: Command<"explain"> = async (invocation, reporter) => {
  const { subject } = invocation;
  if (subject === undefined || /^(?:mg)?\d+$/i.test(subject))
    return (await import("./explain-code.js")).explainCode(subject, reporter);
  return (await import("./explain-tool.js")).explainTool({ name: subject, overrides: invocation.overrides }, reporter);
};

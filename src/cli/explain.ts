/** `mcpgen explain CODE | @TAG | TOOL`: the long form of a diagnostic, a policy, or where a tool comes from. What reads as a code is one. */
import type { Command } from "./command.js";

export const runExplain: Command<"explain"> = async (invocation, reporter) => {
  const { subject } = invocation;
  if (subject === undefined || /^(?:mg)?\d+$/i.test(subject))
    return (await import("./explain/explain-code.js")).explainCode(subject, reporter);
  if (subject.startsWith("@"))
    return (await import("./explain/explain-policy.js")).explainPolicy(subject.slice(1), reporter);
  return (await import("./explain/explain-tool.js")).explainTool(
    { name: subject, overrides: invocation.overrides },
    reporter,
  );
};

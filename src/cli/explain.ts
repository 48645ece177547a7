/**
 * `mcpgen explain CODE | @TAG | TYPE | TOOL`: the long form of a diagnostic, a tag, a type that the server gives, or
 * where a tool comes from. What reads as a code is one, and what is named like a type that.
 */
import type { Command } from "./command.js";

export const runExplain: Command<"explain"> = async (invocation, reporter) => {
  const { subject } = invocation;
  if (subject === undefined || /^(?:mg)?\d+$/i.test(subject))
    return (await import("./explain/explain-code.js")).explainCode(subject, reporter);
  if (subject.startsWith("@")) return (await import("./explain/explain-tag.js")).explainTag(subject.slice(1), reporter);
  const { hasContractPage, explainContract } = await import("./explain/contract-page.js");
  if (hasContractPage(subject)) return explainContract(subject, reporter);
  return (await import("./explain/explain-tool.js")).explainTool(
    { name: subject, overrides: invocation.overrides },
    reporter,
  );
};

/** Whether a command failed: errors of what the configuration says to leave out stop nothing. */
import { isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Outcome } from "../pipeline.js";

/** `changes`: whether the command is about what is written; others need what would be. */
export function hasFailed(
  { keepsGoing, changes, files }: Outcome,
  diagnostics: readonly Diagnostic[],
  about: "changes" | "files",
): boolean {
  if (!diagnostics.some(isError)) return false;
  const isDrift = diagnostics.some(({ code }) => code === "MG604");
  return !keepsGoing || isDrift || (about === "changes" ? changes : files) === undefined;
}

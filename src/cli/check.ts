/** `mcpgen check`: whether a build would change anything. */
import { countAccepted, isError } from "../diagnostics/diagnostic.js";
import { check, type StageName } from "../pipeline.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { stageText } from "./output/stages.js";
import { summaryToJson, upToDate } from "./output/summary.js";

export const runCheck: Command<"check"> = async ({ overrides }, reporter) => {
  const cwd = process.cwd();
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await check({ ...overrides, cwd, onStage });
  const failed = hasFailed(value, diagnostics, "changes");
  const accepted = value.accepted ?? countAccepted(diagnostics);
  const warnings = value.warnings ?? diagnostics.filter((found) => !isError(found)).length - accepted;
  const text = failed ? "" : upToDate(value, { cwd, seconds: performance.now() / 1000 }, { warnings, accepted });
  const json = { ...summaryToJson(value, cwd), status: failed ? "outdated" : "unchanged" };
  reporter.answer({ diagnostics, root: value.root, text, json });
  return failed ? 1 : 0;
};

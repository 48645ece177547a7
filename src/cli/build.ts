/** `mcpgen build`: the whole pipeline, then a few lines about what came of it. */
import { countAccepted } from "../diagnostics/diagnostic.js";
import { generate, type StageName } from "../pipeline.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { thisProcess } from "./owner.js";
import { stageText } from "./output/stages.js";
import { summarize, summarizeBriefly, summaryToJson } from "./output/summary.js";

export const runBuild: Command<"build"> = async ({ overrides, force, keepGoing, fix, failOn }, reporter) => {
  const cwd = process.cwd();
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await generate({
    ...overrides,
    ...{ cwd, force, keepGoing, fix, failOn, onStage },
    owner: thisProcess,
  });
  const timing = { cwd, seconds: performance.now() / 1000, accepted: countAccepted(diagnostics) };
  const text = summarize(value, timing);
  const brief = summarizeBriefly(value, timing);
  const consequence = value.changes ? "what could be served was written" : "nothing was written";
  reporter.answer({ diagnostics, root: value.root, text, brief, consequence, json: summaryToJson(value, cwd) });
  return hasFailed(value, diagnostics, "changes") ? 1 : 0;
};

/** `mcpgen build`: the whole pipeline, then a few lines about what came of it. */
import { countAccepted } from "../diagnostics/diagnostic.js";
import { draftConfig } from "../config/draft.js";
import type { ConfigRequest } from "../config/request.js";
import { generate, type Outcome, type StageName } from "../pipeline.js";
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
  const complaint = pointToInit({ ...overrides, cwd }, value);
  const json = summaryToJson(value, cwd);
  reporter.answer({ diagnostics, root: value.root, text, brief, consequence, complaint, json });
  return hasFailed(value, diagnostics, "changes") ? 1 : 0;
};

/** An application's folder is rarely served as it is: where most of it is refused and nothing has been chosen, a choice is due. */
function pointToInit(request: ConfigRequest, { changes, survey = [] }: Outcome): string {
  const refused = survey.filter(({ fate }) => fate === "refused").length;
  const served = survey.filter(({ fate }) => fate === "served").length;
  const isApplication = refused > served && refused + served >= fewest;
  if (changes || !isApplication || draftConfig(request).file) return "";
  return '`mcpgen init` lets you choose among them; with "expose": "tagged" in mcpgen.json only what is tagged `@tool` is served';
}

/** Of fewer functions each can be mended. */
const fewest = 4;

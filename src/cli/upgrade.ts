/** `mcpgen upgrade`: a full build after a new mcpgen was installed, and what it made of each scaffold file. */
import { countAccepted } from "../diagnostics/diagnostic.js";
import type { MergeFate } from "../model/files.js";
import { generate, type Outcome, type StageName } from "../pipeline.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { thisProcess } from "./owner.js";
import { stageText } from "./output/stages.js";
import { summarize, summaryToJson } from "./output/summary.js";
import { renderTable } from "./output/table.js";

export const runUpgrade: Command<"upgrade"> = async ({ overrides }, reporter) => {
  const cwd = process.cwd();
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await generate({ ...overrides, cwd, onStage, afresh: true, owner: thisProcess });
  const timing = { cwd, seconds: performance.now() / 1000, accepted: countAccepted(diagnostics) };
  const fates = fatesOf(value);
  const table = renderTable(
    fates.map(({ path, fate }) => [`  ${path}`, words[fate]]),
    undefined,
  );
  const text = [summarize(value, timing), ...(fates.length > 0 ? ["", table] : [])].join("\n");
  const consequence = value.changes ? "what could be served was written" : "nothing was written";
  const json = { ...summaryToJson(value, cwd), scaffold: fates };
  reporter.answer({ diagnostics, root: value.root, text, consequence, json });
  return hasFailed(value, diagnostics, "changes") || fates.some(({ fate }) => fate === "conflict") ? 1 : 0;
};

const words: Readonly<Record<ScaffoldFate["fate"], string>> = {
  written: "written",
  merged: "merged",
  kept: "kept as you have it",
  conflict: "conflict: your lines stay",
};

interface ScaffoldFate {
  readonly path: string;
  readonly fate: MergeFate | "written";
}

/** Of each scaffold file that was written, or is not as mcpgen writes it. */
function fatesOf({ changes = [] }: Outcome): readonly ScaffoldFate[] {
  return changes.flatMap((change): readonly ScaffoldFate[] => {
    if (change.kind === "delete") return [];
    if (change.kind === "unchanged") return change.merge ? [{ path: change.path, fate: change.merge }] : [];
    if (change.owner !== "scaffold") return [];
    return [{ path: change.path, fate: change.kind === "create" ? "written" : (change.merge ?? "merged") }];
  });
}

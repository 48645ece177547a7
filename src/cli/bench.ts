/** `mcpgen bench`: builds the project, and measures calls of its tools. */
import { bench, type Benched, type BenchedProject } from "../bench/index.js";
import { diagnostic, isError, type Diagnostic } from "../diagnostics/diagnostic.js";
import { measure, type StageName } from "../pipeline.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import type { Reporter } from "./output/reporter.js";
import { stageText } from "./output/stages.js";
import { thisProcess } from "./owner.js";
import { findUninstalled } from "./project.js";

export const runBench: Command<"bench"> = async ({ overrides, tools, samples, runs, save, compare }, reporter) => {
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await measure({ ...overrides, cwd: process.cwd(), owner: thisProcess, onStage });
  const { root, output, bench: rendered } = value;
  const isBuilt = output !== undefined && rendered !== undefined && !hasFailed(value, diagnostics, "changes");
  const problems = isBuilt ? findUninstalled(output) : diagnostics;
  if (!isBuilt || problems.some(isError)) return fail(problems, root, reporter);
  reporter.status("bundling the server …");
  const onRun = (run: number) => {
    reporter.status(`run ${String(run)} of ${String(runs)} …`);
  };
  const project: BenchedProject = { output, ...rendered, process: thisProcess };
  return answer(await bench(project, { tools, samples, runs, json: save, compare, onRun }), root, reporter);
};

function answer(benched: Benched, root: string, reporter: Reporter): number {
  switch (benched.kind) {
    case "measured":
      reporter.answer({ diagnostics: [], root, text: benched.text, json: {} });
      return benched.isSlower ? 1 : 0;
    case "refused":
      reporter.answer({ diagnostics: [], root, text: "", complaint: benched.reason, json: {} });
      return 2;
    case "unbundled":
      return fail([unbundled(benched.reason)], root, reporter);
  }
}

function unbundled(reason: string): Diagnostic {
  return diagnostic("MG611", "`node build.mjs` failed in the output folder", {
    notes: [{ message: `it said\n${reason}` }],
  });
}

function fail(diagnostics: readonly Diagnostic[], root: string, reporter: Reporter): number {
  reporter.answer({ diagnostics, root, text: "", json: { status: "failed" } });
  return 1;
}

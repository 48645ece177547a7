/** `mcpgen diff`: what the source gives now beside what a commit served, and whether that breaks anybody. */
import { isError } from "../diagnostics/diagnostic.js";
import { inspect, type Outcome, type StageName } from "../pipeline.js";
import { refusedBy, suggestStep, type PlacedChange } from "../surface/change.js";
import { compareSurfaces, placeChanges } from "../surface/index.js";
import { surfacePath } from "../surface/listed.js";
import { readBaseSurface } from "./output/base-surface.js";
import type { Command } from "./command.js";
import { hasFailed } from "./failure.js";
import { plural } from "./output/counts.js";
import { stageText } from "./output/stages.js";
import { changeToJson, countChanges, surfaceMarkdown, surfaceText } from "./output/surface-text.js";
import { plannedText } from "../model/files.js";

export const runDiff: Command<"diff"> = async ({ overrides, reference, failOn, format }, reporter) => {
  const cwd = process.cwd();
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await inspect({ ...overrides, cwd, onStage });
  const { root } = value;
  // Warnings are for `build` to tell.
  const errors = diagnostics.filter(isError);
  if (hasFailed(value, diagnostics, "files")) {
    const consequence = "nothing was compared";
    reporter.answer({ diagnostics: errors, root, text: "", consequence, json: { status: "failed" } });
    return 1;
  }
  const compared = compare(value, reference);
  if (compared.kind === "missing") {
    const { reason } = compared;
    const complaint = `error: ${reason}`;
    reporter.answer({ diagnostics: errors, root, text: "", complaint, json: { status: "failed", reason } });
    return 2;
  }
  const { changes, from } = compared;
  const refused = failOn ? refusedBy(failOn, changes) : [];
  const same = `nothing that clients see has changed since ${from}`;
  const text =
    format === "markdown"
      ? surfaceMarkdown(changes, root)
      : changes.length === 0
        ? same
        : surfaceText(changes, { root, cwd });
  const brief = changes.length === 0 ? same : countChanges(changes);
  reporter.answer({
    ...{ diagnostics: errors, root, text, brief: format === "markdown" ? text : brief },
    complaint: refused.length > 0 ? `--fail-on ${String(failOn)} refuses ${plural(refused.length, "change")}` : "",
    json: {
      status: refused.length > 0 ? "refused" : changes.length > 0 ? "changed" : "unchanged",
      from,
      changes: changes.map(changeToJson),
      step: suggestStep(changes),
    },
  });
  return refused.length > 0 ? 1 : 0;
};

type Comparison =
  | { readonly kind: "compared"; readonly from: string; readonly changes: readonly PlacedChange[] }
  | { readonly kind: "missing"; readonly reason: string };

function compare({ root, output = root, files = [], plan }: Outcome, reference: string | undefined): Comparison {
  const base = readBaseSurface({ root, output }, reference);
  if (base.kind === "missing") return base;
  const text = plannedText(files, surfacePath) ?? "";
  const changes = compareSurfaces(base.text, text);
  if (!changes)
    return { kind: "missing", reason: `the \`${surfacePath}\` of ${base.from} cannot be read as a surface` };
  return { kind: "compared", from: base.from, changes: plan ? placeChanges(changes, plan) : changes };
}

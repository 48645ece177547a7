/** `mcpgen explain TOOL`: each line of its schema with what gave it, and what fills its other parameters. */
import { isError, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { closest } from "../../diagnostics/suggest.js";
import { explain } from "../../explain/index.js";
import { servedBy } from "../../model/plan.js";
import { inspect, type Outcome, type StageName } from "../../pipeline.js";
import { explanationText } from "../output/explanation-text.js";
import type { Overrides } from "../usage/program.js";
import type { Reporter } from "../output/reporter.js";
import { stageText } from "../output/stages.js";
import { readSurface } from "../output/committed-surface.js";

export interface Asked {
  readonly name: string;
  readonly overrides: Overrides;
}

/** What is wrong with other tools does not keep this one from being explained, and is `build`'s to tell. */
export async function explainTool({ name, overrides }: Asked, reporter: Reporter): Promise<number> {
  const cwd = process.cwd();
  const onStage = (stage: StageName) => {
    reporter.status(stageText(stage));
  };
  const { value, diagnostics } = await inspect({ ...overrides, cwd, keepGoing: true, onStage });
  const { root } = value;
  const explanation = find(name, value);
  if (explanation) {
    const text = explanationText(explanation, { root, cwd, columns: reporter.columns });
    reporter.answer({ diagnostics: [], root, text, json: { ...explanation } });
    return 0;
  }
  const errors = diagnostics.filter(isError);
  const isRefused = !value.plan || isFunction(name, value, errors);
  const reason = isRefused ? `the tool \`${name}\` is not served` : unknown(name, value);
  const json = { status: "failed", reason };
  const said = isRefused ? errors : [];
  reporter.answer({ diagnostics: said, root, text: "", complaint: `error: ${reason}`, json });
  return isRefused ? 1 : 2;
}

/** A function that is no tool because of its errors; of some, nothing is left but these. */
function isFunction(name: string, { model }: Outcome, errors: readonly Diagnostic[]): boolean {
  return (
    (model?.functions.some((each) => each.name === name) ?? false) ||
    errors.some(({ message }) => message.includes(`\`${name}\``))
  );
}

function find(name: string, outcome: Outcome) {
  const { model, plan } = outcome;
  const surface = readSurface(outcome);
  return model && plan && surface && explain(name, { model, plan, surface });
}

function unknown(name: string, { plan }: Outcome): string {
  const meant = closest(name, plan ? servedBy(plan).map((served) => served.name) : []);
  const hint = meant === undefined ? "`mcpgen list` shows all of them" : `did you mean \`${meant}\`?`;
  return `there is no tool \`${name}\`; ${hint}`;
}

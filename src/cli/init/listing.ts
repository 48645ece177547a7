/** What has become of each function → lines by file, in a few words each. */
import type { EffectKind } from "../../model/effects.js";
import type { SurveyedFunction } from "../../survey.js";
import { plural } from "../output/counts.js";
import { groupByFile, nameOf } from "./choice.js";

/** More functions than these are counted by file, more files by number. */
const limits = { functions: 8, files: 8, refused: 4 } as const;

export interface Listing {
  readonly source: string;
  readonly detail: "quiet" | "normal" | "full";
}

export function listFunctions(functions: readonly SurveyedFunction[], listing: Listing): readonly string[] {
  const count = (fate: SurveyedFunction["fate"]) => functions.filter((each) => each.fate === fate).length;
  const files = groupByFile(functions, listing.source);
  const head = `${plural(functions.length, "function")} in ${plural(files.size, "file")} of ${listing.source}: ${String(count("served"))} can be served, ${String(count("refused"))} cannot`;
  const isShort = functions.length <= limits.functions || listing.detail === "full";
  return [head, ...(isShort ? listAll(files) : listFiles(files))];
}

function listAll(files: ReadonlyMap<string, readonly SurveyedFunction[]>): readonly string[] {
  return [...files].flatMap(([file, all]) => {
    const width = Math.max(...all.map((each) => nameOf(each).length));
    return [`  ${file}`, ...all.map((each) => `    ${nameOf(each).padEnd(width)}   ${describe(each)}`)];
  });
}

function listFiles(files: ReadonlyMap<string, readonly SurveyedFunction[]>): readonly string[] {
  const entries = [...files];
  const shown = entries.slice(0, limits.files);
  const width = Math.max(...shown.map(([file]) => file.length));
  const rows = shown.map(([file, all]) => {
    const served = all.filter(({ fate }) => fate === "served").length;
    return `  ${file.padEnd(width)}   ${served === all.length ? `${String(served)} served` : `${String(served)} of ${String(all.length)} served`}`;
  });
  const refused = entries.flatMap(([, all]) => all).filter(({ fate }) => fate === "refused");
  const reasons = refused.slice(0, limits.refused).map((each) => `  ${nameOf(each)}: ${describe(each)}`);
  const isAll = entries.length <= limits.files && refused.length <= limits.refused;
  const more = `  and more: ${plural(entries.length, "file")}, ${plural(refused.length, "refusal")} (--verbose lists all)`;
  return [...rows, ...reasons, ...(isAll ? [] : [more])];
}

/** `served, reads, needs database`, or `refused, because …`. */
export function describe({ fate, errors, effects, needs }: SurveyedFunction): string {
  const [error] = errors;
  if (fate === "refused") return `refused${error ? `: ${error.message.replace(/\.$/, "")} (${error.code})` : ""}`;
  return ["served", ...wordsOf(effects), ...(needs.length > 0 ? [`needs ${needs.join(", ")}`] : [])].join(", ");
}

/** In the order of what a user would want to know first. */
function wordsOf(effects: readonly EffectKind[]): readonly string[] {
  const has = (...kinds: readonly EffectKind[]) => kinds.some((kind) => effects.includes(kind));
  return [
    ...(has("writes", "state") ? ["writes"] : []),
    ...(has("network") ? ["network"] : []),
    ...(has("reads") ? ["reads"] : []),
    ...(has("unknown") ? ["calls what cannot be followed"] : []),
  ];
}

/** Programs want all of it. */
export function functionToJson(each: SurveyedFunction): Record<string, unknown> {
  const { fate, effects, needs, errors, reference, span } = each;
  const reasons = errors.map(({ code, message }) => ({ code, message }));
  const place = { file: reference.module, line: span.start.line };
  return { name: nameOf(each), ...place, fate, effects, needs, ...(reasons.length > 0 && { reasons }) };
}

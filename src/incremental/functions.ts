/** The functions of the modules that are as they were, and those of the part → all, in the order of the whole. */
import type { FunctionModel } from "../model/api.js";
import type { SourcePart } from "../model/project/source-graph.js";
import type { Span } from "../model/span.js";
import { compareText } from "../model/text.js";
import type { Findings } from "./findings.js";

export interface JoinedFunctions {
  readonly functions: readonly FunctionModel[];
  /** As they were. */
  readonly kept: readonly FunctionModel[];
  /** Of the part, as they were and as they are. */
  readonly old: readonly FunctionModel[];
  readonly own: readonly FunctionModel[];
}

/** Undefined where the part exports a function of another module in a way that could change what that one is called. */
export function joinFunctions(
  { model, graph }: Findings,
  anew: readonly FunctionModel[],
  { modules }: SourcePart,
): JoinedFunctions | undefined {
  const kept = model.functions.filter(({ reference }) => !modules.has(reference.module));
  const old = model.functions.filter(({ reference }) => modules.has(reference.module));
  const known = new Map(kept.map((each) => [placeOf(each.span), each]));
  const own: FunctionModel[] = [];
  for (const each of anew) {
    const twin = known.get(placeOf(each.span));
    const isElsewhere = !modules.has(each.span.file) && graph.files[each.span.file]?.isModule;
    if (twin ? !isExportedBest(twin) : isElsewhere) return undefined;
    if (!twin) own.push(each);
  }
  const functions = [...kept, ...own].sort((a, b) => compareText(a.reference.module, b.reference.module));
  return { functions, kept, old, own };
}

/** By its own module, under a name: no barrel has a better one. */
function isExportedBest({ reference, span }: FunctionModel): boolean {
  return reference.module === span.file && reference.export !== "default";
}

function placeOf({ file, start }: Span): string {
  return `${file}:${String(start.line)}:${String(start.column)}`;
}

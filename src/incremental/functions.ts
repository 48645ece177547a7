/** The functions of the modules that are as they were, and those of the part → all, in the order of the whole. */
import type { FunctionModel } from "../model/api.js";
import { untouchedIn, type SourcePart } from "../model/project/source-graph.js";
import { compareSpans, type Span } from "../model/span.js";
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
  anew: Pick<Findings, "model" | "graph">,
  part: SourcePart,
): JoinedFunctions | undefined {
  const { modules } = part;
  const isUntouched = untouchedIn(anew.graph, part);
  const isKept = ({ reference }: FunctionModel): boolean => !modules.has(reference.module) || isUntouched(reference);
  const kept = model.functions.filter(isKept);
  const old = model.functions.filter((each) => !isKept(each));
  const known = new Map(kept.map((each) => [placeOf(each.span), each]));
  const own: FunctionModel[] = [];
  for (const each of anew.model.functions) {
    const twin = known.get(placeOf(each.span));
    const isElsewhere = !modules.has(each.span.file) && graph.files[each.span.file]?.isModule;
    if (twin ? !isExportedBest(twin) : isElsewhere) return undefined;
    if (!twin) own.push(each);
  }
  const functions = [...kept, ...own].sort(
    (a, b) => compareText(a.reference.module, b.reference.module) || compareWithin(part, a, b),
  );
  return { functions, kept, old, own };
}

/** A module of which some were read and some were not has both in the order of its text; of others all come from one side. */
function compareWithin({ before }: SourcePart, a: FunctionModel, b: FunctionModel): number {
  return before[a.reference.module] ? compareSpans(a.span, b.span) : 0;
}

/** By its own module, under a name: no barrel has a better one. */
function isExportedBest({ reference, span }: FunctionModel): boolean {
  return reference.module === span.file && reference.export !== "default";
}

function placeOf({ file, start }: Span): string {
  return `${file}:${String(start.line)}:${String(start.column)}`;
}

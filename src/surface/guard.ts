/** What a build would overwrite of the surface → what changed, and what of it `--fail-on` refuses. */
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Change } from "../model/files.js";
import type { ServerPlan } from "../model/plan.js";
import { succeed, type Result } from "../model/result.js";
import { refusedBy, tellChange, type FailOn, type PlacedChange } from "./change.js";
import { compareSurfaces, placeChanges } from "./index.js";
import { surfacePath } from "./listed.js";

export interface Guarded {
  readonly changes: readonly Change[];
  readonly plan: ServerPlan;
  /** Nothing is refused without it. */
  readonly failOn?: FailOn | undefined;
}

/** Undefined where there is nothing to compare with: on a first build, and where the file that is there is none of ours. */
export function guardSurface({ changes, plan, failOn }: Guarded): Result<readonly PlacedChange[] | undefined> {
  const change = changes.find(({ path }) => path === surfacePath);
  if (change?.kind === "unchanged") return succeed([]);
  if (change?.kind !== "update") return succeed(undefined);
  const found = compareSurfaces(change.before, change.text);
  if (!found) {
    const message = `\`${surfacePath}\` cannot be read as a surface, so changes cannot be found`;
    return succeed(undefined, failOn ? [diagnostic("MG620", message)] : []);
  }
  const placed = placeChanges(found, plan);
  return succeed(placed, failOn ? refusedBy(failOn, placed).map(refuse) : []);
}

function refuse(change: PlacedChange): Diagnostic {
  const { span, help } = change;
  return diagnostic("MG620", tellChange(change), { ...(span && { span }), ...(help !== undefined && { help }) });
}

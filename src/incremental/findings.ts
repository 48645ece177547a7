/** What a build found of the sources, as the next one takes it over where an edit cannot have changed it. Plain data. */
import type { Acceptance } from "../diagnostics/accept.js";
import type { ApiModel } from "../model/api.js";
import type { SourceGraph } from "../model/project/source-graph.js";

export interface Findings {
  readonly model: ApiModel;
  readonly graph: SourceGraph;
  /** Of comments. */
  readonly acceptances: readonly Acceptance[];
  /** Of the configuration's list of what is served, if there is one: an entry is idle that names nothing of all that is exported. */
  readonly choice: "none" | "sound" | "idle";
  /** Files that errors and warnings of the sources point at: what they are about is found anew each time. */
  readonly diagnosed: readonly string[];
}

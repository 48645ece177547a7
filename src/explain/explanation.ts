/** What is known of where a tool comes from, as data: the same for people and for `--json`. */
import type { Definition, FunctionModel } from "../model/api.js";
import type { JsonObject, JsonValue } from "../model/json.js";
import type { Origin } from "../model/origins.js";
import type { CompletionPlan, ContainerPlan, ResourcePlan, ServedPlan, ToolPlan } from "../model/plan.js";
import type { Span } from "../model/span.js";

export interface Explanation {
  readonly tool: string;
  readonly span: Span;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** An argument, a property, a parameter; `path` is empty for the whole. */
export interface Entry {
  readonly path: string;
  readonly lines: readonly Line[];
}

export interface Line {
  /** A keyword of the schema, with those above it: `items.minLength`. */
  readonly keyword: string;
  readonly value?: JsonValue;
  readonly origin: Source;
}

/** Beside what the source says: what mcpgen adds by itself, and what fills a parameter. */
export interface Source {
  readonly kind: Origin["kind"] | "name" | "rule" | "contract" | "provider" | "absent" | "body";
  readonly text: string;
  readonly span?: Span;
}

/** The schemas of what is served: a tool's as clients receive them in `tools/list`. */
export interface ListedSchemas {
  readonly name: string;
  readonly inputSchema: JsonObject;
  readonly outputSchema?: JsonObject;
}

/** All that a section may read. */
export interface Subject {
  readonly tool: ExplainedPlan;
  readonly source: FunctionModel;
  readonly listed: ListedSchemas;
  readonly container: ContainerPlan | undefined;
  readonly definitions: Readonly<Record<string, Definition>>;
}

/** Of whatever role: what only some have is absent in the others. */
export type ExplainedPlan = ServedPlan &
  Partial<Pick<ToolPlan, "annotations" | "batch" | "stream">> &
  Partial<Pick<ResourcePlan, "uri" | "mimeType">> &
  Partial<Pick<CompletionPlan, "of">>;

/**
 * Where what is said of a type comes from. Only `mcpgen explain` asks for it: a build keeps none of it, and nothing
 * that is generated depends on it.
 */
import type { Span } from "./span.js";

export interface Origin {
  /** `inferred`: nobody wrote the type, TypeScript concluded it from what is at the place. */
  readonly kind: "type" | "inferred" | "optional" | "comment" | "tag" | "schema" | "default";
  /** As it is written, on one line; of an inferred type, the type. */
  readonly text: string;
  readonly span: Span;
}

/** By what it is the origin of: `type`, `optional`, `description`, `default`, `examples`, `deprecated`, or a constraint. */
export type Origins = Readonly<Record<string, Origin>>;

/** Whether an analysis keeps them. */
export type OriginKeeping = "kept" | "dropped";

/** A way in which a value of one schema may be refused by another: what the subset test finds. */
import type { JsonValue } from "../model/json.js";
import type { SchemaNode } from "./schema-node.js";

/** `sub` is the schema that the value is of, `sup` the one that refuses it. */
export interface Escape {
  /** From the root to where it is refused. */
  readonly path: string;
  readonly reason: Reason;
  readonly sub?: JsonValue;
  readonly sup?: JsonValue;
}

export type Reason =
  /** `sub` has values of these types, `sup` has none. */
  | { readonly kind: "types"; readonly types: readonly string[] }
  | { readonly kind: "values"; readonly values: readonly JsonValue[] }
  /** `sup` has only some values of the type. */
  | { readonly kind: "limited" }
  /** `sup` asks for a member that values of `sub` need not have; `unknown`: that `sub` does not even name. */
  | { readonly kind: "required"; readonly of: "known" | "unknown" }
  /** `sup` refuses a member that `sub` names. */
  | { readonly kind: "member" }
  /** `sup` refuses members that `sub` does not name. */
  | { readonly kind: "others" }
  /** `sup` has nothing of this kind: a union's alternative. */
  | { readonly kind: "alternative"; readonly mark: string }
  /** `sup` asks more at a keyword. */
  | { readonly kind: "keyword"; readonly keyword: string }
  /** Both say something at a keyword, and nobody can tell whether one follows from the other. */
  | { readonly kind: "unproven"; readonly keyword: string };

/** The subset test of what lies within. */
export type Descend = (sub: SchemaNode, sup: SchemaNode, path: string) => readonly Escape[];

export interface Compared {
  readonly sub: SchemaNode;
  readonly sup: SchemaNode;
  readonly path: string;
}

/** The value that stands at the keyword on both sides. */
export function escapeAt({ sub, sup, path }: Compared, kind: "keyword" | "unproven", keyword: string): Escape {
  const [before, after] = [sub.schema[keyword], sup.schema[keyword]];
  return {
    path,
    reason: { kind, keyword },
    ...(before !== undefined && { sub: before }),
    ...(after !== undefined && { sup: after }),
  };
}

/** What `@from` fills a parameter with, so that no client does: something of the caller, a variable, a constant. */
import type { JsonValue } from "./json.js";
import type { TypeNode } from "./types.js";

export type Filling =
  /** From the verified caller: `["id"]`, or `["claims", "tenant"]`. */
  | { readonly kind: "caller"; readonly path: readonly string[] }
  /** From the environment, read once at start. */
  | { readonly kind: "variable"; readonly variable: string }
  | { readonly kind: "constant"; readonly value: JsonValue };

/** A parameter that the server fills. */
export interface FilledParameter {
  readonly name: string;
  readonly type: TypeNode;
  readonly filling: Filling;
  /** The filling as the tag has it: `caller.id`. */
  readonly written: string;
}

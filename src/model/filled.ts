/** What `@from` fills a parameter with, so that no client does: something of the caller, a variable, a constant; and all that a call is given. */
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

interface Given<Argument> {
  readonly instance?: Argument;
  readonly arguments: readonly Argument[];
}

/** What a method is called on comes first. */
export function givenTo<Argument>({ instance, arguments: args }: Given<Argument>): readonly Argument[] {
  return instance === undefined ? args : [instance, ...args];
}

/** What every stage returns: a value and what there is to say about it. A stage never throws for a user's mistake. */
import type { Diagnostic } from "../diagnostics/diagnostic.js";

export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

export function succeed<T>(value: T, diagnostics: readonly Diagnostic[] = []): Result<T> {
  return { value, diagnostics };
}

/** Our own bug: a `kind` that no branch handles. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}

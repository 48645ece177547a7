// A start that failed → the one message about it: what could not be made, why, and who needed it.
import { redactText } from "../logging/redact.js";
import { explainNeed, type NeededBy } from "./reach.js";
import type { FailedMaking } from "./scope.js";

export interface FailedStart extends NeededBy {
  readonly failures: readonly FailedMaking[];
  /** What closing the rest was rejected with, if it was. */
  readonly unclosed: unknown;
}

export function describeFailedStart({ failures, unclosed, ...neededBy }: FailedStart): Error {
  const reasons = failures.flatMap(({ name, error }) => [
    `\`${name}\` could not be made.`,
    `  ${neededBy.providers[name]?.provider ?? name}: ${errorText(error)}`,
    ...explainNeed(name, neededBy).map((line) => `  ${line}`),
  ]);
  const leftOver = unclosed instanceof AggregateError ? (unclosed.errors as readonly unknown[]) : [];
  const text = [...reasons, ...leftOver.map((error) => `Besides, ${errorText(error)}`)].join("\n");
  return new Error(`The server cannot start: ${text}`, { cause: failures[0]?.error });
}

/** With its cause; a failed connection has its message in `errors`, or none but its code. */
function errorText(error: unknown): string {
  const { message, errors, code, cause } = Object(error) as Readonly<Record<string, unknown>>;
  const inner = Array.isArray(errors) ? errors.map(errorText).join("; ") : "";
  const own = [message, inner, code].find((text) => typeof text === "string" && text.trim() !== "");
  const text = typeof own === "string" ? own : String(error);
  const because = cause === undefined || cause === null ? "" : `: ${errorText(cause)}`;
  return `${redactText(text).replaceAll("\n", "\n    ")}${because}`;
}

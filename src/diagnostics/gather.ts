/**
 * Diagnostics → what a person is shown: errors first, and one entry for all that have one cause. That is the same code with
 * the same way out and the same message; of warnings, also a message that differs in its names alone.
 */
import { isError, type Diagnostic } from "./diagnostic.js";

export interface Gathered {
  /** What is told of all of them. */
  readonly first: Diagnostic;
  /** In the order that they were found in, `first` included. */
  readonly all: readonly Diagnostic[];
  /** What each message has and no other has, in backticks; empty where one thing is told of several places. */
  readonly names: readonly string[];
}

export function gatherDiagnostics(diagnostics: readonly Diagnostic[]): readonly Gathered[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const found of errorsFirst(diagnostics)) {
    const key = JSON.stringify([found.code, found.help, found.accepted, causeOf(found)]);
    const known = groups.get(key);
    if (known) known.push(found);
    else groups.set(key, [found]);
  }
  return [...groups.values()].flatMap(toGathered);
}

/** Each for itself. */
export function errorsFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics.filter(isError), ...diagnostics.filter((found) => !isError(found))];
}

const quoted = /`[^`]*`/g;

function causeOf(found: Diagnostic): string {
  if (found.cause !== undefined) return found.cause;
  return isError(found) ? found.message : found.message.replace(quoted, "``");
}

function toGathered(all: readonly Diagnostic[]): readonly Gathered[] {
  const [first] = all;
  if (!first) return [];
  const isOne = first.cause !== undefined || all.every(({ message }) => message === first.message);
  return [{ first, all, names: isOne ? [] : namesOf(all) }];
}

/** `\`a\` has no description` and `\`b\` has no description` → `a`, `b`. */
function namesOf(all: readonly Diagnostic[]): readonly string[] {
  const rows = all.map(({ message }) => message.match(quoted) ?? []);
  const [first = []] = rows;
  const telling = first.flatMap((name, column) => (rows.every((row) => row[column] === name) ? [] : [column]));
  return [...new Set(rows.map((row) => telling.map((column) => row[column] ?? "").join(" ")))];
}

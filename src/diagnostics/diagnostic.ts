/** The one shape of everything we say about a user's project. Plain data: the text of the source is read only when it is printed. */
import type { JsonValue } from "../model/json.js";
import type { Span } from "../model/span.js";
import { compareText } from "../model/text.js";
import { catalog, type DiagnosticCode } from "./catalog.js";

export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** One sentence of fact, the user's names in backticks. */
  readonly message: string;
  /** The smallest node at fault; absent only when no source is to blame. */
  readonly span?: Span;
  readonly notes: readonly Note[];
  /** The smallest edit that mends it, as an imperative. */
  readonly help?: string;
  /** The same edit, where it is one of a file of settings: `mcpgen build --fix` makes it. */
  readonly fix?: Fix;
  /** Where one thing brings about several messages, its name: people are told of it once, with all its places. */
  readonly cause?: string;
  /** The user has said that it may stay: programs are told of it, people only of how many there are. */
  readonly accepted?: true;
}

export interface JsonFix {
  /** Relative to the project root. */
  readonly file: string;
  /** From the root of the JSON to the value that is set. */
  readonly path: readonly string[];
  readonly value: JsonValue;
}

/** A further line of a file that is a list of lines. */
export interface LineFix {
  /** Relative to the project root. */
  readonly file: string;
  readonly line: string;
}

export type Fix = JsonFix | LineFix;

export interface Note {
  readonly message: string;
  readonly span?: Span;
}

export interface DiagnosticDetails {
  readonly span?: Span | undefined;
  readonly notes?: readonly Note[] | undefined;
  /** Replaces the catalog's help. */
  readonly help?: string | undefined;
  readonly fix?: Fix | undefined;
  readonly cause?: string | undefined;
}

export function diagnostic(code: DiagnosticCode, message: string, details: DiagnosticDetails = {}): Diagnostic {
  const help = details.help ?? catalog[code].help;
  return {
    code,
    message,
    notes: details.notes ?? [],
    ...(details.span && { span: details.span }),
    ...(help && { help }),
    ...(details.fix && { fix: details.fix }),
    ...(details.cause !== undefined && { cause: details.cause }),
  };
}

export function isError(diagnostic: Diagnostic): boolean {
  return catalog[diagnostic.code].severity === "error";
}

export function countAccepted(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter((found) => found.accepted).length;
}

/** By file, line, column, code: the same order whatever the order of discovery. Those without a place come first. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.span?.file ?? "", b.span?.file ?? "") ||
    (a.span?.start.line ?? 0) - (b.span?.start.line ?? 0) ||
    (a.span?.start.column ?? 0) - (b.span?.start.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

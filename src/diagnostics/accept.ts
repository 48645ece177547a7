/** What the user says may stay, in mcpgen.json or in a comment → the warnings that are accepted. Errors never are. */
import { coversFile } from "../model/project/globs.js";
import type { Position, Span } from "../model/span.js";
import { catalog, type DiagnosticCode } from "./catalog.js";
import { diagnostic, isError, type Diagnostic } from "./diagnostic.js";
import { closest } from "./suggest.js";

export interface Acceptance {
  readonly code: DiagnosticCode;
  /** Of the whole project where it is absent. */
  readonly where?: AcceptedFiles | AcceptedStretch;
}

export interface AcceptedFiles {
  /** Relative to the source. */
  readonly globs: readonly string[];
}

/** What a comment stands above, the comment included. */
export type AcceptedStretch = Span;

export function isCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(catalog, text);
}

/** Why a code cannot be accepted; undefined where it can. */
export function refuseAcceptance(code: string, span: Span | undefined): Diagnostic | undefined {
  if (!isCode(code)) {
    const meant = closest(code, Object.keys(catalog));
    const help = meant === undefined ? undefined : `write ${meant}, if that is meant`;
    return diagnostic("MG117", `\`${code}\` is not a code`, { span, help });
  }
  if (catalog[code].severity === "warning") return undefined;
  const help = "fix what it says, and remove its code here";
  return diagnostic("MG117", `\`${code}\` is an error, and only warnings can be accepted`, { span, help });
}

/** `folder`: the source, relative to where the paths of diagnostics start. */
export function acceptDiagnostics(
  diagnostics: readonly Diagnostic[],
  acceptances: readonly Acceptance[],
  folder: string,
): readonly Diagnostic[] {
  if (acceptances.length === 0) return diagnostics;
  return diagnostics.map((found) => {
    const isMeant = acceptances.some(({ code, where }) => code === found.code && isAt(found.span, where, folder));
    return isMeant && !isError(found) ? { ...found, accepted: true } : found;
  });
}

function isAt(span: Span | undefined, where: Acceptance["where"], folder: string): boolean {
  if (where === undefined) return true;
  if (span === undefined) return false;
  if ("start" in where)
    return where.file === span.file && !isBefore(span.start, where.start) && isBefore(span.start, where.end);
  const file = folder === "." ? span.file : span.file.replace(`${folder}/`, "");
  return where.globs.some((glob) => coversFile(glob, file));
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

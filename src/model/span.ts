/** Places in the source. */
import { compareText } from "./text.js";

/** Lines and columns are 1-based, columns count UTF-16 units, `end` is exclusive. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface Span {
  /** Relative to the project root, forward slashes, never absolute. */
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** By place in the source. */
export function compareSpans(a: Span, b: Span): number {
  return compareText(a.file, b.file) || a.start.line - b.start.line || a.start.column - b.start.column;
}

/** A place in a text file. Lines and columns are 1-based, columns count UTF-16 units, `end` is exclusive. */
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

/** The text of a policy's tag → its words, `value` or `key=value`, each with its place. Values may stand in quotes. */
import type { DocTag } from "../../model/api.js";
import type { Span } from "../../model/span.js";

export interface Word {
  readonly key?: Piece;
  /** Absent behind `key=` with nothing after it. */
  readonly value?: Piece;
}

/** A part of a text and where it begins there. */
export interface Piece {
  readonly text: string;
  readonly from: number;
}

/** `key=` alone, or a value with or without its key. */
const word =
  /(?<alone>[^\s="']+)=(?=\s|$)|(?:(?<key>[^\s="']+)=)?(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>\S+))/dg;

export function readWords(text: string): readonly Word[] {
  return Array.from(text.matchAll(word), ({ indices }) => {
    const pieceOf = (name: string): Piece | undefined => {
      const range = indices?.groups?.[name];
      return range && { text: text.slice(...range), from: range[0] };
    };
    const key = pieceOf("key") ?? pieceOf("alone");
    const value = pieceOf("double") ?? pieceOf("single") ?? pieceOf("bare");
    return { ...(key && { key }), ...(value && { value }) };
  });
}

/** Of a tag in one line, which ends with its text. */
export function placeInTag({ span, text }: DocTag, piece: Piece): Span {
  const start = span.end.column - text.length + piece.from;
  const { file, end } = span;
  return { file, start: { line: end.line, column: start }, end: { line: end.line, column: start + piece.text.length } };
}

/** A part of what stands at a place in one line. */
export function placeWithin({ file, start }: Span, piece: Piece): Span {
  const column = start.column + piece.from;
  return { file, start: { ...start, column }, end: { ...start, column: column + piece.text.length } };
}

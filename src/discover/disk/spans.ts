/** A node of TypeScript, or a pair of offsets → a place with lines and columns, relative to the project root. */
import { relative } from "node:path";
import type { ts } from "ts-morph";
import type { Position, Span } from "../../model/span.js";
import { toSlashes } from "./files.js";

/** A text and where it came from: a source file of TypeScript is one. */
export interface Text {
  readonly fileName: string;
  readonly text: string;
}

export function nodeToSpan(root: string, node: ts.Node): Span {
  const file = node.getSourceFile();
  return offsetsToSpan(root, file, [node.getStart(file), node.end]);
}

export function offsetsToSpan(root: string, text: Text, [start, end]: readonly [number, number]): Span {
  return { file: toRelative(root, text.fileName), start: toPosition(text, start), end: toPosition(text, end) };
}

export function toRelative(root: string, path: string): string {
  return toSlashes(relative(root, path));
}

/** What TypeScript says, in one line, with the paths in it relative to the project root. */
export function toText(root: string, said: string | ts.DiagnosticMessageChain): string {
  const lines = (message: ts.DiagnosticMessageChain): readonly string[] => [
    message.messageText,
    ...(message.next ?? []).flatMap(lines),
  ];
  const text = typeof said === "string" ? said : lines(said).join(" ");
  return text.replace(/'((?:\/|[A-Za-z]:\/)[^'\n]+)'/g, (_, path: string) => `'${toRelative(root, path)}'`);
}

const lineStarts = new WeakMap<Text, readonly number[]>();

/** Lines end at line feeds only, as in editors and in code frames; TypeScript's own count also ends them at U+2028. */
function toPosition(text: Text, offset: number): Position {
  let starts = lineStarts.get(text);
  if (starts === undefined) lineStarts.set(text, (starts = findLineStarts(text.text)));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}

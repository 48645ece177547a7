/**
 * Source text + span → the lines around it with the span underlined. Tabs and wide characters are
 * measured as a terminal shows them, long lines are cut around the span, control characters are made visible.
 */
import type { Span } from "../model/span.js";

/** Columns of source text shown; with gutter and margin a frame fits 100. */
const usualWidth = 88;
const tabWidth = 4;

/** Empty when the text no longer has that line. `columns` are those of the terminal, where there is one. */
export function renderFrame(text: string, span: Span, columns?: number): readonly string[] {
  const width = columns === undefined ? usualWidth : Math.max(24, Math.min(usualWidth, columns - 12));
  const lines = splitLines(text);
  const line = lines[span.start.line - 1];
  if (line === undefined) return [];
  const gutter = String(span.start.line).length;
  const row = (label: string, content: string) =>
    `  ${label.padStart(gutter + 2)} │${content === "" ? "" : ` ${content}`}`;
  const before = lines[span.start.line - 2];
  const marked = markLine(line, span, width);
  const shown =
    before === undefined || before.trim() === ""
      ? []
      : [row(String(span.start.line - 1), markLine(before, nowhere, width).text)];
  return [...shown, row(String(span.start.line), marked.text), row("", marked.underline)];
}

/** Lines end at line feeds only, as in editors: spans count them so. */
function splitLines(text: string): readonly string[] {
  return text.split(/\r?\n/);
}

const nowhere = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };

interface Cell {
  readonly text: string;
  readonly width: number;
  readonly marked: boolean;
}

function markLine(
  line: string,
  span: Pick<Span, "start" | "end">,
  width: number,
): { readonly text: string; readonly underline: string } {
  // A span over several lines is underlined to the end of its first.
  const to = span.end.line > span.start.line ? line.length : span.end.column - 1;
  const near = clip(line, { from: span.start.column - 1, to }, width);
  const cells = cut(toCells(near.line, near), width);
  const first = cells.findIndex((cell) => cell.marked);
  const last = cells.findLastIndex((cell) => cell.marked);
  const marks = first < 0 ? 1 : total(cells.slice(first, last + 1));
  const indent = total(first < 0 ? cells : cells.slice(0, first));
  return {
    text: cells
      .map((cell) => cell.text)
      .join("")
      .trimEnd(),
    underline: " ".repeat(indent) + "~".repeat(Math.max(1, marks)),
  };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A line may hold a megabyte; only what could be shown is measured character by character. */
function clip(line: string, { from, to }: Stretch, width: number): Stretch & { readonly line: string } {
  const start = Math.max(0, from - 10 * width);
  const end = from + 10 * width;
  if (start === 0 && line.length <= end) return { line, from, to };
  const ellipsis = start > 0 ? "…" : "";
  const shift = ellipsis.length - start;
  return { line: ellipsis + line.slice(start, end), from: from + shift, to: to + shift };
}

/** One cell for each character as a reader sees it. */
function toCells(line: string, { from, to }: Stretch): readonly Cell[] {
  // Made when there is something to show: loading its tables takes a while.
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  let column = 0;
  return Array.from(segmenter.segment(line), ({ segment, index }) => {
    const text = visible(segment, column);
    const cell = { text, width: columnsOf(text), marked: index < to && index + segment.length > from };
    column += cell.width;
    return cell;
  });
}

/** Keeps what is marked in view: a third of the room stays for what comes before it. */
function cut(cells: readonly Cell[], width: number): readonly Cell[] {
  if (total(cells) <= width) return cells;
  const ellipsis: Cell = { text: "…", width: 1, marked: false };
  const first = Math.max(
    0,
    cells.findIndex((cell) => cell.marked),
  );
  let start = first;
  for (let room = Math.floor(width / 3); start > 0 && room > 0; start--) room -= cells[start - 1]?.width ?? 0;
  let end = start;
  for (let room = width - 2; end < cells.length && room > 1; end++) room -= cells[end]?.width ?? 0;
  return [...(start > 0 ? [ellipsis] : []), ...cells.slice(start, end), ...(end < cells.length ? [ellipsis] : [])];
}

function visible(segment: string, column: number): string {
  if (segment === "\t") return " ".repeat(tabWidth - (column % tabWidth));
  // A terminal must not obey what a source file says: C0 controls as their pictures, the rest of them as a box.
  return segment.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (control) =>
    control < " " ? String.fromCharCode(0x2400 + control.charCodeAt(0)) : "\ufffd",
  );
}

function columnsOf(text: string): number {
  if (/^ +$/.test(text)) return text.length;
  if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(text)) return 0;
  return wide.test(text) ? 2 : 1;
}

/** Emoji, and the East Asian blocks that terminals show two columns wide. */
const wide =
  /\p{Emoji_Presentation}|\u{fe0f}|[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{33ff}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{a000}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{20000}-\u{3fffd}]/u;

function total(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

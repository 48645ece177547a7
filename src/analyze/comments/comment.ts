/**
 * The text of one JSDoc comment → its prose and its tags, with their offsets. Read by ourselves: TypeScript's
 * own reading takes `@decorator` inside a code block for a tag and rewrites what stands in braces.
 */
import { readDialect } from "../../language/dialects.js";
import { isInlineTag } from "../../language/tags.js";
import { isConstraintTag } from "../constraints/constraint-tags.js";
import { meantTag } from "../constraints/odd-tags.js";
import { trimBlanks, trimBlanksEnd } from "./blanks.js";

export interface Comment {
  /** Summary and body as Markdown, LF line ends. */
  readonly text: string;
  /** Offsets of the text in the file. */
  readonly range: readonly [number, number];
  readonly tags: readonly CommentTag[];
}

export interface CommentTag {
  /** Without the `@`. */
  readonly name: string;
  readonly text: string;
  /** Offsets in the file: of the `@`, and behind the last character of the text. */
  readonly range: readonly [number, number];
}

interface Line {
  readonly text: string;
  /** Of the first character, in the file. */
  readonly offset: number;
}

/** `start` and `end` are the offsets of the comment, with its delimiters. */
export function parseComment(file: string, start: number, end: number): Comment {
  const lines = splitAtInlineTags(commentLines(file, start, end));
  const fenced = fencedLines(lines);
  const firsts = lines.flatMap((line, index) =>
    !fenced.has(index) && tagName(line.text) !== undefined ? [index] : [],
  );
  const prose = lines.slice(0, firsts[0] ?? lines.length);
  return {
    text: joinLines(prose.map((line) => line.text)),
    range: rangeOf(prose, start),
    tags: firsts.map((first, index) => toTag(lines.slice(first, firsts[index + 1] ?? lines.length))),
  };
}

/** From the first line with a text to the last one; of an empty text, where the comment starts. */
function rangeOf(lines: readonly Line[], start: number): readonly [number, number] {
  const written = lines.filter(({ text }) => text !== "");
  const [first, last] = [written[0], written.at(-1)];
  return first && last ? [first.offset, last.offset + last.text.length] : [start, start];
}

/** Without the delimiters and the column of asterisks. */
function commentLines(file: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  let offset = start + "/**".length;
  for (const raw of file.slice(offset, end - "*/".length).split("\n")) {
    const [margin = ""] = /^[ \t]*(?:\*(?!\*)[ \t]?)?/.exec(raw) ?? [];
    // Without an asterisk the indentation may be Markdown's own; on the first line it never is.
    const cut = margin.includes("*") || lines.length === 0 ? margin.length : 0;
    lines.push({ text: trimBlanksEnd(raw.slice(cut)), offset: offset + cut });
    offset += raw.length + 1;
  }
  return lines.every((line, index) => index === 0 || !line.text || /^[ \t]/.test(line.text)) ? dedent(lines) : lines;
}

function dedent(lines: readonly Line[]): Line[] {
  const widths = lines.slice(1).flatMap(({ text }) => (text === "" ? [] : [/^[ \t]*/.exec(text)?.[0].length ?? 0]));
  const width = Math.min(...widths, Number.MAX_SAFE_INTEGER);
  return lines.map(({ text, offset }, index) =>
    index === 0 ? { text, offset } : { text: text.slice(width), offset: offset + width },
  );
}

function splitAtInlineTags(lines: readonly Line[]): Line[] {
  return lines.flatMap((line) => {
    const parts: Line[] = [];
    let from = 0;
    for (const match of line.text.matchAll(/`[^`]*`|(?<=[ \t])@(\w+(?:\.\w+)*)(?![\w/])/g)) {
      if (match[1] === undefined || !beginsTag(match[1])) continue;
      const before = line.text.slice(from, match.index);
      // A pattern may hold what looks like a tag.
      if (/@pattern\b/.test(before)) continue;
      parts.push({ text: trimBlanksEnd(before), offset: line.offset + from });
      from = match.index;
    }
    return [...parts, { text: line.text.slice(from), offset: line.offset + from }];
  });
}

/** Of short words, a slip of ours is too near to the name of somebody: `thanks to @dana`. */
function beginsTag(name: string): boolean {
  return isInlineTag(name) || isConstraintTag(name) || (name.length > 4 && meantTag(name) !== undefined);
}

/** Lines inside a fenced block of code; a fence that never closes is none. */
function fencedLines(lines: readonly Line[]): Set<number> {
  const fenced = new Set<number>();
  let open: number | undefined;
  lines.forEach(({ text }, index) => {
    if (!/^(?:@\w+)?[ \t]*(?:```|~~~)/.test(text)) return;
    if (open === undefined) {
      open = index;
      return;
    }
    for (let inside = open + 1; inside <= index; inside++) fenced.add(inside);
    open = undefined;
  });
  return fenced;
}

function tagName(line: string): string | undefined {
  return /^[ \t]*@([A-Za-z][\w-]*)/.exec(line)?.[1];
}

function toTag(lines: readonly Line[]): CommentTag {
  const [{ text, offset } = { text: "", offset: 0 }] = lines;
  const name = tagName(text) ?? "";
  const at = text.indexOf("@");
  const rest = text.slice(at + 1 + name.length).replace(/^[ \t]+/, "");
  const last = lines.findLast((line) => line.text !== "") ?? { text, offset };
  const written = joinLines(dedent([{ text: rest, offset }, ...lines.slice(1)]).map((line) => line.text));
  return {
    ...readDialect({ name, text: written }),
    range: [offset + at, last.offset + last.text.length],
  };
}

/** Without the empty lines around; the indentation of the first line is Markdown's own when more lines follow. */
function joinLines(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line !== "");
  const text = trimBlanksEnd(lines.slice(Math.max(first, 0)).join("\n"));
  return text.includes("\n") ? text : trimBlanks(text);
}

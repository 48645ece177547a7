/** `How many. {@minimum 1}` → the text without its inline constraints, and these; what is a slip or belongs elsewhere as well. */
import { trimBlanks } from "./blanks.js";
import type { Comment, CommentTag } from "./comment.js";
import { readDialect } from "../../language/dialects.js";
import { isBound, missingOf } from "../../language/foreign-tags.js";
import { tagRow } from "../../language/tags.js";
import { isConstraintTag } from "../constraints/constraint-tags.js";
import { meantTag } from "../constraints/odd-tags.js";

export interface InlineTag {
  readonly name: string;
  readonly text: string;
  /** As it is written, with its braces. */
  readonly raw: string;
}

export interface InlineText {
  readonly text: string;
  readonly tags: readonly InlineTag[];
}

/** Other inline tags, such as `{@link Order}`, stay in the text. */
export function splitInlineTags(text: string): InlineText {
  if (!text.includes("{@")) return { text, tags: [] };
  const tags: InlineTag[] = [];
  let rest = "";
  let from = 0;
  for (const match of text.matchAll(/\{@(\w+(?:-\w+)?)/g)) {
    const [open, written = ""] = match;
    const end = match.index < from ? undefined : closingBrace(text, match.index);
    if (end === undefined) continue;
    const said = readDialect({ name: written, text: text.slice(match.index + open.length, end - 1).trim() });
    if (!isOurs(said)) continue;
    rest += text.slice(from, match.index);
    tags.push({ ...said, raw: text.slice(match.index, end) });
    from = end;
  }
  rest += text.slice(from);
  return { text: tags.length === 0 ? text : tidy(rest), tags };
}

/** A function's, in which a tag in braces is a tag as any other. */
export function withInlineTags(file: string, comment: Comment): Comment {
  const { text, tags } = splitInlineTags(comment.text);
  if (tags.length === 0) return comment;
  const [start, end] = comment.range;
  const placed = tags.map(({ name, text, raw }): CommentTag => {
    const at = file.indexOf(raw, start);
    return { name, text, range: at === -1 || at >= end ? [start, end] : [at, at + raw.length] };
  });
  return { ...comment, text, tags: [...placed, ...comment.tags] };
}

function isOurs({ name, text }: Pick<InlineTag, "name" | "text">): boolean {
  if (isBound({ name, text }) || missingOf({ name, text })) return true;
  return isConstraintTag(name) || tagRow(name) !== undefined || meantTag(name) !== undefined;
}

/** Behind the brace that closes the one at `start`: a pattern may have braces of its own, and escaped ones. */
function closingBrace(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return at + 1;
  }
  return undefined;
}

function tidy(text: string): string {
  return trimBlanks(text.replace(/[ \t]{2,}/g, " ").replace(/ $/gm, ""));
}

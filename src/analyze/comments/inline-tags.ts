/** `How many. {@minimum 1}` → the text without its inline constraints, and these. */
import { trimBlanks } from "./blanks.js";
import { isConstraining } from "../constraints/constraint-tags.js";

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
  for (const match of text.matchAll(/\{@(\w+)/g)) {
    const [open, name = ""] = match;
    if (match.index < from || !isConstraining(name)) continue;
    const end = closingBrace(text, match.index);
    if (end === undefined) continue;
    rest += text.slice(from, match.index);
    tags.push({ name, text: text.slice(match.index + open.length, end - 1).trim(), raw: text.slice(match.index, end) });
    from = end;
  }
  rest += text.slice(from);
  return { text: tags.length === 0 ? text : tidy(rest), tags };
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

/** `@param options.limit - How many. {@minimum 1}` → what it says of which parameter or property. */
import type { ts } from "ts-morph";
import type { Origin } from "../../model/origins.js";
import type { Span } from "../../model/span.js";
import type { Comment, CommentTag } from "./comment.js";
import type { PlacedTag } from "../constraints/constraints.js";
import type { Analysis } from "../checker/analysis.js";
import { splitInlineTags, type InlineTag } from "./inline-tags.js";
import { flattenLinks } from "./links.js";
import { tagOrigin, withOrigins } from "./origins.js";

export interface ParamNote {
  /** `["options", "limit"]`; the brackets of `items[].name` and `[limit=10]` are dropped. */
  readonly path: readonly string[];
  /** The whole path, as one name. */
  readonly name: string;
  readonly text: string;
  /** With what else stands in braces and is odd. */
  readonly constraints: readonly PlacedTag[];
  /** Of the name. */
  readonly span: Span;
  /** Of the text; only where the analysis keeps it. */
  readonly origin?: Origin;
}

export interface Commented {
  readonly comment: Comment;
  /** A node of the file that the comment stands in. */
  readonly place: ts.Node;
}

const names = new Set(["param", "arg", "argument"]);

export function isParamTag({ name }: CommentTag): boolean {
  return names.has(name);
}

export function paramNotes(analysis: Analysis, { comment, place }: Commented): ParamNote[] {
  const file = place.getSourceFile();
  return comment.tags.filter(isParamTag).flatMap((tag) => {
    const rest = tag.text.slice(typeLength(tag.text));
    const [all = "", bracketed, plain] =
      /^[ \t\n]*(?:\[([^\]=]+)[^\]]*\]|([^ \t\n]+?)(?=:?(?:[ \t\n]|$)))/.exec(rest) ?? [];
    const name = (bracketed ?? plain ?? "").trim();
    if (name === "") return [];
    const said = withoutType(rest.slice(all.length).trimStart());
    const inline = splitInlineTags(flattenLinks(said.replace(/^:?[ \t\n]*(?:[-–—:][ \t\n]+|[-–—:]$)?/, "")));
    const constraints = inline.tags.map((each): PlacedTag => ({
      ...each,
      isInline: true,
      span: analysis.sources.spanOfRange(file, rangeOf(file, tag, each)),
    }));
    const path = name.replaceAll("[]", "").split(".");
    const origin = analysis.origins === "kept" && { origin: originOf(analysis, file, { name, tag }) };
    const at = file.text.indexOf(name, tag.range[0] + "@".length + tag.name.length);
    const span = analysis.sources.spanOfRange(file, [at, at + name.length]);
    return [
      {
        path,
        name: path.join("."),
        text: inline.text,
        constraints: withOrigins(analysis, constraints),
        span,
        ...origin,
      },
    ];
  });
}

function originOf(
  { sources }: Analysis,
  file: ts.SourceFile,
  { name, tag }: { name: string; tag: CommentTag },
): Origin {
  return tagOrigin({ name: tag.name, text: name, span: sources.spanOfRange(file, tag.range) });
}

/** Of an inline tag, where it stands as it is; one that is broken over lines is shown with its whole line. */
function rangeOf(file: ts.SourceFile, { range }: CommentTag, { raw }: InlineTag): readonly [number, number] {
  const at = file.text.indexOf(raw, range[0]);
  return at === -1 || at >= range[1] ? range : [at, at + raw.length];
}

/** `@param name {string} text`: TypeScript reads the type behind the name, too. */
function withoutType(text: string): string {
  return text.startsWith("{@") ? text : text.slice(typeLength(text));
}

/** Of a leading `{type}`, whose braces may nest: types are TypeScript's to say. */
function typeLength(text: string): number {
  if (!text.startsWith("{")) return 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return at + 1;
  }
  return 0;
}

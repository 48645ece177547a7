/** `@param options.limit - How many.` → what it says of which parameter or property. */
import type { Comment, CommentTag } from "./comment.js";
import { flattenLinks } from "./links.js";

export interface ParamTag {
  /** `["options", "limit"]`; the brackets of `items[].name` and `[limit=10]` are dropped. */
  readonly path: readonly string[];
  readonly text: string;
  readonly tag: CommentTag;
}

export function paramTags({ tags }: Comment): ParamTag[] {
  return tags.flatMap((tag) => {
    if (tag.name !== "param" && tag.name !== "arg" && tag.name !== "argument") return [];
    const rest = tag.text.slice(typeLength(tag.text));
    const [all = "", bracketed, plain] = /^[ \t\n]*(?:\[([^\]=]+)[^\]]*\]|([^ \t\n]+))/.exec(rest) ?? [];
    const name = (bracketed ?? plain ?? "").trim();
    if (name === "") return [];
    const text = rest.slice(all.length).replace(/^[ \t\n]*(?:-[ \t\n]+|-$)?/, "");
    return [{ path: name.replaceAll("[]", "").split("."), text: flattenLinks(text), tag }];
  });
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

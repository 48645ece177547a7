/** A property → its comment; what it leaves unsaid is taken from the property that it overrides. */
import type { ts } from "ts-morph";
import type { Origin } from "../../model/origins.js";
import { descriptionTags } from "../../language/tags.js";
import type { Comment, CommentTag } from "./comment.js";
import { compiler } from "../checker/compiler.js";
import { commentOf } from "./docs.js";
import type { Analysis } from "../checker/analysis.js";
import { flattenLinks } from "./links.js";
import { commentOrigin, withOrigins } from "./origins.js";
import { splitInlineTags, type InlineTag } from "./inline-tags.js";
import type { PlacedTag } from "../constraints/constraints.js";

export interface MemberComment {
  readonly text: string;
  readonly tags: readonly PlacedTag[];
  /** Whether the user wrote it, or a package did. */
  readonly isOwn: boolean;
  /** Of the text; only where the analysis keeps it. */
  readonly origin?: Origin;
}

export function memberComment(analysis: Analysis, property: ts.Symbol): MemberComment | undefined {
  let text = "";
  let isOwn = true;
  let origin: Origin | undefined;
  const tags: PlacedTag[] = [];
  for (const declaration of commented(analysis.checker, property)) {
    const said = readDeclaration(analysis, declaration);
    const known = new Set(tags.map(({ name }) => name));
    const isInherited = !property.declarations?.includes(declaration) && { isInherited: true as const };
    tags.push(...said.tags.filter(({ name }) => !known.has(name)).map((tag) => ({ ...tag, ...isInherited })));
    if (text === "" && !/^\{@inheritdoc\}$/i.test(said.text) && said.text !== "") {
      text = said.text;
      origin = said.origin;
    }
    isOwn &&= said.isOwn;
  }
  if (text === "" && tags.length === 0) return undefined;
  return { text, tags: withOrigins(analysis, tags), isOwn, ...(origin && { origin }) };
}

export type DeclarationComment = MemberComment;

/** What stands above one declaration. */
export function readDeclaration(analysis: Analysis, declaration: ts.Declaration): DeclarationComment {
  const { sources } = analysis;
  const comment = commentOf(declaration);
  const file = declaration.getSourceFile();
  const described = describing(comment);
  const inline = splitInlineTags(flattenLinks(described.text));
  const place = (tag: CommentTag): PlacedTag => ({ ...tag, span: sources.spanOfRange(file, tag.range) });
  const placeInline = (tag: InlineTag): PlacedTag => {
    const at = file.text.lastIndexOf(tag.raw, declaration.getStart());
    const span = at === -1 ? sources.spanOf(declaration) : sources.spanOfRange(file, [at, at + tag.raw.length]);
    return { ...tag, span, isInline: true };
  };
  const hasOrigin = analysis.origins === "kept" && inline.text !== "";
  return {
    text: inline.text,
    tags: [...comment.tags.map(place), ...inline.tags.map(placeInline)],
    isOwn: sources.originOf(file).kind === "project",
    ...(hasOrigin && { origin: commentOrigin(sources.spanOfRange(file, described.range)) }),
  };
}

/** Some comments have no text of their own, but tags that hold it. */
function describing({ text, range, tags }: Comment): Pick<Comment, "text" | "range"> {
  if (text !== "") return { text, range };
  const tagged = descriptionTags.flatMap((tag) => tags.find(({ name, text }) => name === tag && text !== "") ?? []);
  const [first] = tagged;
  return { text: tagged.map((tag) => tag.text).join("\n\n"), range: first?.range ?? range };
}

/** The declarations of a property and, after each, those that it overrides or implements. */
function* commented(checker: ts.TypeChecker, property: ts.Symbol, depth = 0): Generator<ts.Declaration> {
  for (const declaration of property.declarations ?? []) {
    yield declaration;
    const owner = declaration.parent;
    if (!(compiler.isInterfaceDeclaration(owner) || compiler.isClassLike(owner)) || depth > 32) continue;
    for (const clause of owner.heritageClauses ?? []) {
      for (const base of clause.types) {
        const overridden = checker.getTypeAtLocation(base).getProperty(property.name);
        if (overridden) yield* commented(checker, overridden, depth + 1);
      }
    }
  }
}

/** A declaration → the JSDoc comment that belongs to it. */
import type { ts } from "ts-morph";
import type { DocTag } from "../../model/api.js";
import { parseComment, type Comment, type CommentTag } from "./comment.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";

const none: Comment = { text: "", range: [0, 0], tags: [] };

/** A comment about the file is not about the function that happens to come first. */
const fileTags = new Set(["file", "fileoverview", "packageDocumentation", "license", "module"]);

const cache = new WeakMap<ts.Node, Comment>();

/** Empty where there is none. */
export function commentOf(declaration: ts.Node): Comment {
  let comment = cache.get(declaration);
  if (comment === undefined) cache.set(declaration, (comment = readComment(declaration)));
  return comment;
}

export function toDocTag({ sources }: Analysis, declaration: ts.Node, { name, text, range }: CommentTag): DocTag {
  return { name, text, span: sources.spanOfRange(declaration.getSourceFile(), range) };
}

function readComment(declaration: ts.Node): Comment {
  const file = declaration.getSourceFile();
  for (const host of hosts(declaration)) {
    // Of several comments the last is meant: the one next to the declaration.
    const range = commentsBefore(file.text, host).findLast(({ pos, end }) => isJsDoc(file.text, pos, end));
    if (range === undefined) continue;
    const comment = parseComment(file.text, range.pos, range.end);
    if (!comment.tags.some(({ name }) => fileTags.has(name))) return comment;
  }
  return none;
}

/** Also those behind another token, if the declaration stands on the same line: a type literal in one line. */
function commentsBefore(text: string, node: ts.Node): ts.CommentRange[] {
  const start = node.getStart();
  const sameLine = (compiler.getTrailingCommentRanges(text, node.pos) ?? []).filter(
    ({ end }) => !text.slice(end, start).includes("\n"),
  );
  return [...sameLine, ...(compiler.getLeadingCommentRanges(text, node.pos) ?? [])];
}

/** The nodes that a comment may stand before: the whole statement, the variable's name, or the function that is its value. */
function hosts(declaration: ts.Node): ts.Node[] {
  if (compiler.isBindingElement(declaration)) return [declaration, ...statementOfOnly(declaration)];
  if (!compiler.isVariableDeclaration(declaration)) return [declaration];
  const list = declaration.parent;
  const isFirst = compiler.isVariableDeclarationList(list) && list.declarations[0] === declaration;
  return [
    ...(isFirst ? [list.parent] : []),
    declaration,
    ...(declaration.initializer ? [declaration.initializer] : []),
  ];
}

/** Of `export const { read } = store`, which names nothing else, the statement. */
function statementOfOnly(element: ts.BindingElement): ts.Node[] {
  const pattern = element.parent;
  const list = pattern.parent.parent;
  const isOnly = pattern.elements.length === 1 && compiler.isVariableDeclarationList(list);
  return isOnly ? [list.parent] : [];
}

function isJsDoc(text: string, pos: number, end: number): boolean {
  return text.startsWith("/**", pos) && end - pos > "/**/".length;
}

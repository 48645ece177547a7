/**
 * What the comment of a type alias says (`@format uuid` above `type Id = string`) holds wherever a type is written by that
 * name. The checker knows no alias of a primitive or a list, so the written type is read.
 */
import type { ts } from "ts-morph";
import { diagnostic } from "../diagnostics/diagnostic.js";
import type { TypeNode } from "../model/types.js";
import { symbolAt } from "./annotations.js";
import { compiler } from "./compiler.js";
import { isConstraintTag } from "./constraint-tags.js";
import { applyConstraints, type PlacedTag } from "./constraints.js";
import { commentOf } from "./docs.js";
import { report } from "./findings.js";
import { peek, type Analysis, type Scope } from "./graph.js";
import { splitInlineTags } from "./inline-tags.js";
import { flattenLinks } from "./links.js";
import { withOrigins } from "./origins.js";

type Written = ts.TypeNode | undefined;

/** The constraints of an alias that stands alone or beside `null`; a tag of the place itself is laid over them later. */
export function constrainByAlias(scope: Scope, type: ts.Type, node: TypeNode): TypeNode {
  const { analysis, annotation } = scope;
  if (annotation === undefined || !isWrittenAs(analysis, type, annotation)) return node;
  const parts = partsOf(annotation);
  const tags = parts.flatMap((part) => aliasTags(analysis, part));
  if (tags.length === 0) return node;
  if (parts.length > 1) {
    if (!type.isUnion()) report(scope, lostInUnion(analysis, annotation, tags));
    return node;
  }
  const { type: constrained, diagnostics } = applyConstraints(peek(analysis, node), tags);
  for (const each of diagnostics) report(scope, each);
  return constrained;
}

/** A list of such an alias is another schema than a list of its plain type, though it is one type to the checker. */
export function isConstrainedInside(analysis: Analysis, written: Written, visited = new Set<ts.Node>()): boolean {
  const node = withoutParentheses(written);
  // An alias may lead back to itself: `type List = List[]`.
  if (node === undefined || visited.has(node)) return false;
  visited.add(node);
  const alias = aliasAt(analysis, node);
  if (alias && !alias.typeParameters) return isConstrainedInside(analysis, alias.type, visited);
  return argumentsOf(node).some(
    (each) => aliasTags(analysis, withoutParentheses(each)).length > 0 || isConstrainedInside(analysis, each, visited),
  );
}

/** The text of the nearest alias that has one. */
export function aliasText(analysis: Analysis, written: Written): string {
  const [only, other] = written ? partsOf(written) : [];
  const alias = only && !other ? aliasAt(analysis, only) : undefined;
  if (!alias || !isOwn(analysis, alias) || !isPlain(alias.type)) return "";
  if (isApart(alias)) return aliasText(analysis, alias.type);
  return splitInlineTags(flattenLinks(commentOf(alias).text)).text || aliasText(analysis, alias.type);
}

/** What stands above a blank line is about the file. */
function isApart(alias: ts.TypeAliasDeclaration): boolean {
  const [, end] = commentOf(alias).range;
  return /\n[ \t]*\r?\n/.test(alias.getSourceFile().text.slice(end, alias.getStart()));
}

/** A name for a primitive or a list; what is said of a structure or a choice need not be said again at each place. */
function isPlain(node: ts.TypeNode): boolean {
  const { StringKeyword, NumberKeyword, BooleanKeyword, BigIntKeyword } = compiler.SyntaxKind;
  const isPrimitive = [StringKeyword, NumberKeyword, BooleanKeyword, BigIntKeyword].some((kind) => kind === node.kind);
  return isPrimitive || compiler.isArrayTypeNode(node) || compiler.isTypeReferenceNode(node);
}

/** Those of what it is an alias of come first. */
function aliasTags(analysis: Analysis, written: Written): readonly PlacedTag[] {
  const alias = written && aliasAt(analysis, written);
  if (!alias || !isOwn(analysis, alias)) return [];
  const parts = partsOf(alias.type);
  const behind = parts.length === 1 ? aliasTags(analysis, parts[0]) : [];
  const file = alias.getSourceFile();
  const tags = commentOf(alias)
    .tags.filter(({ name }) => isConstraintTag(name))
    .map((tag) => ({ ...tag, span: analysis.sources.spanOfRange(file, tag.range) }));
  return [...behind, ...withOrigins(analysis, tags)];
}

/** A package's comments may follow other rules than ours. */
function isOwn({ sources }: Analysis, alias: ts.TypeAliasDeclaration): boolean {
  return sources.originOf(alias.getSourceFile()).kind === "project";
}

function aliasAt({ checker }: Analysis, node: ts.TypeNode): ts.TypeAliasDeclaration | undefined {
  if (!compiler.isTypeReferenceNode(node)) return undefined;
  return symbolAt(checker, node.typeName)?.declarations?.find(compiler.isTypeAliasDeclaration);
}

/** A union's members but `null` and `undefined`; of all else, itself. */
function partsOf(written: ts.TypeNode): readonly ts.TypeNode[] {
  const node = withoutParentheses(written) ?? written;
  return compiler.isUnionTypeNode(node) ? node.types.flatMap(partsOf).filter((each) => !isAbsence(each)) : [node];
}

function isAbsence(node: ts.TypeNode): boolean {
  const { NullKeyword, UndefinedKeyword } = compiler.SyntaxKind;
  return compiler.isLiteralTypeNode(node) ? node.literal.kind === NullKeyword : node.kind === UndefinedKeyword;
}

function withoutParentheses(node: Written): Written {
  return node && compiler.isParenthesizedTypeNode(node) ? withoutParentheses(node.type) : node;
}

function argumentsOf(node: ts.TypeNode): readonly ts.TypeNode[] {
  if (compiler.isArrayTypeNode(node)) return [node.elementType];
  if (compiler.isTypeOperatorNode(node)) return argumentsOf(node.type);
  if (compiler.isTupleTypeNode(node)) return node.elements.map(elementType);
  if (compiler.isUnionTypeNode(node)) return node.types;
  return compiler.isTypeReferenceNode(node) ? (node.typeArguments ?? []) : [];
}

function elementType(element: ts.TypeNode | ts.NamedTupleMember): ts.TypeNode {
  const isWrapped =
    compiler.isNamedTupleMember(element) || compiler.isOptionalTypeNode(element) || compiler.isRestTypeNode(element);
  return isWrapped ? element.type : element;
}

/** An annotation that belongs to a larger type says nothing of a part of it. */
function isWrittenAs({ checker }: Analysis, type: ts.Type, annotation: ts.TypeNode): boolean {
  const written = checker.getTypeFromTypeNode(annotation);
  return checker.getNonNullableType(written) === checker.getNonNullableType(type);
}

function lostInUnion({ sources }: Analysis, annotation: ts.TypeNode, [tag]: readonly PlacedTag[]) {
  const message = `\`@${tag?.name ?? ""}\` is lost, as TypeScript makes one type of this union`;
  const help = "write a type of its own for each, or put the constraint where the union is used";
  return diagnostic("MG321", message, { span: sources.spanOf(annotation), help });
}

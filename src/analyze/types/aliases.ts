/**
 * What is said above an alias, such as `@format uuid` above `type Id = string`, holds wherever the alias is written.
 * The checker forgets the aliases of primitives and of arrays: they are read from the types as they are written.
 */
import type { ts } from "ts-morph";
import type { TypeNode } from "../../model/types.js";
import { aliasOf, bareNode, replaceParameter } from "../checker/alias-uses.js";
import { memberBehind, writtenAt, type WrittenMember } from "../checker/annotations.js";
import { compiler } from "../checker/compiler.js";
import { isConstraintTag } from "../constraints/constraint-tags.js";
import { applyConstraints, type PlacedTag } from "../constraints/constraints.js";
import { isOdd } from "../constraints/odd-tags.js";
import { report } from "../checker/findings.js";
import { peek, type Analysis, type Scope } from "../checker/analysis.js";
import { readDeclaration, type DeclarationComment } from "../comments/member-docs.js";
import { withOrigins } from "../comments/origins.js";

interface Said extends DeclarationComment {
  readonly declaration: ts.TypeAliasDeclaration | WrittenMember;
}

/** The comments of an alias and of those that it stands for, from the outside in. */
function saidAbove(analysis: Analysis, annotation: ts.TypeNode | undefined): readonly Said[] {
  const said: Said[] = [];
  const visit = (written: ts.TypeNode | undefined): void => {
    const bare = bareNode(written);
    const member = bare && memberBehind(analysis.checker, bare);
    const node = member ? bare : bareNode(writtenAt(analysis.checker, bare));
    if (node && compiler.isIntersectionTypeNode(node)) return node.types.forEach(visit);
    const declaration = member ?? (node && aliasOf(analysis.checker, node));
    if (!declaration || said.some((known) => known.declaration === declaration)) return;
    said.push({ declaration, ...readDeclaration(analysis, declaration) });
    visit(declaration.type);
  };
  visit(annotation);
  return said;
}

/** Tags of the outermost alias last, where they win. */
function constraintsOf(said: readonly Said[]): readonly PlacedTag[] {
  const known = new Set<string>();
  const kept = said.flatMap(({ tags }) => {
    const fresh = tags.filter((tag) => isTold(tag) && !known.has(tag.name));
    for (const { name } of fresh) known.add(name);
    return [fresh];
  });
  return kept.reverse().flat();
}

function isTold(tag: PlacedTag): boolean {
  return isConstraintTag(tag.name) || isOdd(tag, "type");
}

/** The type with the constraints of the aliases that it is written by; `describe` gives it without. */
export function constrainByAlias(scope: Scope, type: ts.Type, describe: (scope: Scope) => TypeNode): TypeNode {
  const { analysis, annotation } = scope;
  if (scope.isAliasRead || !annotation || !isConstrained(analysis, annotation)) return describe(scope);
  const said = saidAbove(analysis, annotation);
  const tags = constraintsOf(said);
  if (tags.length === 0) return describe(scope);
  const node = describe({ ...scope, isAliasRead: true });
  const lookUp = (inner: TypeNode): TypeNode => peek(analysis, inner);
  const { type: constrained, diagnostics } = applyConstraints(lookUp(node), withOrigins(analysis, tags), lookUp);
  // Other packages' tags may follow other rules, and what a generic type has become may be no type for its tags.
  const isOurs = isAsWritten(analysis, annotation, type) && said.every(({ isOwn }) => isOwn);
  if (isOurs) for (const each of diagnostics) report(scope, each);
  return constrained;
}

function isAsWritten({ checker }: Analysis, annotation: ts.TypeNode, type: ts.Type): boolean {
  const written = checker.getTypeFromTypeNode(annotation);
  return checker.getNonNullableType(written) === checker.getNonNullableType(type);
}

/** What a member or a parameter is, where only its alias says so. */
export function aliasText(analysis: Analysis, annotation: ts.TypeNode | undefined): DeclarationComment | undefined {
  if (!annotation) return undefined;
  const said = saidAbove(analysis, annotation).find(({ text }) => text !== "");
  const aliased = said?.isOwn && bareNode(said.declaration.type);
  return aliased && isPlain(analysis.checker.getTypeFromTypeNode(aliased), analysis.checker) ? said : undefined;
}

/** Objects and unions have members to be described by. */
function isPlain(type: ts.Type, checker: ts.TypeChecker): boolean {
  const { StringLike, NumberLike, BigIntLike } = compiler.TypeFlags;
  return (!type.isUnion() && (type.flags & (StringLike | NumberLike | BigIntLike)) !== 0) || checker.isArrayType(type);
}

/** What is known of the types as they are written. */
interface KnownTypes {
  readonly constrained: WeakSet<ts.Node>;
  readonly plain: WeakSet<ts.Node>;
}

/** For one analysis: a file that has not changed may be part of the next one, where the alias says something else. */
const knownTypes = new WeakMap<Analysis, KnownTypes>();

/** Whether an alias with constraints is written in it: two types that are one for the checker are then two. */
export function isConstrained(analysis: Analysis, annotation: ts.TypeNode): boolean {
  const known = knownTypes.get(analysis) ?? { constrained: new WeakSet(), plain: new WeakSet() };
  knownTypes.set(analysis, known);
  if (known.constrained.has(annotation)) return true;
  if (known.plain.has(annotation)) return false;
  const visited = new Set<ts.Node>();
  const found = isConstrainedWithin({ analysis, known, visited }, annotation);
  if (found) known.constrained.add(annotation);
  // All that it leads to was looked at, and has none either.
  else for (const node of visited) known.plain.add(node);
  return found;
}

interface Search {
  readonly analysis: Analysis;
  readonly known: KnownTypes;
  readonly visited: Set<ts.Node>;
}

function isConstrainedWithin(search: Search, node: ts.Node): boolean {
  const { analysis, known, visited } = search;
  if (known.constrained.has(node)) return true;
  if (visited.has(node) || known.plain.has(node)) return false;
  if (compiler.isTypeLiteralNode(node) || compiler.isExpression(node)) return false;
  visited.add(node);
  const { checker } = analysis;
  const said = compiler.isTypeNode(node) ? (memberBehind(checker, node) ?? aliasOf(checker, node)) : undefined;
  const isTagged = said && readDeclaration(analysis, said).tags.some(isTold);
  if (isTagged || (said?.type && isConstrainedWithin(search, said.type))) return true;
  const elsewhere = compiler.isTypeNode(node) ? writtenAt(checker, node) : undefined;
  if (elsewhere && elsewhere !== node && isConstrainedWithin(search, elsewhere)) return true;
  return compiler.forEachChild(node, (child) => isConstrainedWithin(search, child) || undefined) ?? false;
}

export interface UnionMember {
  readonly annotation: ts.TypeNode;
  readonly type: ts.Type;
}

/** The members of a union as they are written, those of plain aliases among them; one with constraints stays whole. */
export function writtenMembers(
  analysis: Analysis,
  annotation: ts.TypeNode | undefined,
  isWhole = false,
): readonly UnionMember[] {
  const node = bareNode(writtenAt(analysis.checker, annotation));
  if (!node) return [];
  if (compiler.isUnionTypeNode(node)) return node.types.flatMap((type) => writtenMembers(analysis, type, true));
  const alias = aliasOf(analysis.checker, node);
  if (alias && !(isWhole && readDeclaration(analysis, alias).tags.some(({ name }) => isConstraintTag(name)))) {
    const inside = writtenMembers(analysis, alias.type, true).map(({ annotation: written, type }) => {
      const argument = replaceParameter(analysis.checker, written, { alias, node });
      return argument === written
        ? { annotation: written, type }
        : { annotation: argument, type: analysis.checker.getTypeFromTypeNode(argument) };
    });
    if (inside.length > 1 || !isWhole) return inside;
  }
  return isWhole ? [{ annotation: node, type: analysis.checker.getTypeFromTypeNode(node) }] : [];
}

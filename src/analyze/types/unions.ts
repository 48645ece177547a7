/** Unions → one node: literals gathered into an enum, `true | false` into a boolean, `null` last, `undefined` left to whoever holds the union. */
import type { ts } from "ts-morph";
import type { EnumNode, LiteralNode, TypeNode } from "../../model/types.js";
import { isConstrained, writtenMembers } from "./aliases.js";
import { keepAlternatives, type Alternative } from "./alternatives.js";
import { findAmbiguity } from "./ambiguity.js";
import { compiler } from "../checker/compiler.js";
import { ambiguous, unservable } from "../checker/findings.js";
import { peek, type Scope } from "../checker/analysis.js";
import { findApart } from "../problems/losses.js";
import { inWrittenOrder } from "../checker/order.js";

/** Only a union with a name and with structure in it can be recursive by itself; all others are described in place. */
export function isNamedUnion(type: ts.UnionType): boolean {
  const { Object: object, Intersection } = compiler.TypeFlags;
  return type.aliasSymbol !== undefined && type.types.some(({ flags }) => flags & (object | Intersection));
}

export function describeUnion(scope: Scope, type: ts.UnionType): TypeNode {
  const { TypeFlags } = compiler;
  const alias = aliasBesideUndefined(type);
  if (alias) return scope.analysis.describe(scope, alias);
  if (isTooLarge(type))
    return unservable(scope, `has ${type.types.length} alternatives, and at most ${mostMembers} can be served`);
  const present = type.types.filter(({ flags }) => !(flags & (TypeFlags.VoidLike | TypeFlags.Null)));
  const data = present.filter((member) => !isOnlyEncoding(member));
  const values = data.length > 0 ? data : present;
  const alternatives = inWrittenOrder(scope, type, values).map((member) => ({
    type: member,
    ...findApart(scope, () => describeMember(scope, member)),
  }));
  const kept = keepAlternatives(scope, alternatives);
  const members = merge(
    scope,
    kept.map(({ node }) => node),
  );
  const nodesOfResults = new Set(kept.filter(({ only }) => only === "output").map(({ node }) => node));
  const resultOnly = members.flatMap((member, index) => (nodesOfResults.has(member) ? [index] : []));
  const decoded = members.filter((member) => !nodesOfResults.has(member));
  const alike = findAmbiguity(scope.analysis, decoded);
  if (alike) ambiguous(scope, alike);
  if (type.types.some(({ flags }) => flags & TypeFlags.Null)) members.push({ kind: "null" });
  const [first, second] = members;
  if (first === undefined) return unservable(scope, "is `undefined`, which JSON cannot represent", "use `null`");
  if (second === undefined) return first;
  return { kind: "union", members, ...(resultOnly.length > 0 && { resultOnly }) };
}

/** More than one where it is written by several aliases, each with constraints of its own. */
function describeMember(scope: Scope, member: ts.Type): readonly Alternative[] {
  const { analysis, annotation } = scope;
  const plain = (): Alternative[] => [{ node: analysis.describe(scope, member) }];
  if (!annotation || !isConstrained(analysis, annotation)) return plain();
  const written = writtenMembers(analysis, annotation).filter(({ type }) => includes(type, member));
  if (written.length === 0 || !written.every((one) => isConstrained(analysis, one.annotation))) return plain();
  return written.flatMap(({ annotation: own, type }) => {
    const node = analysis.describe({ ...scope, annotation: own, isAliasRead: false }, type);
    if (node.kind !== "union") return node.kind === "null" ? [] : [{ node }];
    return node.members
      .map((each, index) => ({ node: each, ...(node.resultOnly?.includes(index) && { only: "output" as const }) }))
      .filter((each) => each.node.kind !== "null");
  });
}

/** The `{ toJSON(): unknown }` of a library's type for JSON: whatever it stands for can be sent as what it turns into. */
function isOnlyEncoding(member: ts.Type): boolean {
  const [only, other] = member.flags & compiler.TypeFlags.Object ? member.getProperties() : [];
  return only?.name === "toJSON" && other === undefined;
}

function includes(type: ts.Type, member: ts.Type): boolean {
  return type === member || (type.isUnion() && type.types.includes(member));
}

/** Compilers and clients slow down long before: a thousand objects are some 50,000 tokens in each request. */
const mostMembers = 1_000;
/** Of literals, which cost a tenth. */
const mostLiterals = 10_000;

function isTooLarge({ types }: ts.UnionType): boolean {
  const { Object: object, Intersection } = compiler.TypeFlags;
  const structured = types.filter(({ flags }) => flags & (object | Intersection)).length;
  return structured > mostMembers || types.length > mostLiterals;
}

/** The `Json` of `Json | undefined`: the checker flattens the two, but remembers what they came from. */
function aliasBesideUndefined(type: ts.UnionType): ts.Type | undefined {
  const { origin } = type as ts.UnionType & { readonly origin?: ts.Type };
  if (!origin?.isUnion()) return undefined;
  const rest = origin.types.filter(({ flags }) => !(flags & compiler.TypeFlags.VoidLike));
  return rest.length === 1 && rest.length < origin.types.length ? rest[0] : undefined;
}

/** Literals meet at the place of the first of them; of several that are one in JSON, the first stands for all. */
function merge({ analysis }: Scope, nodes: readonly TypeNode[]): TypeNode[] {
  // A computed enum has members that may be any number, beside those with a value.
  const anyNumber = nodes.some(({ kind }) => kind === "number");
  const literals = nodes
    .filter((node) => node.kind === "literal")
    .filter(({ value }) => !anyNumber || typeof value !== "number");
  const merged = literalNode(literals.filter(({ value }) => typeof value !== "boolean"));
  const booleans = literals.filter(({ value }) => typeof value === "boolean");
  const boolean: TypeNode | undefined = booleans.length > 1 ? { kind: "boolean" } : booleans[0];

  const bigints = nodes.flatMap((node) => (node.kind === "codec" && node.values ? node.values : []));
  const bigint: TypeNode = { kind: "codec", codec: "bigint", values: [...new Set(bigints)] };

  const seen = new Set<string>();
  return nodes
    .map((node) => (node.kind === "codec" && node.values ? bigint : node))
    .map((node) => (node.kind !== "literal" ? node : typeof node.value === "boolean" ? boolean : merged))
    .filter((node) => node !== undefined)
    .filter((node) => {
      // Two brands of one primitive look alike on the wire, and so do two objects of the same members, or `T[]` and `Iterable<T>`.
      const array = peek(analysis, node);
      const key = JSON.stringify(array.kind === "array" ? array : node, (name, value: unknown) =>
        name === "declared" ? undefined : value,
      );
      return !seen.has(key) && seen.add(key);
    });
}

function literalNode(literals: readonly LiteralNode[]): EnumNode | LiteralNode | undefined {
  const values = [...new Set(literals.map(({ value }) => value))].filter((value) => typeof value !== "boolean");
  const [first, second] = values;
  if (first === undefined) return undefined;
  const nominal = literals.some((literal) => literal.nominal) && { nominal: true as const };
  return second === undefined ? { kind: "literal", value: first, ...nominal } : { kind: "enum", values, ...nominal };
}

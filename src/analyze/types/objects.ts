/** Objects: interfaces, literals, mapped types, intersections, classes without methods → properties and index signatures. */
import type { ts } from "ts-morph";
import type { KeyPattern, Property, TypeNode } from "../../model/types.js";
import { keyOf, valueOf } from "../checker/annotations.js";
import { hasMethods, isInstance } from "./classes.js";
import { isBuiltIn } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import { emptyArgument, hidden, open, unresolved, unservable } from "../checker/findings.js";
import { helpInstead } from "./instead.js";
import { jsonOf } from "./to-json.js";
import { within, type Scope } from "../checker/analysis.js";
import { isSignal } from "../checker/signals.js";
import { memberComment } from "../comments/member-docs.js";
import { objectName } from "./definition-names.js";
import { describeMember, stepTo } from "./members.js";
import { findApart } from "../problems/losses.js";
import { leaveOut, type Described } from "./optional-members.js";
import { orderedProperties } from "../checker/property-order.js";
import { symbolOf } from "../checker/symbols.js";
import { tellTypeTags } from "../comments/type-tags.js";
import { hasUndefined, isAbsent } from "../checker/presence.js";

export function describeObject(scope: Scope, type: ts.Type): TypeNode {
  const { analysis } = scope;
  const properties = type.getProperties();
  if (type.getCallSignatures().length > 0) return unservable(scope, "is a function");
  if (type.getConstructSignatures().length > 0) return unservable(scope, "is a class");
  if (hasLostBase(analysis.checker, type)) return unresolved(scope);
  const reason = whyInstance(scope, type);
  const json = jsonOf(scope, type, reason ?? "has a `toJSON`, and JSON cannot be turned back into it");
  if (json) return json;
  if (reason !== undefined) return unservable(scope, reason, helpInstead(analysis, type));

  if (isEmptyLiteral(analysis.checker, type)) {
    open(scope, "{}");
    return { kind: "wide", accepts: "value" };
  }
  tellTypeTags(scope, type);
  const described = orderedProperties(scope, type).map((property) => tryProperty(scope, property));
  const members = leaveOut(scope, described);
  const isNarrow = properties.some((property) => isNarrower(scope, property));
  const nominal = (analysis.sources.loose || isNarrow) && { nominal: true as const };
  const signatures = describeSignatures(scope, type);
  const [only] = signatures;
  // TypeScript takes an object without members for no other, not even by a cast.
  if (isNarrow && members.length === 0 && !only) emptyArgument(scope);
  const declared = objectName(analysis, type);
  const named = { kind: "object" as const, ...(declared !== undefined && { declared }) };
  if (only && properties.some((property) => hidingTag(scope, property) !== undefined))
    return unservable(scope, "hides a member that its index signature would let through", "declare each member");
  if (only === undefined) return { ...named, properties: members, ...nominal };
  if (properties.length === 0 && signatures.length === 1) return { kind: "record", ...only, ...nominal };
  const additional = signatures.find(({ key }) => !key);
  const patterns = signatures.flatMap(({ key, ...rest }) => (key ? [{ key, ...rest }] : []));
  return {
    ...named,
    properties: members,
    ...(additional && { additional: additional.value, ...(additional.sparse && { sparse: true as const }) }),
    ...(patterns.length > 0 && { patterns }),
    ...(patterns.length > 0 ? { nominal: true as const } : nominal),
  };
}

/** `interface User extends Missing`: what its members are cannot be known. */
function hasLostBase(checker: ts.TypeChecker, type: ts.Type): boolean {
  const declarations = (type.isClassOrInterface() && symbolOf(type)?.declarations) || [];
  // A package may do without what its declarations name.
  const written = declarations.filter((declaration) => !declaration.getSourceFile().isDeclarationFile);
  const clauses = written.flatMap((declaration) =>
    compiler.isInterfaceDeclaration(declaration) || compiler.isClassDeclaration(declaration)
      ? (declaration.heritageClauses ?? [])
      : [],
  );
  return clauses
    .filter(({ token }) => token === compiler.SyntaxKind.ExtendsKeyword)
    .some(({ types }) => types.some((base) => isLost(checker.getTypeAtLocation(base))));
}

function isLost(type: ts.Type): boolean {
  return (type as ts.Type & { readonly intrinsicName?: string }).intrinsicName === "error";
}

function whyInstance(scope: Scope, type: ts.Type): string | undefined {
  if (isInstance(scope.analysis, type)) return `is an instance of the class \`${type.symbol.name}\``;
  const symbol = symbolOf(type);
  // Some libraries write methods as members that are functions.
  const isKnown = helpInstead(scope.analysis, type) !== undefined;
  const isOther = symbol && (isKnown || (hasMethods(type.getProperties()) && isForeign(scope, symbol)));
  return isOther ? `is ${article(symbol.name)} \`${symbol.name}\`` : undefined;
}

/** `{}` as it is written, and what the checker makes of `NonNullable<unknown>`: not an interface or a mapped type without members. */
function isEmptyLiteral(checker: ts.TypeChecker, type: ts.Type): boolean {
  if (type.getProperties().length > 0 || checker.getIndexInfosOfType(type).length > 0) return false;
  const declarations = symbolOf(type)?.declarations ?? [];
  return declarations.every(
    (declaration) => compiler.isTypeLiteralNode(declaration) && declaration.members.length === 0,
  );
}

function tryProperty(scope: Scope, property: ts.Symbol): Described {
  const { value: members, ...found } = findApart(scope, () => describeProperty(scope, property));
  const optional = (property.flags & compiler.SymbolFlags.Optional) !== 0;
  return { members, optional, isSignal: isSignal(scope.analysis, property), ...found };
}

function describeProperty(scope: Scope, property: ts.Symbol): Property[] {
  const { checker } = scope.analysis;
  if (property.name === "__proto__") unservable(within(scope, ".__proto__"), "has a name that objects do not keep");
  if (isSymbolKeyed(property) && !(property.flags & compiler.SymbolFlags.Method)) return [];
  const type = checker.getTypeOfSymbol(property);
  // `a?: never` and `a: undefined` say that it is absent.
  const isOptional = (property.flags & compiler.SymbolFlags.Optional) !== 0;
  const mayMiss = isOptional || hasUndefined(type);
  const tag = hidingTag(scope, property);
  if (tag !== undefined) {
    if (!mayMiss) hidden(within(scope, stepTo(property.name), placed(property)), tag);
    return [];
  }
  if (type.flags & compiler.TypeFlags.VoidLike || (isOptional && isAbsent(type))) return [];
  return [describeMember(scope, property, { type, optional: mayMiss })];
}

/** What a package tags is its own matter where it has to be there: the user could not change it. */
function hidingTag({ analysis }: Scope, property: ts.Symbol): string | undefined {
  const comment = memberComment(analysis, property);
  const tag = comment?.tags.find(({ name }) => name === "internal" || name === "ignore");
  const isOptional = (property.flags & compiler.SymbolFlags.Optional) !== 0;
  return comment && (comment.isOwn || isOptional) ? tag?.name : undefined;
}

function placed({ valueDeclaration, declarations }: ts.Symbol): { readonly place?: ts.Declaration } {
  const place = valueDeclaration ?? declarations?.[0];
  return place ? { place } : {};
}

/**
 * A brand, or a member that has to be there although it may be `undefined`: JSON can only leave it out.
 * (Where the user compiles without null checks, zod's types are never those of the source: all objects are.)
 */
function isNarrower({ analysis }: Scope, property: ts.Symbol): boolean {
  if (isSymbolKeyed(property)) return true;
  return !(property.flags & compiler.SymbolFlags.Optional) && hasUndefined(analysis.checker.getTypeOfSymbol(property));
}

/** A method named by a symbol, such as `[Symbol.iterator]`, is a method all the same. */
function isSymbolKeyed(property: ts.Symbol): boolean {
  return (property.escapedName as string).startsWith("__@");
}

/** Where the user did not write the members, the type's own name says more than the first method of it. */
function isForeign({ analysis }: Scope, symbol: ts.Symbol): boolean {
  const file = symbol.declarations?.[0]?.getSourceFile();
  return isBuiltIn(analysis, symbol) || (file !== undefined && analysis.sources.originOf(file).kind !== "project");
}

/** An index signature; without a key it is that of all names. */
interface Signature {
  readonly key?: KeyPattern["key"];
  readonly value: TypeNode;
  readonly sparse?: true;
}

/** As they are written; those whose values are `never` forbid what is not there anyway. */
function describeSignatures(scope: Scope, type: ts.Type): readonly Signature[] {
  const { checker } = scope.analysis;
  const { Never, ESSymbolLike } = compiler.TypeFlags;
  return checker
    .getIndexInfosOfType(type)
    .filter(({ type: value, keyType }) => !(value.flags & Never) && !(keyType.flags & ESSymbolLike))
    .map((info) => {
      const annotation = info.declaration?.type ?? valueOf(checker, scope.annotation);
      const value = scope.analysis.describe(within(scope, "[]", { annotation }), info.type);
      const key = describeKey(scope, info);
      const isNarrow =
        key.kind === "number" || key.kind === "template" || (key.kind === "string" && key.constraints !== undefined);
      return { ...(isNarrow && { key }), value, ...(hasUndefined(info.type) && { sparse: true as const }) };
    });
}

function describeKey(scope: Scope, { keyType, declaration }: ts.IndexInfo): TypeNode {
  const [written] = declaration && compiler.isIndexSignatureDeclaration(declaration) ? declaration.parameters : [];
  const annotation = written ? written.type : keyOf(scope.analysis.checker, scope.annotation);
  return scope.analysis.describe(within(scope, "", { annotation }), keyType);
}

function article(name: string): "a" | "an" {
  return /^(?:[AEIO]|Un)/.test(name) ? "an" : "a";
}

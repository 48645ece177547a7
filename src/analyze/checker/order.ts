/**
 * The members of a union in the order they are written in. The checker keeps them in the order it first met
 * each of them anywhere, which would make one file's schema depend on other files.
 */
import type { ts } from "ts-morph";
import { compareText } from "../../model/text.js";
import { compiler } from "./compiler.js";
import type { Analysis, Scope } from "./analysis.js";
import { symbolAt, symbolOf } from "./symbols.js";

export function inWrittenOrder(
  { analysis, annotation }: Pick<Scope, "analysis" | "annotation">,
  type: ts.Type,
  members: readonly ts.Type[],
): ts.Type[] {
  const written = type.aliasSymbol?.declarations?.find(compiler.isTypeAliasDeclaration)?.type ?? annotation;
  const ranks = written ? readOrder(analysis.checker, written) : new Map<string, number>();
  const rank = (member: ts.Type): number => ranks.get(keyOf(member)) ?? Number.MAX_SAFE_INTEGER;
  return [...members].sort((a, b) => rank(a) - rank(b) || compareUnwritten(analysis, a, b));
}

/** Names in the order they are written in, for the keys of `Record<"b" | "a", …>`. */
export function namesInWrittenOrder(checker: ts.TypeChecker, written: ts.TypeNode): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const [key, rank] of readOrder(checker, written)) {
    if (/^[sn]:/.test(key)) names.set(key.slice(2), rank);
  }
  return names;
}

function keyOf(type: ts.Type): string {
  if (type.flags & compiler.TypeFlags.EnumLiteral) return memberKey(symbolOf(type)?.valueDeclaration);
  if (type.isStringLiteral()) return `s:${type.value}`;
  if (type.isNumberLiteral()) return `n:${type.value}`;
  return `t:${idOf(type)}`;
}

function memberKey(member: ts.Declaration | undefined): string {
  return `e:${member?.getSourceFile().fileName ?? ""}:${member?.pos ?? 0}`;
}

/** Unique in one program; not part of TypeScript's public types. */
function idOf(type: ts.Type): number {
  return (type as ts.Type & { readonly id: number }).id;
}

/** Inferred unions are written nowhere: numbers by value, texts by code units, all others by their declaration. */
function compareUnwritten(analysis: Analysis, a: ts.Type, b: ts.Type): number {
  const areMembers = a.flags & b.flags & compiler.TypeFlags.EnumLiteral;
  if (areMembers && fileOf(analysis, a) === fileOf(analysis, b)) return declarationOf(a) - declarationOf(b);
  if (a.isNumberLiteral() && b.isNumberLiteral() && a.value !== b.value) return a.value - b.value;
  if (a.isStringLiteral() && b.isStringLiteral() && a.value !== b.value) return compareText(a.value, b.value);
  return (
    kindRank(a) - kindRank(b) ||
    compareText(fileOf(analysis, a), fileOf(analysis, b)) ||
    declarationOf(a) - declarationOf(b) ||
    compareText(analysis.checker.typeToString(a), analysis.checker.typeToString(b))
  );
}

function kindRank(type: ts.Type): number {
  const { TypeFlags } = compiler;
  const order = [TypeFlags.StringLike, TypeFlags.NumberLike, TypeFlags.BooleanLike, TypeFlags.Object];
  const at = order.findIndex((flag) => type.flags & flag);
  return at === -1 ? order.length : at;
}

function fileOf({ sources }: Analysis, type: ts.Type): string {
  const file = symbolOf(type)?.declarations?.[0]?.getSourceFile();
  const origin = file && sources.originOf(file);
  return origin?.kind === "project" ? origin.path : "";
}

function declarationOf(type: ts.Type): number {
  return symbolOf(type)?.declarations?.[0]?.pos ?? 0;
}

/** The keys of a mapped type come as the checker met them; those that are written, or stand for written ones, as written. */
function propertiesAsWritten(checker: ts.TypeChecker, node: ts.TypeNode): readonly ts.Symbol[] {
  const properties = checker.getTypeFromTypeNode(node).getProperties();
  if (!properties.some((property) => mappedFrom(property) !== undefined)) return properties;
  const names = namesInWrittenOrder(checker, node);
  const rank = (property: ts.Symbol): number =>
    names.get(property.name) ?? names.get(mappedFrom(property) ?? "") ?? Number.MAX_SAFE_INTEGER;
  return [...properties].sort((a, b) => rank(a) - rank(b));
}

/** The key that a remapped one (`as …`) stands for; not part of TypeScript's public types. */
export function mappedFrom(property: ts.Symbol): string | undefined {
  const { links } = property as ts.Symbol & { readonly links?: { readonly keyType?: ts.Type } };
  return links?.keyType?.isStringLiteral() ? links.keyType.value : undefined;
}

function readOrder(checker: ts.TypeChecker, written: ts.TypeNode): Map<string, number> {
  const ranks = new Map<string, number>();
  const followed = new Set<ts.Node>();
  const addKey = (key: string): void => {
    if (!ranks.has(key)) ranks.set(key, ranks.size);
  };
  const add = (type: ts.Type): void => {
    if (!type.isUnion()) addKey(keyOf(type));
    else if (type.flags & compiler.TypeFlags.Boolean) type.types.forEach(add);
  };

  const visit = (node: ts.Node): void => {
    if (followed.has(node)) return;
    followed.add(node);
    if (compiler.isTypeOperatorNode(node) && node.operator === compiler.SyntaxKind.KeyOfKeyword) {
      for (const property of propertiesAsWritten(checker, node.type)) addKey(`s:${property.name}`);
      return;
    }
    if (compiler.isIndexedAccessTypeNode(node)) addMembers(node);
    else if (compiler.isTypeReferenceNode(node)) addReference(node);
    else if (compiler.isTypeNode(node) && !compiler.isUnionTypeNode(node)) add(checker.getTypeFromTypeNode(node));
    if (compiler.isTypeLiteralNode(node) || compiler.isFunctionTypeNode(node)) return;
    compiler.forEachChild(node, visit);
  };

  /** `(typeof colors)[number]`, `Order["state"]`, `(typeof map)[keyof typeof map]`. */
  const addMembers = (node: ts.IndexedAccessTypeNode): void => {
    const object = checker.getTypeFromTypeNode(node.objectType);
    if (checker.isArrayType(object) || checker.isTupleType(object)) {
      checker.getTypeArguments(object as ts.TypeReference).forEach(add);
      return;
    }
    for (const property of object.getProperties()) {
      const annotation =
        property.valueDeclaration && "type" in property.valueDeclaration ? property.valueDeclaration.type : undefined;
      if (annotation) visit(annotation as ts.Node);
      else add(checker.getTypeOfSymbol(property));
    }
  };

  const addReference = (node: ts.TypeReferenceNode): void => {
    add(checker.getTypeFromTypeNode(node));
    for (const declaration of symbolAt(checker, node.typeName)?.declarations ?? []) {
      if (compiler.isTypeAliasDeclaration(declaration)) visit(declaration.type);
      if (compiler.isEnumDeclaration(declaration)) {
        for (const member of declaration.members) {
          addKey(memberKey(member));
          // As keys of a record and as parts of a template, members are their values.
          const value = checker.getConstantValue(member);
          if (value !== undefined) addKey(`${typeof value === "string" ? "s" : "n"}:${value}`);
        }
      }
    }
  };

  visit(written);
  return ranks;
}

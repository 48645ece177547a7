/** The properties of a type in the order a reader meets them in: inherited ones first, then as they are written. */
import type { ts } from "ts-morph";
import { compareText } from "../../model/text.js";
import { compiler } from "./compiler.js";
import type { Analysis, Scope } from "./analysis.js";
import { mappedFrom, namesInWrittenOrder } from "./order.js";

export function orderedProperties(scope: Scope, type: ts.Type): readonly ts.Symbol[] {
  const properties = type.getProperties();
  if (isMapped(type)) return orderMapped(scope, type, properties);
  const names = type.isIntersection() ? joinedNames(scope, type) : inheritedNames(type);
  if (names.length === 0) return properties;
  const rank = (property: ts.Symbol): number => names.indexOf(property.name) + 1 || names.length + 1;
  return [...properties].sort((a, b) => rank(a) - rank(b));
}

/** Of each part of an intersection in turn: some of them may be mapped. */
function joinedNames(scope: Scope, { types }: ts.IntersectionType): string[] {
  return types.flatMap((part) => orderedProperties(scope, part).map(({ name }) => name));
}

function inheritedNames(type: ts.Type): string[] {
  const declared = "target" in type && (type.target as ts.Type).isClassOrInterface() ? (type.target as ts.Type) : type;
  if (!declared.isClassOrInterface()) return [];
  return (declared.getBaseTypes() ?? []).flatMap((base) => [
    ...inheritedNames(base),
    ...base.getProperties().map(({ name }) => name),
  ]);
}

function isMapped(type: ts.Type): boolean {
  return (
    (type.flags & compiler.TypeFlags.Object) !== 0 &&
    ((type as ts.ObjectType).objectFlags & compiler.ObjectFlags.Mapped) !== 0
  );
}

/** The keys of a mapped type come as the checker met them; `Pick`, `Partial` and their kin keep the order of what they map. */
function orderMapped(scope: Scope, type: ts.Type, properties: readonly ts.Symbol[]): ts.Symbol[] {
  const { analysis, annotation } = scope;
  const mapped = type.aliasTypeArguments?.[0];
  const names =
    mapped && mapped.flags & compiler.TypeFlags.Object
      ? new Map(orderedProperties(scope, mapped).map(({ name }, index) => [name, index]))
      : keyOrder(analysis, annotation, type);
  const rank = (property: ts.Symbol): number =>
    names.get(property.name) ?? names.get(mappedFrom(property) ?? "") ?? Number.MAX_SAFE_INTEGER;
  return [...properties].sort((a, b) => rank(a) - rank(b) || compareDeclared(analysis, a, b));
}

function keyOrder(
  { checker }: Analysis,
  annotation: ts.TypeNode | undefined,
  type: ts.Type,
): ReadonlyMap<string, number> {
  const written = type.aliasSymbol?.declarations?.find(compiler.isTypeAliasDeclaration);
  if (annotation) return namesInWrittenOrder(checker, annotation);
  return written ? namesInWrittenOrder(checker, written.type) : new Map();
}

function compareDeclared({ sources }: Analysis, a: ts.Symbol, b: ts.Symbol): number {
  const [first, second] = [a.declarations?.[0], b.declarations?.[0]];
  if (first === undefined || second === undefined) return compareText(a.name, b.name);
  const file = (node: ts.Node): string => {
    const origin = sources.originOf(node.getSourceFile());
    return origin.kind === "project" ? origin.path : "";
  };
  return compareText(file(first), file(second)) || first.pos - second.pos || compareText(a.name, b.name);
}

/** Structured types → arrays, tuples, sets, maps and objects. */
import type { ts } from "ts-morph";
import type { TypeNode } from "../../model/types.js";
import { argumentOf } from "../checker/annotations.js";
import { isBuiltIn } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import { unservable } from "../checker/findings.js";
import { within, type Scope } from "../checker/analysis.js";
import { describeObject } from "./objects.js";
import { symbolOf } from "../checker/symbols.js";
import { describeTuple } from "./tuples.js";
import { hasUndefined } from "../checker/presence.js";

export function describeStructure(scope: Scope, type: ts.Type): TypeNode {
  const { checker } = scope.analysis;
  const [first, second] = typeArguments(scope, type);
  if (checker.isArrayType(type)) return arrayOf(scope, first);
  if (checker.isTupleType(type)) return describeTuple(scope, type as ts.TupleTypeReference);
  const symbol = symbolOf(type);
  if (symbol && collections.has(symbol.name) && isBuiltIn(scope.analysis, symbol)) {
    if (!symbol.name.endsWith("Map")) return { kind: "set", element: describeElement(scope, first, 0) };
    return { kind: "map", key: describeElement(scope, first, 0), value: describeElement(scope, second, 1) };
  }
  if (symbol?.name === "ArrayLike" && isBuiltIn(scope.analysis, symbol)) return arrayOf(scope, first);
  return describeList(scope, type) ?? describeObject(scope, type);
}

/** Of `never` there is only the empty one. */
function arrayOf(scope: Scope, element: ts.Type | undefined): TypeNode {
  if (element && element.flags & compiler.TypeFlags.Never)
    return { kind: "array", element: { kind: "unknown" }, constraints: { maxItems: 0 }, nominal: true };
  return { kind: "array", element: describeElement(scope, element, 0) };
}

/** `interface JsonArray extends Array<Json> {}`: a recursive type has to be written so. */
function describeList(scope: Scope, type: ts.Type): TypeNode | undefined {
  const { checker } = scope.analysis;
  const base = type.isClass() ? undefined : arrayBehind(checker, type);
  if (!base) return undefined;
  const element = checker.getIndexTypeOfType(type, compiler.IndexKind.Number);
  const own = type.getProperties().find((each) => isRequired(each) && !base.getProperty(each.name));
  if (own) return unservable(scope, `is an array with a member of its own, \`${own.name}\``);
  const inside = within(scope, "[]", { annotation: undefined });
  return {
    kind: "array",
    element: element ? scope.analysis.describe(inside, element) : unservable(inside, "has no type"),
    // The first is known to be there, as in what a regular expression finds.
    ...(type.getProperty("0") && { nominal: true as const }),
  };
}

/** Methods named by symbols are those that every array has; numbers name elements. */
function isRequired({ flags, name }: ts.Symbol): boolean {
  return (flags & compiler.SymbolFlags.Optional) === 0 && !name.startsWith("__@") && !/^\d+$/.test(name);
}

/** The array that an interface extends. */
function arrayBehind(checker: ts.TypeChecker, type: ts.Type, depth = 0): ts.Type | undefined {
  const target = "target" in type ? (type.target as ts.Type) : type;
  if (depth > 8 || !target.isClassOrInterface() || target.isClass()) return undefined;
  for (const base of checker.getBaseTypes(target)) {
    const found = checker.isArrayType(base) ? base : arrayBehind(checker, base, depth + 1);
    if (found) return found;
  }
  return undefined;
}

const collections = new Set(["Set", "ReadonlySet", "Map", "ReadonlyMap"]);

function typeArguments({ analysis }: Scope, type: ts.Type): readonly ts.Type[] {
  return "target" in type ? analysis.checker.getTypeArguments(type as ts.TypeReference) : [];
}

function describeElement(scope: Scope, type: ts.Type | undefined, index: number): TypeNode {
  const annotation = argumentOf(scope.analysis.checker, scope.annotation, index);
  const inside = within(scope, "[]", { annotation });
  if (type === undefined) return unservable(inside, "has no type");
  if (hasUndefined(type)) return unservable(inside, "can be `undefined`, which JSON cannot represent", "use `null`");
  return scope.analysis.describe(inside, type);
}

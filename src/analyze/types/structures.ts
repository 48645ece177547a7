/** Structured types → arrays, tuples, sets, maps and objects. */
import type { ts } from "ts-morph";
import type { TypeNode } from "../../model/types.js";
import { argumentOf } from "../checker/annotations.js";
import { isBuiltIn } from "../checker/built-in-types.js";
import { unservable } from "../checker/findings.js";
import { within, type Scope } from "../checker/analysis.js";
import { describeObject } from "./objects.js";
import { symbolOf } from "../checker/symbols.js";
import { describeTuple } from "./tuples.js";
import { hasUndefined } from "../checker/presence.js";

export function describeStructure(scope: Scope, type: ts.Type): TypeNode {
  const { checker } = scope.analysis;
  const [first, second] = typeArguments(scope, type);
  if (checker.isArrayType(type)) return { kind: "array", element: describeElement(scope, first, 0) };
  if (checker.isTupleType(type)) return describeTuple(scope, type as ts.TupleTypeReference);
  const symbol = symbolOf(type);
  if (symbol && collections.has(symbol.name) && isBuiltIn(scope.analysis, symbol)) {
    if (!symbol.name.endsWith("Map")) return { kind: "set", element: describeElement(scope, first, 0) };
    return { kind: "map", key: describeElement(scope, first, 0), value: describeElement(scope, second, 1) };
  }
  return describeObject(scope, type);
}

const collections = new Set(["Set", "ReadonlySet", "Map", "ReadonlyMap"]);

function typeArguments({ analysis }: Scope, type: ts.Type): readonly ts.Type[] {
  return "target" in type ? analysis.checker.getTypeArguments(type as ts.TypeReference) : [];
}

function describeElement(scope: Scope, type: ts.Type | undefined, index: number): TypeNode {
  const annotation = argumentOf(scope.analysis.checker, scope.annotation, index);
  const inside = within(scope, "[]", { annotation });
  if (type === undefined) return unservable(inside, "has no type");
  if (hasUndefined(type)) return unservable(inside, "can be `undefined`, which JSON has no form for", "use `null`");
  return scope.analysis.describe(inside, type);
}

/** Structured types → arrays, tuples, sets, maps and objects. */
import type { ts } from "ts-morph";
import type { TypeNode } from "../../model/types.js";
import { argumentOf } from "../checker/annotations.js";
import { isBuiltIn } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import { refuseAbsence, unservable, unservableIn } from "../checker/findings.js";
import { within, type Analysis, type Scope } from "../checker/analysis.js";
import { describeObject } from "./objects.js";
import { symbolOf } from "../checker/symbols.js";
import { describeTuple } from "./tuples.js";

export function describeStructure(scope: Scope, type: ts.Type): TypeNode {
  const { checker } = scope.analysis;
  const [first, second] = typeArguments(scope, type);
  if (checker.isArrayType(type)) return arrayOf(scope, first);
  if (checker.isTupleType(type)) return describeTuple(scope, type as ts.TupleTypeReference);
  const symbol = symbolOf(type);
  if (symbol && isCollection(scope.analysis, type)) {
    if (!symbol.name.endsWith("Map")) return { kind: "set", element: describeElement(scope, first, 0) };
    return { kind: "map", key: describeElement(scope, first, 0), value: describeElement(scope, second, 1) };
  }
  if (symbol?.name === "ArrayLike" && isBuiltIn(scope.analysis, symbol)) return arrayOf(scope, first);
  if (symbol?.name === "Iterable" && isBuiltIn(scope.analysis, symbol)) {
    unservableIn("output", scope, { reason: "is an `Iterable`" });
    return arrayOf(scope, first);
  }
  return describeList(scope, type) ?? describeCollection(scope, type) ?? describeObject(scope, type);
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
  const base = basesOf(checker, type).find((each) => checker.isArrayType(each));
  if (!base) return undefined;
  const element = checker.getIndexTypeOfType(type, compiler.IndexKind.Number);
  const own = ownMember(type, base);
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

/** `interface Prices extends Map<string, number> {}`; what it holds is what `forEach` hands over, value before key. */
function describeCollection(scope: Scope, type: ts.Type): TypeNode | undefined {
  const { checker } = scope.analysis;
  const base = basesOf(checker, type).find((each) => isCollection(scope.analysis, each));
  const own = base && ownMember(type, base);
  if (!base || own) return undefined;
  const [value, key] = parametersOf(checker, typeOfMember(checker, type, "forEach"))
    .slice(0, 1)
    .flatMap((visit) => parametersOf(checker, visit));
  const plain = { ...scope, annotation: undefined };
  if (!symbolOf(base)?.name.endsWith("Map")) return { kind: "set", element: describeElement(plain, value, 0) };
  return { kind: "map", key: describeElement(plain, key, 0), value: describeElement(plain, value, 1) };
}

function isCollection(analysis: Analysis, type: ts.Type): boolean {
  const symbol = symbolOf(type);
  return symbol !== undefined && collections.has(symbol.name) && isBuiltIn(analysis, symbol);
}

function typeOfMember(checker: ts.TypeChecker, type: ts.Type, name: string): ts.Type | undefined {
  const member = type.getProperty(name);
  return member && checker.getTypeOfSymbol(member);
}

function parametersOf(checker: ts.TypeChecker, type: ts.Type | undefined): readonly ts.Type[] {
  const [signature] = type?.getCallSignatures() ?? [];
  return signature?.parameters.map((parameter) => checker.getTypeOfSymbol(parameter)) ?? [];
}

/** A member that has to be there, and that `base` has not. */
function ownMember(type: ts.Type, base: ts.Type): ts.Symbol | undefined {
  return type.getProperties().find((each) => isRequired(each) && !base.getProperty(each.name));
}

/** What an interface extends, and what that extends; the nearest first. */
function basesOf(checker: ts.TypeChecker, type: ts.Type, depth = 0): readonly ts.Type[] {
  const target = "target" in type ? (type.target as ts.Type) : type;
  if (depth > 8 || !target.isClassOrInterface() || target.isClass()) return [];
  return checker.getBaseTypes(target).flatMap((base) => [base, ...basesOf(checker, base, depth + 1)]);
}

const collections = new Set(["Set", "ReadonlySet", "Map", "ReadonlyMap"]);

function typeArguments({ analysis }: Scope, type: ts.Type): readonly ts.Type[] {
  return "target" in type ? analysis.checker.getTypeArguments(type as ts.TypeReference) : [];
}

function describeElement(scope: Scope, type: ts.Type | undefined, index: number): TypeNode {
  const annotation = argumentOf(scope.analysis.checker, scope.annotation, index);
  const inside = within(scope, "[]", { annotation });
  if (type === undefined) return unservable(inside, "has no type");
  refuseAbsence(inside, type);
  return scope.analysis.describe(inside, type);
}

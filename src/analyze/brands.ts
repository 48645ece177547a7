/** Branded types, such as `string & { readonly __brand: "UserId" }` → the base type, marked as narrower in TypeScript. */
import type { ts } from "ts-morph";
import type { TypeNode } from "../model/types.js";
import { codecOf } from "./codecs.js";
import { compiler } from "./compiler.js";
import type { Scope } from "./graph.js";

/** Nothing for an intersection of objects: that is an object. */
export function describeBranded(scope: Scope, type: ts.IntersectionType): TypeNode | undefined {
  const bases = type.types.filter((part) => isBase(scope, part));
  const [base] = bases;
  if (base === undefined || bases.length > 1) return undefined;
  const node = scope.analysis.describe(scope, base);
  // `string & {}` keeps a union from swallowing its literals; it brands nothing.
  const brands = type.types.filter((part) => part !== base).flatMap((part) => part.getProperties());
  if (brands.length === 0 || node.kind === "reference") return node;
  return { ...node, nominal: true };
}

function isBase({ analysis }: Scope, type: ts.Type): boolean {
  const { checker } = analysis;
  if (!(type.flags & compiler.TypeFlags.Object)) return true;
  return codecOf(analysis, type) !== undefined || checker.isArrayType(type) || checker.isTupleType(type);
}

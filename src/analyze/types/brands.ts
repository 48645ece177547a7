/**
 * Branded types, such as `string & { readonly __brand: "UserId" }` → the base type, marked as narrower in
 * TypeScript. Typia's tags, such as `number & tags.Minimum<1>`, are brands that say what they stand for.
 */
import type { ts } from "ts-morph";
import type { TypeNode } from "../../model/types.js";
import { codecOf } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import { isConstraintTag, isFlag } from "../constraints/constraint-tags.js";
import { applyConstraints, type PlacedTag } from "../constraints/constraints.js";
import { report } from "../checker/findings.js";
import { peek, type Scope } from "../checker/analysis.js";
import { withOrigins } from "../comments/origins.js";
import { describeTexts } from "./template-literals.js";

/** Nothing for an intersection of objects: that is an object. */
export function describeBranded(scope: Scope, type: ts.IntersectionType): TypeNode | undefined {
  const bases = type.types.filter((part) => isBase(scope, part));
  const [base] = bases;
  if (bases.length > 1 && bases.length === type.types.length) return describeTexts(bases);
  if (base === undefined || bases.length > 1) return undefined;
  const node = scope.analysis.describe(scope, base);
  const brands = type.types.filter((part) => part !== base);
  const tags = brands.flatMap((brand) => typiaTag(scope, brand) ?? []);
  const { type: constrained, diagnostics } = applyConstraints(
    tags.length > 0 ? peek(scope.analysis, node) : node,
    withOrigins(scope.analysis, tags),
  );
  for (const each of diagnostics) report(scope, each);
  // `string & {}` keeps a union from swallowing its literals; an optional brand narrows nothing.
  return brands.some(isNarrowing) ? { ...peek(scope.analysis, constrained), nominal: true } : constrained;
}

function isBase({ analysis }: Scope, type: ts.Type): boolean {
  const { checker } = analysis;
  if (!(type.flags & compiler.TypeFlags.Object)) return true;
  return codecOf(analysis, type) !== undefined || checker.isArrayType(type) || checker.isTupleType(type);
}

function isNarrowing(brand: ts.Type): boolean {
  return brand.getProperties().some(({ flags }) => !(flags & compiler.SymbolFlags.Optional));
}

/** By structure, as typia itself does: `{ "typia.tag"?: { kind: "minimum", value: 1, … } }`. */
function typiaTag(scope: Scope, brand: ts.Type): PlacedTag | undefined {
  const { checker, sources } = scope.analysis;
  const tag = brand.getProperty("typia.tag");
  if (tag === undefined) return undefined;
  const facts = checker.getNonNullableType(checker.getTypeOfSymbol(tag));
  const kind = literalOf(checker, facts, "kind");
  const value = literalOf(checker, facts, "value");
  // Typia's kinds are named as our tags are, but for integers.
  const name = kind === "type" && isInteger(value) ? "int" : String(kind);
  const place = scope.place ?? scope.annotation;
  if (!isConstraintTag(name) || place === undefined) return undefined;
  return { name, text: isFlag(name) ? "" : String(value), span: sources.spanOf(place) };
}

function isInteger(value: unknown): boolean {
  return typeof value === "string" && /^u?int(?:32|64)$/.test(value);
}

function literalOf(checker: ts.TypeChecker, type: ts.Type, name: string): string | number | boolean | undefined {
  const property = type.getProperty(name);
  const value = property && checker.getTypeOfSymbol(property);
  if (value?.isStringLiteral() || value?.isNumberLiteral()) return value.value;
  return value === undefined ? undefined : checker.typeToString(value) === "true";
}

/** A type of the checker → the TypeNode that describes it, with drafts for structured types. The dispatch on kinds of types. */
import type { ts } from "ts-morph";
import type { TypeNode } from "../../model/types.js";
import { constrainByAlias, isConstrained } from "./aliases.js";
import { aliasOf, bareNode } from "../checker/alias-uses.js";
import { describeBranded } from "./brands.js";
import { codecOf, isBuiltIn } from "../checker/built-in-types.js";
import { compiler } from "../checker/compiler.js";
import { isEndless, mostLevels } from "./endless.js";
import { beyondLimits, open, unresolved, unservable } from "../checker/findings.js";
import { addShape, draftOf, type Analysis, type Scope, type Shape } from "../checker/analysis.js";
import { describeStructure } from "./structures.js";
import { symbolOf } from "../checker/symbols.js";
import { describeStringMapping, describeTemplate } from "./template-literals.js";
import { describeUnion, isNamedUnion } from "./unions.js";
import { describeInferred } from "../zod/zod-infer.js";

export function describeType(scope: Scope, type: ts.Type): TypeNode {
  return constrainByAlias(scope, type, (inside) => describeKind(inside, type));
}

function describeKind(scope: Scope, type: ts.Type): TypeNode {
  const inferred = describeInferred(scope, type);
  if (inferred) return inferred;
  const { flags } = type;
  const { TypeFlags } = compiler;
  if (flags & TypeFlags.StringLike) return describeString(scope, type);
  if (flags & TypeFlags.NumberLike && !type.isUnion()) return describeNumber(type);
  if (flags & TypeFlags.Boolean) return { kind: "boolean" };
  if (flags & TypeFlags.BooleanLiteral) return { kind: "literal", value: (type as Intrinsic).intrinsicName === "true" };
  if (flags & TypeFlags.Null) return { kind: "null" };
  if (type.isUnion()) return isNamedUnion(type) ? link(scope, type) : describeUnion(scope, type);
  if (flags & TypeFlags.Object)
    return codecOf(scope.analysis, type) ?? wrapped(scope, type) ?? anyObject(scope, type) ?? link(scope, type);
  if (type.isIntersection()) return describeBranded(scope, type) ?? link(scope, type);
  return describeRest(scope, type);
}

/** `Number` and its kin as they are mostly meant: a primitive fits each. */
function wrapped({ analysis }: Scope, type: ts.Type): TypeNode | undefined {
  const symbol = symbolOf(type);
  const node = symbol && wrappers.get(symbol.name);
  return node && isBuiltIn(analysis, symbol) ? node : undefined;
}

const wrappers: ReadonlyMap<string, TypeNode> = new Map([
  ["Number", { kind: "number" }],
  ["String", { kind: "string" }],
  ["Boolean", { kind: "boolean" }],
  ["BigInt", { kind: "codec", codec: "bigint" }],
]);

/** `Object` takes all that `{}` takes. */
function anyObject(scope: Scope, type: ts.Type): TypeNode | undefined {
  const symbol = symbolOf(type);
  if (symbol?.name !== "Object" || !isBuiltIn(scope.analysis, symbol) || type.getCallSignatures().length > 0)
    return undefined;
  open(scope, "Object");
  return { kind: "wide", accepts: "value" };
}

/** Types that are rare, or that JSON cannot carry. */
function describeRest(scope: Scope, type: ts.Type): TypeNode {
  const { flags } = type;
  const { TypeFlags } = compiler;
  if (flags & TypeFlags.Any) return isError(type) ? unresolved(scope) : open(scope, "any");
  if (flags & TypeFlags.Unknown) return open(scope, "unknown");
  if (flags & TypeFlags.NonPrimitive) return { kind: "wide", accepts: "object" };
  if (flags & TypeFlags.BigInt) return { kind: "codec", codec: "bigint" };
  if (flags & TypeFlags.BigIntLiteral)
    return { kind: "codec", codec: "bigint", values: [digitsOf(type as ts.BigIntLiteralType)] };
  if (flags & TypeFlags.ESSymbolLike) return unservable(scope, "is a symbol");
  if (flags & TypeFlags.VoidLike) return unservable(scope, "is `undefined`, which JSON cannot represent", "use `null`");
  if (flags & TypeFlags.Never) return unservable(scope, "is `never`: no value fits");
  return unservable(scope, `depends on the type parameter \`${scope.analysis.checker.typeToString(type)}\``);
}

function digitsOf({ value: { negative, base10Value } }: ts.BigIntLiteralType): string {
  return `${negative ? "-" : ""}${base10Value}`;
}

function describeString(scope: Scope, type: ts.Type): TypeNode {
  const { TypeFlags } = compiler;
  if (type.isStringLiteral()) {
    return { kind: "literal", value: type.value, ...(type.flags & TypeFlags.EnumLiteral && { nominal: true }) };
  }
  if (type.flags & TypeFlags.TemplateLiteral) return describeTemplate(scope, type as ts.TemplateLiteralType);
  if (type.flags & TypeFlags.StringMapping) return describeStringMapping(type as ts.StringMappingType);
  return { kind: "string" };
}

/** Members of computed enums have no value that is known here: any number. */
function describeNumber(type: ts.Type): TypeNode {
  const nominal = (type.flags & compiler.TypeFlags.EnumLike) !== 0 && { nominal: true as const };
  return type.isNumberLiteral() ? { kind: "literal", value: type.value, ...nominal } : { kind: "number", ...nominal };
}

/** Each structured type is described once; a type met again while it is described is recursive. */
function link(scope: Scope, type: ts.Type): TypeNode {
  const { analysis, path, place } = scope;
  const shapes = shapesFor(scope);
  let shape = shapes.get(type);
  if (shape === undefined) {
    if (isEndless(scope, type)) return beyondLimits(scope, "expands without end");
    if (scope.shape.depth > mostLevels) return beyondLimits(scope, `lies deeper than ${mostLevels} levels`);
    shape = addShape(analysis, type, scope);
    shapes.set(type, shape);
    const inside: Scope = {
      analysis,
      shape,
      path: "",
      place,
      annotation: scope.annotation,
      isAliasRead: scope.isAliasRead ?? false,
    };
    shape.body = type.isUnion() ? describeUnion(inside, type) : describeStructure(inside, type);
  }
  scope.shape.edges.push({ path, place, to: shape });
  return draftOf(shape);
}

function shapesFor({ analysis, annotation }: Scope): Map<ts.Type, Shape> {
  const written = bareNode(annotation);
  if (!written || !isConstrained(analysis, written)) return analysis.shapes;
  const place = outermost(analysis, written);
  const known = analysis.writtenShapes.get(place);
  if (known) return known;
  const shapes = new Map<ts.Type, Shape>();
  analysis.writtenShapes.set(place, shapes);
  return shapes;
}

/** An alias without arguments is the same type wherever it is written. */
function outermost({ checker }: Analysis, written: ts.TypeNode): ts.Node {
  const hasArguments = compiler.isTypeReferenceNode(written) && written.typeArguments;
  return (hasArguments ? undefined : aliasOf(checker, written)) ?? written;
}

/** Types that the checker makes itself carry their name; not part of TypeScript's public types. */
type Intrinsic = ts.Type & { readonly intrinsicName?: string };

/** What stands for a name that does not resolve; TypeScript gives it the flags of `any`. */
function isError(type: ts.Type): boolean {
  return (
    (type as ts.Type & { readonly intrinsicName?: string }).intrinsicName === "error" || type.aliasSymbol !== undefined
  );
}

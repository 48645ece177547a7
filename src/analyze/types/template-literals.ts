/** Template literal types and the letter-case types → parts that a pattern can be made of. */
import type { ts } from "ts-morph";
import type { StringNode, TemplatePart, TypeNode } from "../../model/types.js";
import { compiler } from "../checker/compiler.js";
import { unservable } from "../checker/findings.js";
import type { Scope } from "../checker/analysis.js";

export function describeTemplate(scope: Scope, type: ts.TemplateLiteralType): TypeNode {
  const parts: TemplatePart[] = [];
  for (const [index, text] of type.texts.entries()) {
    if (text !== "") parts.push({ kind: "text", text });
    const placeholder = type.types[index];
    if (placeholder === undefined) break;
    const part = toPart(placeholder);
    if (part === undefined) return unservable(scope, "is a template whose parts are not known");
    parts.push(part);
  }
  return { kind: "template", parts };
}

/** TypeScript itself multiplies out unions of literals, as long as they are small. */
function toPart(type: ts.Type): TemplatePart | undefined {
  const { TypeFlags } = compiler;
  if (type.isUnion()) return toChoice(type.types);
  if (type.flags & (TypeFlags.String | TypeFlags.StringMapping | TypeFlags.TemplateLiteral | TypeFlags.Any))
    return { kind: "string" };
  if (type.flags & TypeFlags.Number) return { kind: "number" };
  if (type.flags & TypeFlags.BigInt) return { kind: "bigint" };
  if (type.isIntersection()) return type.types.map(toPart).find((part) => part !== undefined);
  return undefined;
}

function toChoice(types: readonly ts.Type[]): TemplatePart | undefined {
  const texts = types.flatMap((type) => (type.isStringLiteral() || type.isNumberLiteral() ? [String(type.value)] : []));
  return texts.length === types.length ? { kind: "choice", texts } : undefined;
}

/** By Unicode property, because `[A-Z]` would refuse letters that TypeScript accepts. */
const casePatterns: Readonly<Record<string, string>> = {
  Uppercase: "^\\P{Changes_When_Uppercased}*$",
  Lowercase: "^\\P{Changes_When_Lowercased}*$",
  Capitalize: "^(?!\\p{Changes_When_Uppercased})",
  Uncapitalize: "^(?!\\p{Changes_When_Lowercased})",
};

export function describeStringMapping(type: ts.StringMappingType): StringNode {
  const pattern = type.type.flags & compiler.TypeFlags.String ? casePatterns[type.symbol.name] : undefined;
  return { kind: "string", nominal: true, ...(pattern !== undefined && { constraints: { pattern } }) };
}

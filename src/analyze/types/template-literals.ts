/** Template literal types and the letter-case types → parts that a pattern can be made of. */
import type { ts } from "ts-morph";
import type { StringNode, TemplatePart, TypeNode } from "../../model/types.js";
import { compiler } from "../checker/compiler.js";
import { unservable } from "../checker/findings.js";
import type { Scope } from "../checker/analysis.js";

export function describeTemplate(scope: Scope, type: ts.TemplateLiteralType): TypeNode {
  if (type.types.some(isCased)) return patterned(patternOf(type)) ?? unknownParts(scope);
  const parts: TemplatePart[] = [];
  for (const [index, text] of type.texts.entries()) {
    if (text !== "") parts.push({ kind: "text", text });
    const placeholder = type.types[index];
    if (placeholder === undefined) break;
    const part = toPart(placeholder);
    if (part === undefined) return unknownParts(scope);
    parts.push(part);
  }
  return { kind: "template", parts };
}

function unknownParts(scope: Scope): TypeNode {
  return unservable(scope, "is a template whose parts are not known");
}

/** `a${string}` & `${string}z`: a text that fits both. Nothing for parts of another kind. */
export function describeTexts(types: readonly ts.Type[]): StringNode | undefined {
  const narrow = types.filter(({ flags }) => !(flags & compiler.TypeFlags.String));
  const patterns = narrow.flatMap((type) => patternOf(type) ?? []);
  if (patterns.length < narrow.length) return undefined;
  const [only, other] = patterns;
  return patterned(other === undefined ? only : patterns.map((pattern) => `(?=${pattern}$)`).join(""));
}

/** The checker knows more of it than a string: the generated call casts. */
function patterned(pattern: string | undefined): StringNode | undefined {
  if (pattern === undefined) return undefined;
  const anchored = pattern.startsWith("(?=") ? `^${pattern}` : `^${pattern}$`;
  return { kind: "string", nominal: true, constraints: { pattern: anchored } };
}

function isCased(type: ts.Type): boolean {
  if (type.isIntersection()) return type.types.some(isCased);
  return (type.flags & (compiler.TypeFlags.StringMapping | compiler.TypeFlags.TemplateLiteral)) !== 0;
}

/** Without anchors. */
function patternOf(type: ts.Type): string | undefined {
  const { TypeFlags } = compiler;
  if (type.isUnion()) {
    const patterns = type.types.flatMap((each) => patternOf(each) ?? []);
    return patterns.length === type.types.length ? `(${patterns.join("|")})` : undefined;
  }
  if (type.isStringLiteral() || type.isNumberLiteral()) return escape(String(type.value));
  if (type.flags & TypeFlags.TemplateLiteral) {
    const { texts, types } = type as ts.TemplateLiteralType;
    const inner = types.map(patternOf);
    return inner.includes(undefined) ? undefined : texts.map((text, at) => escape(text) + (inner[at] ?? "")).join("");
  }
  if (type.flags & TypeFlags.StringMapping) return casePattern(type as ts.StringMappingType);
  if (type.flags & (TypeFlags.String | TypeFlags.Any)) return "[\\s\\S]*";
  if (type.flags & TypeFlags.Number) return "-?\\d+(\\.\\d+)?";
  if (type.flags & TypeFlags.BigInt) return "-?\\d+";
  if (type.isIntersection()) return type.types.map(patternOf).find((pattern) => pattern !== undefined);
  return undefined;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
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
const kept: Readonly<Record<string, string>> = {
  Uppercase: "\\P{Changes_When_Uppercased}",
  Lowercase: "\\P{Changes_When_Lowercased}",
  Capitalize: "\\P{Changes_When_Uppercased}",
  Uncapitalize: "\\P{Changes_When_Lowercased}",
};

/** Capitals are a matter of the first letter; the others are what the type within says. */
function casePattern({ symbol, type }: ts.StringMappingType): string | undefined {
  const letter = kept[symbol.name];
  // Of digits, as in `Uppercase<`${number}`>`, none is changed.
  if (type.flags & compiler.TypeFlags.TemplateLiteral) return patternOf(type);
  const isMapped = (type.flags & compiler.TypeFlags.StringMapping) !== 0;
  if (letter === undefined) return undefined;
  if (!symbol.name.endsWith("italize")) return `${letter}*`;
  const rest = isMapped ? kept[(type as ts.StringMappingType).symbol.name] : undefined;
  return `(${letter}${rest ?? "[\\s\\S]"}*)?`;
}

export function describeStringMapping(type: ts.StringMappingType): StringNode {
  const { symbol, type: within } = type;
  const isPlain = within.flags & compiler.TypeFlags.String && symbol.name.endsWith("italize");
  const first = isPlain && kept[symbol.name]?.replace("\\P", "\\p");
  if (first) return { kind: "string", nominal: true, constraints: { pattern: `^(?!${first})` } };
  return patterned(patternOf(type)) ?? { kind: "string", nominal: true };
}

/**
 * Types → their names; recursive types → those of their definitions. The type's own name with its arguments, `TreeOfString`.
 * Where arguments or results go without a part of it, or only results may have null in it, it is two types.
 */
import type { ts } from "ts-morph";
import { compareText, upperFirst } from "../../model/text.js";
import type { Direction } from "../../model/types.js";
import type { Analysis, Finding, Shape } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { inWrittenOrder } from "../checker/order.js";
import { isBuiltIn } from "../checker/built-in-types.js";
import { findRecursive } from "./recursion.js";
import { argumentsOf, symbolName, symbolOf } from "../checker/symbols.js";

const longest = 64;

export interface Names extends Readonly<Record<Direction, string>> {
  /** What it is called and where it is declared; absent where it has no name of its own, or not the plain one. */
  readonly identity?: string;
}

export function nameShapes(analysis: Analysis): Map<Shape, Names> {
  const recursive = findRecursive(analysis, ({ type }) => declaredName(type) !== undefined);
  // By place: which type keeps the plain name must not depend on which function is read first.
  const sorted = recursive
    .map((shape) => ({ shape, name: shapeName(analysis, shape), place: placeOf(analysis, shape.type) }))
    .sort(
      (a, b) => compareText(a.name, b.name) || compareText(a.place.file, b.place.file) || a.place.pos - b.place.pos,
    );

  const taken = new Set<string>();
  const take = (name: string): string => {
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
    taken.add(free);
    return free;
  };
  const plain = sorted.map((named) => ({ ...named, input: take(named.name) }));
  return new Map(
    plain.map(({ shape, name, place, input }): [Shape, Names] => {
      const wanted = `${input}Result`;
      const output = analysis.sources.loose || isTwofold(shape) ? take(wanted) : input;
      const isPlain = input === name && (output === input || output === wanted);
      const identity = `${name} ${place.file} ${String(place.pos)}`;
      return [shape, { input, output, ...(isPlain && declaredName(shape.type) !== undefined && { identity }) }];
    }),
  );
}

/** It, or what it is made of, has a part in one direction that it has not in the other. */
function isTwofold(root: Shape): boolean {
  const visited = new Set<Shape>();
  const visit = (shape: Shape): boolean => {
    if (visited.has(shape)) return false;
    visited.add(shape);
    return shape.findings.some(isPartial) || shape.edges.some(({ to }) => visit(to));
  };
  return visit(root);
}

function isPartial({ kind, of }: Finding): boolean {
  return of !== undefined && (kind === "leftOut" || kind === "alternatives");
}

/** Of an alias, an interface, a class; not of what is anonymous, or of the language's own `Array` and `Map`. */
export function declaredName(type: ts.Type): string | undefined {
  if (type.aliasSymbol) return symbolName(type.aliasSymbol);
  return type.isClassOrInterface() ? symbolName(type.symbol) : generic(type);
}

const structural = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "Map", "ReadonlyMap"]);

function generic(type: ts.Type): string | undefined {
  const target = "target" in type ? (type.target as ts.Type) : undefined;
  if (target === undefined || target === type || !target.isClassOrInterface()) return undefined;
  return structural.has(target.symbol.name) ? undefined : symbolName(target.symbol);
}

/** Of an object that the user, or a package, has declared and named. */
export function objectName(analysis: Analysis, type: ts.Type): string | undefined {
  const symbol = type.aliasSymbol ?? symbolOf(type);
  const name = symbol && !isBuiltIn(analysis, symbol) ? typeName(analysis, type) : undefined;
  return name === undefined ? undefined : toIdentifier(name);
}

function shapeName(analysis: Analysis, shape: Shape): string {
  const own = typeName(analysis, shape.type);
  if (own !== undefined) return toIdentifier(own);
  const owner = shape.owner ? (typeName(analysis, shape.owner.type) ?? "") : "";
  return toIdentifier(`${owner}${upperFirst(shape.ownerPath.replace(/^\./, ""))}`);
}

function typeName(analysis: Analysis, type: ts.Type): string | undefined {
  const name = declaredName(type);
  if (name === undefined) return undefined;
  const typeArguments = type.aliasSymbol ? (type.aliasTypeArguments ?? []) : argumentsOf(analysis, type);
  return typeArguments.length === 0
    ? name
    : `${name}Of${typeArguments.map((argument) => argumentName(analysis, argument)).join("And")}`;
}

function argumentName(analysis: Analysis, type: ts.Type): string {
  const { checker } = analysis;
  if (checker.isArrayType(type))
    return `${argumentsOf(analysis, type)
      .map((element) => argumentName(analysis, element))
      .join("")}Array`;
  const named = typeName(analysis, type);
  // The checker prints the members of a union in the order in which it met them anywhere.
  if (named === undefined && type.isUnion() && !(type.flags & compiler.TypeFlags.Boolean))
    return inWrittenOrder({ analysis, annotation: undefined }, type, type.types)
      .map((member) => upperFirst(argumentName(analysis, member)))
      .join(" ");
  return upperFirst(named ?? checker.typeToString(type));
}

function toIdentifier(text: string): string {
  const words = text.split(/[^A-Za-z0-9_]+/).filter((word) => word !== "");
  const identifier = words.map((word, index) => (index === 0 ? word : upperFirst(word))).join("");
  return (/^[A-Za-z_]/.test(identifier) ? identifier : `Type${identifier}`).slice(0, longest);
}

function placeOf({ sources }: Analysis, type: ts.Type): { readonly file: string; readonly pos: number } {
  const declaration = (type.aliasSymbol ?? symbolOf(type))?.declarations?.[0];
  const origin = declaration && sources.originOf(declaration.getSourceFile());
  return { file: origin?.kind === "project" ? origin.path : "", pos: declaration?.pos ?? 0 };
}

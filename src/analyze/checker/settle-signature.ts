/**
 * A generic signature → the one that TypeScript makes of it where a call does not say what its type parameters are: each is
 * its default where only the result names it, else the widest type that its constraint lets through.
 */
import type { ts } from "ts-morph";
import { compiler } from "./compiler.js";

export interface SettledSignature {
  readonly signature: ts.Signature;
  /** What stands for the type parameters, in their order. */
  readonly given: readonly ts.Type[];
}

/** Of a signature that has type parameters. */
export function settleSignature(checker: ts.TypeChecker, signature: ts.Signature): SettledSignature {
  const generic = signature as GenericSignature;
  const maker = checker as Maker;
  const { instantiations } = generic;
  generic.instantiations = undefined;
  // To compare them, the checker infers the type parameters of the one from the other.
  checker.isTypeAssignableTo(typeOf(maker, signature), typeOf(maker, callOfAnything(maker)));
  const [settled] = (generic.instantiations as Instantiations | undefined)?.values() ?? [];
  generic.instantiations = instantiations;
  if (settled === undefined) throw new Error("the checker made no signature");
  const { target, targets = target ? [target] : [] } = settled.mapper;
  return { signature: settled, given: targets };
}

/** Its `unknown` stands for a type parameter: that any value will do is what the user means. */
export function isSettled(signature: ts.Signature): boolean {
  return (signature as Partial<GenericSignature>).target?.typeParameters !== undefined;
}

/** `(...given: unknown[]) => …`, whose result says nothing of any type parameter. */
function callOfAnything(maker: Maker): ts.Signature {
  const given = maker.createSymbol(compiler.SymbolFlags.FunctionScopedVariable, "given");
  given.links.type = maker.createArrayType(maker.getUnknownType());
  const silent = silentType(maker, []);
  // A mapped type would take what a value has no members of for `never`.
  const result = silentType(maker, [maker.createIndexInfo(maker.getStringType(), silent, false)]);
  return maker.createSignature(undefined, undefined, undefined, [given], result, undefined, 0, hasRest);
}

/** Says nothing of a type parameter that it is compared with. */
function silentType(maker: Maker, indexes: readonly ts.IndexInfo[]): ts.Type {
  const type = maker.createAnonymousType(undefined, new Map(), [], [], indexes);
  type.objectFlags |= nonInferrable;
  return type;
}

function typeOf(maker: Maker, signature: ts.Signature): ts.Type {
  return maker.createAnonymousType(undefined, new Map(), [signature], [], []);
}

const hasRest = 1;
const nonInferrable = 1 << 18;

type Instantiations = ReadonlyMap<string, ts.Signature & { readonly mapper: Mapper }>;
type Symbols = ReadonlyMap<ts.__String, ts.Symbol>;

/** What stands for one type parameter, or for several in their order. */
interface Mapper {
  readonly target?: ts.Type;
  readonly targets?: readonly ts.Type[];
}

/** Of the checker, but not of TypeScript's public types. */
interface GenericSignature extends ts.Signature {
  instantiations: Instantiations | undefined;
  /** What it is made of. */
  readonly target?: ts.Signature;
}

interface Maker extends ts.TypeChecker {
  createSymbol(flags: ts.SymbolFlags, name: string): ts.Symbol & { readonly links: { type?: ts.Type } };
  createIndexInfo(...parts: readonly unknown[]): ts.IndexInfo;
  createArrayType(element: ts.Type): ts.Type;
  createAnonymousType(
    symbol: undefined,
    members: Symbols,
    ...signatures: readonly [
      calls: readonly ts.Signature[],
      constructs: readonly ts.Signature[],
      indexes: readonly ts.IndexInfo[],
    ]
  ): ts.Type & { objectFlags: number };
  createSignature(...parts: readonly unknown[]): ts.Signature;
}

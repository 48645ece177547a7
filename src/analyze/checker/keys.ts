/** A parameter's type → its identity for injection: declared symbol and type arguments, never its structure. */
import type { ts } from "ts-morph";
import type { TypeKey } from "../../model/api.js";
import { compiler } from "./compiler.js";
import type { Analysis } from "./analysis.js";
import { argumentsOf, symbolName, symbolOf } from "./symbols.js";

/**
 * Absent for what has no declaration of its own: primitives, arrays, unions and functions without a name. What may be
 * undefined or null is looked for all the same.
 */
export function typeKey(analysis: Analysis, type: ts.Type): TypeKey | undefined {
  return exactKey(analysis, presentOf(type));
}

/** `Repo<User>` and `Repo<User | null>` are two. */
function exactKey(analysis: Analysis, present: ts.Type | undefined): TypeKey | undefined {
  // A name that does not resolve has the flags of `any`, and an alias.
  if (present === undefined || present.flags & compiler.TypeFlags.Any || isStructural(analysis, present))
    return undefined;
  // Another name for an interface or a class is no other type.
  const alias = isDeclared(present) ? undefined : present.aliasSymbol;
  const symbol = alias ?? symbolOf(present);
  if (symbol === undefined || symbol.name.startsWith("__")) return undefined;
  const typeArguments = alias ? (present.aliasTypeArguments ?? []) : argumentsOf(analysis, present);
  return {
    name: symbolName(symbol),
    module: moduleOf(analysis, symbol),
    arguments: typeArguments.map((argument) => exactKey(analysis, argument) ?? textKey(analysis, argument)),
  };
}

/** `Repo<string>` and `Repo<number>` are two keys, though `string` and `number` are none. */
function textKey({ checker }: Analysis, type: ts.Type): TypeKey {
  return { name: checker.typeToString(type), module: "typescript", arguments: [] };
}

/** Of `Cache | undefined`, `Cache`. A union of more has no single identity, unless it has a name. */
function presentOf(type: ts.Type): ts.Type | undefined {
  if (!type.isUnion() || type.aliasSymbol) return type;
  const rest = type.types.filter(({ flags }) => !(flags & (compiler.TypeFlags.VoidLike | compiler.TypeFlags.Null)));
  return rest.length === 1 ? rest[0] : undefined;
}

function isDeclared(type: ts.Type): boolean {
  const declared = "target" in type ? (type.target as ts.Type) : type;
  return declared.isClassOrInterface() && (declared.objectFlags & compiler.ObjectFlags.Tuple) === 0;
}

function isStructural({ checker }: Analysis, type: ts.Type): boolean {
  return checker.isArrayType(type) || (checker.isTupleType(type) && type.aliasSymbol === undefined);
}

function moduleOf({ sources }: Analysis, symbol: ts.Symbol): string {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return "typescript";
  const origin = sources.originOf(declaration.getSourceFile());
  switch (origin.kind) {
    case "project":
      return origin.path;
    case "package":
      return origin.name;
    case "contracts":
      return "mcpgen";
    case "library":
      return "typescript";
    case "node":
      return ambientModule(declaration) ?? "typescript";
  }
}

/** `Server` of `declare module "http"` and of `declare module "net"` are two; the globals of Node.js are the language's. */
function ambientModule(declaration: ts.Node): string | undefined {
  for (let node = declaration; !compiler.isSourceFile(node); node = node.parent) {
    if (compiler.isModuleDeclaration(node) && node.flags & compiler.NodeFlags.GlobalAugmentation) return undefined;
    if (compiler.isModuleDeclaration(node) && compiler.isStringLiteral(node.name))
      return `node:${node.name.text.replace(/^node:/, "")}`;
  }
  return undefined;
}

/** A name that a comment writes, such as `Color.Red`, `LIMIT` or `limits.most` → the JSON value that it has there. */
import type { ts } from "ts-morph";
import type { JsonValue } from "../../model/json.js";
import { compiler } from "./compiler.js";
import { literalValue, memberOf } from "./literals.js";

const name = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

/** Not part of TypeScript's public types. */
interface NameResolver {
  readonly resolveName: (
    name: string,
    place: ts.Node,
    meaning: ts.SymbolFlags,
    excludeGlobals: boolean,
  ) => ts.Symbol | undefined;
}

export interface NamedValue {
  /** Where it is literal. */
  readonly value: JsonValue | undefined;
}

/** Absent where `place` sees nothing of that name. */
export function valueOfName(checker: ts.TypeChecker, text: string, place: ts.Node): NamedValue | undefined {
  if (!name.test(text)) return undefined;
  const [first = "", ...members] = text.split(".");
  const { Value, Namespace } = compiler.SymbolFlags;
  const found = (checker as ts.TypeChecker & NameResolver).resolveName(first, place, Value | Namespace, true);
  return found && { value: valueOf(checker, found, members) };
}

function valueOf(checker: ts.TypeChecker, symbol: ts.Symbol, members: readonly string[]): JsonValue | undefined {
  const target = symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const [member, ...more] = members;
  const inside = member === undefined ? undefined : target.exports?.get(compiler.escapeLeadingUnderscores(member));
  if (inside) return valueOf(checker, inside, more);
  const { valueDeclaration: declaration } = target;
  if (declaration && compiler.isEnumMember(declaration))
    return member === undefined ? checker.getConstantValue(declaration) : undefined;
  const initializer = declaration && constantInitializer(declaration);
  return initializer && members.reduce<JsonValue | undefined>(memberOf, literalValue(checker, initializer));
}

/** Of a `const`, and of a member such as `static readonly LIMIT = 10`. */
function constantInitializer(declaration: ts.Declaration): ts.Expression | undefined {
  if (compiler.isVariableDeclaration(declaration))
    return declaration.parent.flags & compiler.NodeFlags.Const ? declaration.initializer : undefined;
  const isFixed =
    compiler.isPropertyDeclaration(declaration) &&
    compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Readonly;
  return isFixed ? declaration.initializer : undefined;
}

/** Objects with a method `toJSON`, as entities and decimals have it → what it returns, in results. As arguments there are none. */
import type { ts } from "ts-morph";
import type { TypeNode } from "../../model/types.js";
import { compiler } from "../checker/compiler.js";
import { unservable, unservableIn } from "../checker/findings.js";
import { peek, within, type Scope } from "../checker/analysis.js";

/** `reason` is why it is no argument. Nothing where it has no such method, or one that depends on how it is called. */
export function jsonOf(scope: Scope, type: ts.Type, reason: string): TypeNode | undefined {
  const { checker } = scope.analysis;
  const returned = returnedBy(checker, type);
  if (!returned || returned === type) return undefined;
  unservableIn("input", scope, { reason });
  const described = scope.analysis.describe(within(scope, ""), returned);
  const node = peek(scope.analysis, described);
  // A type that is being described just now: its JSON would contain itself without end.
  if (described.kind === "reference" && node.kind === "unknown") return unservable(scope, "turns into itself as JSON");
  return { ...node, encoded: true };
}

/** Of `JSON.stringify`: it is called with the key alone. */
export function returnedBy(checker: ts.TypeChecker, type: ts.Type): ts.Type | undefined {
  const property = type.getProperty("toJSON");
  if (!property || property.flags & compiler.SymbolFlags.Optional) return undefined;
  const [signature, overload] = checker.getTypeOfSymbol(property).getCallSignatures();
  if (!signature || overload || signature.typeParameters) return undefined;
  const returned = checker.getReturnTypeOfSignature(signature);
  return returned.flags & (compiler.TypeFlags.Any | compiler.TypeFlags.VoidLike) ? undefined : returned;
}

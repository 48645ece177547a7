/** What a provider makes → its methods that answer with a promise: those that policies can be wrapped around. */
import type { ts } from "ts-morph";
import { compareText } from "../../model/text.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";

export function asyncMethodsOf({ checker }: Analysis, made: ts.Type): readonly string[] {
  const members = checker.getPropertiesOfType(checker.getNonNullableType(made));
  // By code units: the order of an intersection's members says nothing.
  return members
    .filter((member) => isPublic(member) && isAsync(checker, member))
    .map(({ name }) => name)
    .sort(compareText);
}

/** Not named by a symbol, and nobody else's business only. */
function isPublic({ escapedName, declarations = [] }: ts.Symbol): boolean {
  const hidden = compiler.ModifierFlags.Private | compiler.ModifierFlags.Protected;
  return (
    !/^__[@#]/.test(String(escapedName)) &&
    !declarations.some((declaration) => (compiler.getCombinedModifierFlags(declaration) & hidden) !== 0)
  );
}

function isAsync(checker: ts.TypeChecker, member: ts.Symbol): boolean {
  const signatures = checker.getNonNullableType(checker.getTypeOfSymbol(member)).getCallSignatures();
  return (
    signatures.length > 0 &&
    signatures.every((signature) => isAwaitable(checker, checker.getReturnTypeOfSignature(signature)))
  );
}

function isAwaitable(checker: ts.TypeChecker, type: ts.Type): boolean {
  const awaited = checker.getAwaitedType(type);
  return awaited !== undefined && awaited !== type;
}

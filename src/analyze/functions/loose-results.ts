/** Without null checks a declared result says nothing of null and undefined: what the body returns does. */
import type { ts } from "ts-morph";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { hasNull, hasUndefined } from "../checker/presence.js";
import { symbolAt } from "../checker/symbols.js";

/** What the function's own `return`s give, not those of functions within it. */
export function returned(implementation: ts.SignatureDeclaration): ts.Expression[] {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isReturnStatement(node) && node.expression) found.push(node.expression);
    if (!compiler.isFunctionLike(node)) compiler.forEachChild(node, visit);
  };
  compiler.forEachChild(implementation, visit);
  return found;
}

/** The declared type, already out of its promise, with `null` and `undefined` where the function returns them. */
export function withReturnedAbsence(
  { checker, sources }: Analysis,
  type: ts.Type,
  implementation: ts.SignatureDeclaration | undefined,
): ts.Type {
  const { Any, Unknown, VoidLike, Never, Null, Undefined } = compiler.TypeFlags;
  const saysEnough = (type.flags & (Any | Unknown | VoidLike | Never)) !== 0;
  if (!sources.loose || !implementation || saysEnough) return type;
  const absence = absenceOf(checker, implementation, new Set());
  const orNull = absence.null ? checker.getNullableType(type, Null) : type;
  return absence.undefined ? checker.getNullableType(orNull, Undefined) : orNull;
}

interface Absence {
  readonly null: boolean;
  readonly undefined: boolean;
}

/** Through the functions whose results it returns: what they declare says as little. */
function absenceOf(checker: ts.TypeChecker, from: ts.SignatureDeclaration, visited: Set<ts.Node>): Absence {
  if (visited.has(from)) return { null: false, undefined: false };
  visited.add(from);
  const found = resultsOf(from).flatMap((expression): Absence[] => {
    const type = checker.getTypeAtLocation(expression);
    const awaited = checker.getAwaitedType(type) ?? type;
    const called = calledBy(checker, expression);
    return [
      { null: hasNull(awaited), undefined: hasUndefined(awaited) },
      ...(called ? [absenceOf(checker, called, visited)] : []),
    ];
  });
  const endsWithout = (from.flags & compiler.NodeFlags.HasImplicitReturn) !== 0;
  return {
    null: found.some((each) => each.null),
    undefined: endsWithout || found.some((each) => each.undefined),
  };
}

function resultsOf(from: ts.SignatureDeclaration): readonly ts.Expression[] {
  return compiler.isArrowFunction(from) && !compiler.isBlock(from.body) ? [from.body] : returned(from);
}

/** The function whose result an expression is, where it has a body. */
function calledBy(checker: ts.TypeChecker, expression: ts.Expression): ts.SignatureDeclaration | undefined {
  const call = compiler.isAwaitExpression(expression) ? expression.expression : expression;
  if (!compiler.isCallExpression(call)) return undefined;
  const declaration = symbolAt(checker, call.expression)?.valueDeclaration;
  const made = (declaration && compiler.isVariableDeclaration(declaration) && declaration.initializer) || declaration;
  return made && compiler.isFunctionLike(made) && "body" in made && made.body ? made : undefined;
}

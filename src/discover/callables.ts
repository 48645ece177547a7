/** An exported symbol → the declaration of the function it stands for, if it stands for one. */
import type { ts } from "ts-morph";
import { loadCompiler } from "./compiler.js";

export type CallableDeclaration = ts.FunctionDeclaration | ts.VariableDeclaration | ts.ExportAssignment;

/** Where parameters and body stand; a function made by a call, such as `memoize(f)`, has no such place. */
export type Implementation = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

export function callableDeclaration(checker: ts.TypeChecker, symbol: ts.Symbol): CallableDeclaration | undefined {
  const { ts } = loadCompiler();
  const declarations = symbol.declarations ?? [];
  // Of overloads, the one with the body: it is the last.
  const declared = declarations.filter(ts.isFunctionDeclaration).at(-1);
  if (declared) return declared;

  const variable = declarations.find(ts.isVariableDeclaration) ?? declarations.find(ts.isExportAssignment);
  if (variable === undefined) return undefined;
  const value = valueOf(variable);
  if (implementationOf(variable)) return variable;
  const typed = ts.isVariableDeclaration(variable) && variable.type !== undefined;
  if (value && !typed && !mayBeFunction(value)) return undefined;
  return isPureFunction(checker.getTypeOfSymbol(symbol)) ? variable : undefined;
}

export function implementationOf(declaration: CallableDeclaration): Implementation | undefined {
  const { ts } = loadCompiler();
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = valueOf(declaration);
  return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
}

/** Without the parentheses and type assertions around it. */
function valueOf(declaration: ts.VariableDeclaration | ts.ExportAssignment): ts.Expression | undefined {
  const { ts } = loadCompiler();
  let value = ts.isExportAssignment(declaration) ? declaration.expression : declaration.initializer;
  while (value && (ts.isParenthesizedExpression(value) || ts.isAsExpression(value) || ts.isSatisfiesExpression(value)))
    value = value.expression;
  return value;
}

/** Only these expressions can give a function made elsewhere; the type of the others need not be asked for. */
function mayBeFunction(value: ts.Expression): boolean {
  const { ts } = loadCompiler();
  return (
    ts.isCallExpression(value) ||
    ts.isIdentifier(value) ||
    ts.isPropertyAccessExpression(value) ||
    ts.isElementAccessExpression(value) ||
    ts.isConditionalExpression(value) ||
    ts.isBinaryExpression(value)
  );
}

/** `memoize(f)` is a function; an Express application can be called as well, but it is an object with methods. */
function isPureFunction(type: ts.Type): boolean {
  return (
    type.getCallSignatures().length > 0 &&
    type.getProperties().length === 0 &&
    type.getConstructSignatures().length === 0
  );
}

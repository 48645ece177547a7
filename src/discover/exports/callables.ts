/** An exported symbol → the declaration of the function it stands for, if it stands for one. */
import type { ts } from "ts-morph";
import { loadCompiler } from "../compiler/compiler-options.js";
import { isUnbound } from "./unbound.js";
import { bareValue } from "./values.js";

export type CallableDeclaration =
  ts.FunctionDeclaration | ts.VariableDeclaration | ts.BindingElement | ts.ExportAssignment | AssignedMember;

/** `export { words } from "lodash-es"`: that of an object which is all of its module (`export =`). */
type AssignedMember = ts.MethodSignature | ts.PropertySignature;

/** Where parameters and body stand; a function made by a call, such as `memoize(f)`, has no such place. */
export type Implementation = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

export function callableDeclaration(checker: ts.TypeChecker, symbol: ts.Symbol): CallableDeclaration | undefined {
  const { ts } = loadCompiler();
  const declarations = symbol.declarations ?? [];
  // Of overloads, the one with the body: it is the last.
  const declared = declarations.filter(ts.isFunctionDeclaration).at(-1);
  // `export declare function` promises what is defined elsewhere, so that nothing can be imported.
  if (declared) return isAmbient(declared) ? undefined : declared;
  if (declarations.some(ts.isExportSpecifier)) return assignedMember(checker, symbol);
  const bound = declarations.find(ts.isBindingElement);
  if (bound) return isPlainFunction(checker.getTypeOfSymbol(symbol)) && !isUnbound(checker, bound) ? bound : undefined;

  const variable = declarations.find(ts.isVariableDeclaration) ?? declarations.find(ts.isExportAssignment);
  if (variable === undefined || isAmbient(variable)) return undefined;
  const value = valueOf(checker, variable);
  const typed = ts.isVariableDeclaration(variable) && variable.type !== undefined;
  if (implementationOf(checker, variable)) return typed && !isCallable(checker, symbol) ? undefined : variable;
  if (value && !typed && !mayBeFunction(value)) return undefined;
  return isPlainFunction(checker.getTypeOfSymbol(symbol)) && !isUnbound(checker, variable) ? variable : undefined;
}

function assignedMember(checker: ts.TypeChecker, symbol: ts.Symbol): AssignedMember | undefined {
  const { ts } = loadCompiler();
  const isMember = (each: ts.Declaration): each is AssignedMember =>
    ts.isMethodSignature(each) || ts.isPropertySignature(each);
  const member = checker.getAliasedSymbol(symbol).declarations?.find(isMember);
  return member && isPlainFunction(checker.getTypeOfSymbol(symbol)) ? member : undefined;
}

export function implementationOf(
  checker: ts.TypeChecker,
  declaration: CallableDeclaration,
): Implementation | undefined {
  const { ts } = loadCompiler();
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  const value = valueOf(checker, declaration);
  return value && isFunctionValue(value) ? value : undefined;
}

export function isFunctionValue(value: ts.Expression): value is ts.ArrowFunction | ts.FunctionExpression {
  const { ts } = loadCompiler();
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value);
}

function valueOf(
  checker: ts.TypeChecker,
  declaration: Exclude<CallableDeclaration, ts.FunctionDeclaration>,
): ts.Expression | undefined {
  const { ts } = loadCompiler();
  const source = ts.isBindingElement(declaration) ? boundMember(checker, declaration) : declaration;
  let value: ts.Expression | undefined;
  if (source && ts.isExportAssignment(source)) value = source.expression;
  else if (source && (ts.isVariableDeclaration(source) || ts.isPropertyAssignment(source))) value = source.initializer;
  return bareValue(value);
}

/** Only these expressions can give a function made elsewhere; the type of the others need not be asked for. */
function mayBeFunction(value: ts.Expression): boolean {
  const { ts } = loadCompiler();
  return (
    ts.isCallExpression(value) ||
    ts.isAwaitExpression(value) ||
    ts.isIdentifier(value) ||
    ts.isPropertyAccessExpression(value) ||
    ts.isElementAccessExpression(value) ||
    ts.isConditionalExpression(value) ||
    ts.isExpressionWithTypeArguments(value) ||
    ts.isBinaryExpression(value)
  );
}

/** The member of an object that `const { read } = store` or `export default store.read` takes. */
export function memberBehind(checker: ts.TypeChecker, declaration: CallableDeclaration): ts.Declaration | undefined {
  const { ts } = loadCompiler();
  if (ts.isBindingElement(declaration)) return boundMember(checker, declaration);
  const value = ts.isFunctionDeclaration(declaration) ? undefined : valueOf(checker, declaration);
  return value && ts.isPropertyAccessExpression(value)
    ? checker.getSymbolAtLocation(value.name)?.declarations?.[0]
    : undefined;
}

/** The member of the object that `const { read } = store` takes apart; of an array, nothing. */
function boundMember(checker: ts.TypeChecker, element: ts.BindingElement): ts.Declaration | undefined {
  const { ts } = loadCompiler();
  const name = element.propertyName ?? element.name;
  if (!ts.isObjectBindingPattern(element.parent) || !ts.isIdentifier(name)) return undefined;
  return checker.getTypeAtLocation(element.parent).getProperty(name.text)?.declarations?.[0];
}

/** What memoising, debouncing and limiting add to a function: `cache`, `cancel`, `flush`, `pending`. */
const mostMembers = 8;

/** What is typed as a function or nothing, is not. */
function isCallable(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  return checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0;
}

/** `memoize(f)` is a function; an Express application can be called as well, but it is an object with methods. */
function isPlainFunction(type: ts.Type): boolean {
  return (
    type.getCallSignatures().length > 0 &&
    type.getProperties().length <= mostMembers &&
    type.getConstructSignatures().length === 0
  );
}

/** Methods that take something: those that memoising and debouncing add take nothing. */
export function hasMethods(checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  return checker
    .getTypeOfSymbol(symbol)
    .getProperties()
    .some((member) =>
      checker
        .getTypeOfSymbol(member)
        .getCallSignatures()
        .some(({ parameters }) => parameters.length > 0),
    );
}

/** In a file of code: a declaration file stands for code that is there. */
function isAmbient(declaration: ts.Declaration): boolean {
  const { ts } = loadCompiler();
  if (declaration.getSourceFile().isDeclarationFile) return false;
  return (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Ambient) !== 0;
}

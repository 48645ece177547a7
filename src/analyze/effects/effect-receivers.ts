/**
 * What a method is called on → the name of its interface, where the text says so: asking the checker would have it
 * check most of the body. Undefined where the text does not say.
 */
import type { ts } from "ts-morph";
import { symbolAt } from "../checker/symbols.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";
import { bare } from "./module-state.js";

/** What methods return, by interface and method. */
const results: ReadonlyMap<string, string> = new Map([
  ...each(
    "Array",
    "filter map slice concat flat flatMap toSorted toReversed toSpliced splice sort reverse fill",
    "Array",
  ),
  ...each("Array", "join", "String"),
  ...each("String", "trim trimStart trimEnd slice substring toUpperCase toLowerCase replace replaceAll", "String"),
  ...each("String", "padStart padEnd repeat normalize concat charAt", "String"),
  ...each("String", "split", "Array"),
  ...each("Object", "keys values entries", "Array"),
  ...each("ArrayConstructor", "from of", "Array"),
  ...each("JSON", "stringify", "String"),
  ...each("Date", "toISOString toJSON", "String"),
]);

function each(owner: string, methods: string, result: string): (readonly [string, string])[] {
  return methods.split(" ").map((method) => [`${owner}.${method}`, result]);
}

/** Global functions whose calls and classes whose instances are of the interface of their name. */
const named: ReadonlySet<string> = new Set([
  "String",
  "Number",
  "Array",
  "Map",
  "Set",
  "Date",
  "URL",
  "URLSearchParams",
]);

/** A definition that leads to another and so on is not followed further than this. */
const maxSteps = 8;

export function interfaceOf(analysis: Analysis, written: ts.Expression, steps = 0): string | undefined {
  const expression = bare(written);
  if (steps > maxSteps) return undefined;
  if (compiler.isArrayLiteralExpression(expression)) return "Array";
  if (compiler.isStringLiteralLike(expression) || compiler.isTemplateExpression(expression)) return "String";
  if (compiler.isNumericLiteral(expression)) return "Number";
  if (compiler.isRegularExpressionLiteral(expression)) return "RegExp";
  if (compiler.isIdentifier(expression)) return ofVariable(analysis, expression, steps + 1);
  if (compiler.isAwaitExpression(expression)) return ofAwaited(analysis, bare(expression.expression));
  if (!compiler.isCallExpression(expression) && !compiler.isNewExpression(expression)) return undefined;
  const callee = bare(expression.expression);
  if (compiler.isIdentifier(callee)) return ofFunction(analysis, callee);
  if (!compiler.isPropertyAccessExpression(callee)) return undefined;
  const owner = globalObject(analysis, callee.expression) ?? interfaceOf(analysis, callee.expression, steps + 1);
  return owner === undefined ? undefined : results.get(`${owner}.${callee.name.text}`);
}

/** `String(x)`, `new Map()`, or a function that says what it returns. */
function ofFunction(analysis: Analysis, callee: ts.Identifier): string | undefined {
  if (isGlobal(analysis, callee)) return named.has(callee.text) ? callee.text : undefined;
  const returned = returnedBy(analysis, callee);
  return returned && ofTypeNode(analysis, returned);
}

/** Of a function that says that it returns a promise, what that is of. */
function ofAwaited(analysis: Analysis, expression: ts.Expression): string | undefined {
  const callee = compiler.isCallExpression(expression) ? bare(expression.expression) : undefined;
  const returned = callee && compiler.isIdentifier(callee) ? returnedBy(analysis, callee) : undefined;
  if (!returned || !compiler.isTypeReferenceNode(returned) || !compiler.isIdentifier(returned.typeName))
    return undefined;
  const [promised] = returned.typeArguments ?? [];
  const isPromise = returned.typeName.text === "Promise" && isGlobal(analysis, returned.typeName);
  return isPromise && promised ? ofTypeNode(analysis, promised) : undefined;
}

function returnedBy({ checker }: Analysis, callee: ts.Identifier): ts.TypeNode | undefined {
  const declaration = symbolAt(checker, callee)?.valueDeclaration;
  return declaration && compiler.isFunctionDeclaration(declaration) ? declaration.type : undefined;
}

/** `Object`, `JSON`; `Array` itself has other methods than arrays. */
function globalObject(analysis: Analysis, written: ts.Expression): string | undefined {
  const object = bare(written);
  if (!compiler.isIdentifier(object) || !/^(?:Object|JSON|Array)$/.test(object.text)) return undefined;
  if (!isGlobal(analysis, object)) return undefined;
  return object.text === "Array" ? "ArrayConstructor" : object.text;
}

function ofVariable(analysis: Analysis, identifier: ts.Identifier, steps: number): string | undefined {
  const declaration = symbolAt(analysis.checker, identifier)?.valueDeclaration;
  if (declaration === undefined) return undefined;
  if (!compiler.isVariableDeclaration(declaration) && !compiler.isParameter(declaration)) return undefined;
  if (!compiler.isIdentifier(declaration.name)) return undefined;
  if (declaration.type) return ofTypeNode(analysis, declaration.type);
  return declaration.initializer && interfaceOf(analysis, declaration.initializer, steps);
}

function ofTypeNode(analysis: Analysis, node: ts.TypeNode): string | undefined {
  if (compiler.isArrayTypeNode(node) || compiler.isTupleTypeNode(node)) return "Array";
  if (compiler.isTypeOperatorNode(node)) return ofTypeNode(analysis, node.type);
  if (node.kind === compiler.SyntaxKind.StringKeyword) return "String";
  if (node.kind === compiler.SyntaxKind.NumberKeyword) return "Number";
  if (!compiler.isTypeReferenceNode(node) || !compiler.isIdentifier(node.typeName)) return undefined;
  const name = node.typeName.text;
  return /^(?:Readonly)?(?:Array|Map|Set)$|^(?:Date|URL)$/.test(name) && isGlobal(analysis, node.typeName)
    ? name
    : undefined;
}

function isGlobal({ checker, sources }: Analysis, name: ts.Identifier): boolean {
  const declaration = symbolAt(checker, name)?.declarations?.[0];
  if (declaration === undefined) return false;
  const { kind } = sources.originOf(declaration.getSourceFile());
  return kind === "library" || kind === "node";
}

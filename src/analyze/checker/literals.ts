/** An expression → the JSON value that it certainly has. Nothing is run: what is not literal has no value here. */
import type { ts } from "ts-morph";
import type { JsonValue } from "../../model/json.js";
import { symbolAt } from "./symbols.js";
import { compiler } from "./compiler.js";

/** Constants may refer to constants; a chain longer than this is no literal to a reader either. */
const longestChain = 16;

/** Without a checker, as for the text of a comment, names have no value. */
export function literalValue(
  checker: ts.TypeChecker | undefined,
  expression: ts.Expression,
  depth = 0,
): JsonValue | undefined {
  if (depth > longestChain) return undefined;
  const value = (inner: ts.Expression): JsonValue | undefined => literalValue(checker, inner, depth + 1);
  const node = expression;
  const { SyntaxKind } = compiler;
  if (compiler.isStringLiteralLike(node)) return node.text;
  if (compiler.isNumericLiteral(node)) return Number(node.text);
  // On the wire a bigint is a string of digits.
  if (compiler.isBigIntLiteral(node)) return BigInt(node.text.slice(0, -1)).toString();
  if (node.kind === SyntaxKind.TrueKeyword) return true;
  if (node.kind === SyntaxKind.FalseKeyword) return false;
  if (node.kind === SyntaxKind.NullKeyword) return null;
  if (isWrapper(node)) return value(node.expression);
  if (compiler.isPrefixUnaryExpression(node)) return signed(node.operator, value(node.operand));
  if (compiler.isBinaryExpression(node))
    return calculated(node.operatorToken.kind, value(node.left), value(node.right));
  if (compiler.isArrayLiteralExpression(node)) return arrayValue(node, value);
  if (compiler.isObjectLiteralExpression(node)) return objectValue(node, value);
  if (compiler.isPropertyAccessExpression(node))
    return (
      enumValue(checker, node) ??
      memberOf(value(node.expression), node.name.text) ??
      constantValue(checker, node.name, value)
    );
  if (compiler.isElementAccessExpression(node))
    return enumValue(checker, node) ?? memberOf(value(node.expression), value(node.argumentExpression));
  return compiler.isIdentifier(node) ? constantValue(checker, node, value) : undefined;
}

type Evaluate = (expression: ts.Expression) => JsonValue | undefined;

function isWrapper(
  node: ts.Expression,
): node is ts.ParenthesizedExpression | ts.AsExpression | ts.SatisfiesExpression | ts.NonNullExpression {
  return (
    compiler.isParenthesizedExpression(node) ||
    compiler.isAsExpression(node) ||
    compiler.isSatisfiesExpression(node) ||
    compiler.isNonNullExpression(node)
  );
}

function signed(operator: ts.PrefixUnaryOperator, value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== "number") return undefined;
  if (operator === compiler.SyntaxKind.MinusToken) return -value;
  return operator === compiler.SyntaxKind.PlusToken ? value : undefined;
}

/** `5 * 60`, `1024 ** 2`. */
function calculated(
  operator: ts.SyntaxKind,
  left: JsonValue | undefined,
  right: JsonValue | undefined,
): JsonValue | undefined {
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  const { SyntaxKind } = compiler;
  const results = new Map<ts.SyntaxKind, number>([
    [SyntaxKind.PlusToken, left + right],
    [SyntaxKind.MinusToken, left - right],
    [SyntaxKind.AsteriskToken, left * right],
    [SyntaxKind.SlashToken, left / right],
    [SyntaxKind.AsteriskAsteriskToken, left ** right],
  ]);
  const result = results.get(operator);
  return result !== undefined && Number.isFinite(result) ? result : undefined;
}

function arrayValue(node: ts.ArrayLiteralExpression, value: Evaluate): JsonValue | undefined {
  const elements: JsonValue[] = [];
  for (const element of node.elements) {
    const item = compiler.isSpreadElement(element) ? value(element.expression) : value(element);
    if (item === undefined) return undefined;
    if (!compiler.isSpreadElement(element)) elements.push(item);
    else if (Array.isArray(item)) elements.push(...(item as readonly JsonValue[]));
    else return undefined;
  }
  return elements;
}

function objectValue(node: ts.ObjectLiteralExpression, value: Evaluate): JsonValue | undefined {
  const entries: [string, JsonValue][] = [];
  for (const property of node.properties) {
    const isNamed = compiler.isPropertyAssignment(property) || compiler.isShorthandPropertyAssignment(property);
    if (!isNamed || compiler.isComputedPropertyName(property.name)) return undefined;
    const item = value(compiler.isPropertyAssignment(property) ? property.initializer : property.name);
    if (item === undefined) return undefined;
    entries.push([property.name.text, item]);
  }
  return Object.fromEntries(entries);
}

function enumValue(
  checker: ts.TypeChecker | undefined,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): JsonValue | undefined {
  const name = compiler.isPropertyAccessExpression(node) ? node.name : node.argumentExpression;
  const member = checker && symbolAt(checker, name)?.valueDeclaration;
  return member && compiler.isEnumMember(member) ? checker?.getConstantValue(member) : undefined;
}

/** Of an object or a list. */
export function memberOf(object: JsonValue | undefined, name: JsonValue | undefined): JsonValue | undefined {
  if (typeof object !== "object" || object === null || (typeof name !== "string" && typeof name !== "number"))
    return undefined;
  return Object.hasOwn(object, name) ? (object as Readonly<Record<string, JsonValue>>)[name] : undefined;
}

/** Of a name, also of one in a namespace: `Limits.most`, `limits.most` after `import * as limits`. */
function constantValue(
  checker: ts.TypeChecker | undefined,
  node: ts.MemberName,
  value: Evaluate,
): JsonValue | undefined {
  if (!checker) return undefined;
  const symbol = compiler.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : symbolAt(checker, node);
  const declaration = symbol?.valueDeclaration;
  if (!declaration || !compiler.isVariableDeclaration(declaration) || declaration.initializer === undefined)
    return undefined;
  return declaration.parent.flags & compiler.NodeFlags.Const ? value(declaration.initializer) : undefined;
}

/** Regular expressions that keep nothing from one use to the next, by how they are written. */
import type { ts } from "ts-morph";
import { compiler } from "../checker/compiler.js";

/** Written out, or made of a text, without `g` and `y`. */
export function isPlainPattern(value: ts.Expression): boolean {
  const flags = flagsOf(value);
  return flags !== undefined && !/[gy]/.test(flags);
}

/** Of a regular expression that is written out, or made with flags that are; undefined for all others. */
function flagsOf(value: ts.Expression): string | undefined {
  if (compiler.isRegularExpressionLiteral(value)) return value.text.slice(value.text.lastIndexOf("/"));
  if (!compiler.isNewExpression(value) && !compiler.isCallExpression(value)) return undefined;
  const [pattern, flags] = value.arguments ?? [];
  const isMade = compiler.isIdentifier(value.expression) && value.expression.text === "RegExp";
  if (!isMade || pattern === undefined) return undefined;
  // A pattern that is a regular expression hands on its flags.
  if (flags === undefined) return isText(pattern) ? "" : undefined;
  return compiler.isStringLiteralLike(flags) ? flags.text : undefined;
}

function isText(expression: ts.Expression): boolean {
  if (compiler.isStringLiteralLike(expression) || compiler.isTemplateExpression(expression)) return true;
  return compiler.isBinaryExpression(expression) && (isText(expression.left) || isText(expression.right));
}

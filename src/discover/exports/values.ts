/** Expressions as what they give. */
import type { ts } from "ts-morph";
import { loadCompiler } from "../compiler/compiler-options.js";

/** Without the parentheses, type assertions and `!` around it. */
export function bareValue(value: ts.Expression | undefined): ts.Expression | undefined {
  const { ts } = loadCompiler();
  let bare = value;
  while (
    bare &&
    (ts.isParenthesizedExpression(bare) ||
      ts.isAsExpression(bare) ||
      ts.isSatisfiesExpression(bare) ||
      ts.isTypeAssertionExpression(bare) ||
      ts.isNonNullExpression(bare))
  )
    bare = bare.expression;
  return bare;
}

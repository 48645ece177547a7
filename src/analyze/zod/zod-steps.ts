/** `z.string().min(1).email()` → its steps; a step and the type that it is said of → constraints, as tags would give them. */
import type { ts } from "ts-morph";
import type { Origin } from "../../model/origins.js";
import { constraintKind, constraints, type ConstraintKind } from "../../language/constraints.js";
import type { TypeNode } from "../../model/types.js";
import { symbolAt } from "../checker/symbols.js";
import { compiler } from "../checker/compiler.js";
import type { PlacedTag } from "../constraints/constraints.js";
import type { Analysis } from "../checker/analysis.js";
import { literalValue } from "../checker/literals.js";

export interface Step {
  /** `min`; of the first, what stands behind `z.`: `string`, `iso.date`. */
  readonly name: string;
  readonly isFirst: boolean;
  readonly arguments: readonly ts.Expression[];
  readonly node: ts.Node;
}

/** A chain of constants is followed to its end; empty for what is no chain of calls. */
export function stepsOf(analysis: Analysis, expression: ts.Expression, depth = 0): readonly Step[] {
  if (depth > 64) return [];
  if (compiler.isParenthesizedExpression(expression) || compiler.isSatisfiesExpression(expression))
    return stepsOf(analysis, expression.expression, depth + 1);
  if (compiler.isIdentifier(expression)) {
    const source = constantOf(analysis, expression);
    return source ? stepsOf(analysis, source, depth + 1) : [];
  }
  if (!compiler.isCallExpression(expression)) return [];
  const { expression: callee } = expression;
  if (!compiler.isPropertyAccessExpression(callee)) return [];
  const before = stepsOf(analysis, callee.expression, depth + 1);
  const isFirst = before.length === 0;
  const name = isFirst ? dotted(callee) : callee.name.text;
  return [...before, { name, isFirst, arguments: expression.arguments, node: callee.name }];
}

function constantOf(analysis: Analysis, name: ts.Identifier): ts.Expression | undefined {
  const symbol = compiler.isShorthandPropertyAssignment(name.parent)
    ? analysis.checker.getShorthandAssignmentValueSymbol(name.parent)
    : symbolAt(analysis.checker, name);
  const declaration = symbol?.valueDeclaration;
  return declaration && compiler.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
}

/** Without the namespace itself: `z.iso.date` is `iso.date`. */
function dotted({ expression, name }: ts.PropertyAccessExpression): string {
  return compiler.isPropertyAccessExpression(expression) ? `${dotted(expression)}.${name.text}` : name.text;
}

/** Each gives tags with its argument as their text, or with a text of their own. */
export function tagsOfStep(analysis: Analysis, node: TypeNode, step: Step): readonly PlacedTag[] {
  const kind = kindOf(node);
  const [argument] = step.arguments;
  const given = argument && textOf(analysis, argument);
  return constraints.flatMap(({ on, row }) => {
    const text = on === kind && Object.hasOwn(row.steps, step.name) ? row.steps[step.name]?.(given) : undefined;
    if (text === undefined) return [];
    const origin = stepOrigin(analysis, step);
    return [{ name: row.tag, text, span: analysis.sources.spanOf(step.node), ...(origin && { origin }) }];
  });
}

/** Absent where the analysis keeps none. */
export function stepOrigin(analysis: Analysis, { name, isFirst, node, arguments: given }: Step): Origin | undefined {
  if (analysis.origins === "dropped") return undefined;
  const [argument] = given;
  const text = `${isFirst ? "z." : "."}${name}(${argument?.getText() ?? ""})`;
  return { kind: "schema", text, span: analysis.sources.spanOf(node) };
}

/** Beside `null`. */
function kindOf(node: TypeNode): ConstraintKind | undefined {
  return node.kind === "union" ? node.members.map(kindOf).find((kind) => kind !== undefined) : constraintKind(node);
}

/** A regular expression with flags would say something else without them. */
function textOf({ checker }: Analysis, argument: ts.Expression): string | undefined {
  if (compiler.isRegularExpressionLiteral(argument)) return /\/u?$/.test(argument.text) ? argument.text : undefined;
  const value = literalValue(checker, argument);
  return typeof value === "number" ? String(value) : undefined;
}

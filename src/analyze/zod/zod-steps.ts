/** `z.string().min(1).email()` → its steps; a step and the type that it is said of → constraints, as tags would give them. */
import type { ts } from "ts-morph";
import type { Origin } from "../../model/origins.js";
import type { TypeNode } from "../../model/types.js";
import { symbolAt } from "../checker/annotations.js";
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

type Kind = "string" | "number" | "array";

/** Each gives tags with its argument as their text, or with a text of their own. */
const rules: Readonly<Record<Kind, Readonly<Record<string, readonly (readonly [tag: string, text?: string])[]>>>> = {
  string: {
    min: [["minLength"]],
    max: [["maxLength"]],
    length: [["minLength"], ["maxLength"]],
    nonempty: [["minLength", "1"]],
    regex: [["pattern"]],
    email: [["format", "email"]],
    uuid: [["format", "uuid"]],
    date: [["format", "date"]],
    "iso.date": [["format", "date"]],
  },
  number: {
    int: [["int", ""]],
    min: [["minimum"]],
    gte: [["minimum"]],
    max: [["maximum"]],
    lte: [["maximum"]],
    gt: [["exclusiveMinimum"]],
    lt: [["exclusiveMaximum"]],
    positive: [["exclusiveMinimum", "0"]],
    negative: [["exclusiveMaximum", "0"]],
    nonnegative: [["minimum", "0"]],
    nonpositive: [["maximum", "0"]],
    multipleOf: [["multipleOf"]],
    step: [["multipleOf"]],
  },
  array: {
    min: [["minItems"]],
    max: [["maxItems"]],
    length: [["minItems"], ["maxItems"]],
    nonempty: [["minItems", "1"]],
  },
};

export function tagsOfStep(analysis: Analysis, node: TypeNode, step: Step): readonly PlacedTag[] {
  const kind = kindOf(node);
  const found = kind && Object.hasOwn(rules[kind], step.name) ? (rules[kind][step.name] ?? []) : [];
  const [argument] = step.arguments;
  return found.flatMap(([name, fixed]) => {
    const text = fixed ?? (argument && textOf(analysis, argument));
    if (text === undefined) return [];
    const origin = stepOrigin(analysis, step);
    return [{ name, text, span: analysis.sources.spanOf(step.node), ...(origin && { origin }) }];
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
function kindOf(node: TypeNode): Kind | undefined {
  if (node.kind === "string" || node.kind === "number") return node.kind;
  if (node.kind === "array" || node.kind === "set") return "array";
  return node.kind === "union" ? node.members.map(kindOf).find((kind) => kind !== undefined) : undefined;
}

/** A regular expression with flags would say something else without them. */
function textOf({ checker }: Analysis, argument: ts.Expression): string | undefined {
  if (compiler.isRegularExpressionLiteral(argument)) return /\/u?$/.test(argument.text) ? argument.text : undefined;
  const value = literalValue(checker, argument);
  return typeof value === "number" ? String(value) : undefined;
}

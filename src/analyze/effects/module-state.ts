/** Variables of modules: which of them can change, as far as their own file shows. */
import type { ts } from "ts-morph";
import { symbolAt } from "../checker/symbols.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";
import { isPlainPattern } from "./plain-pattern.js";

export interface ModuleState {
  /** Reading it may give another value next time. */
  readonly canChange: (variable: ts.VariableDeclaration, symbol: ts.Symbol) => boolean;
  /** By its text alone, which is much cheaper to ask for than its symbol. */
  readonly mayName: (identifier: ts.Identifier) => boolean;
}

export function createModuleState({ checker }: Analysis): ModuleState {
  const byFile = new Map<ts.SourceFile, ReadonlySet<ts.Symbol>>();
  const changedIn = (file: ts.SourceFile): ReadonlySet<ts.Symbol> => {
    const known = byFile.get(file) ?? findChanged(checker, file);
    byFile.set(file, known);
    return known;
  };
  const namesByFile = new Map<ts.SourceFile, ReadonlySet<string>>();
  const namesOf = (file: ts.SourceFile): ReadonlySet<string> => {
    const known = namesByFile.get(file) ?? namesIn(file);
    namesByFile.set(file, known);
    return known;
  };
  return {
    mayName: (identifier) => namesOf(identifier.getSourceFile()).has(identifier.text),
    canChange(variable, symbol) {
      const value = variable.initializer && bare(variable.initializer);
      if (!(variable.parent.flags & compiler.NodeFlags.Const) || value === undefined) return true;
      if (isConstant(value) || isPlainPattern(value)) return false;
      if (!compiler.isObjectLiteralExpression(value) && !isCollection(value)) return true;
      return isExported(variable) || changedIn(variable.getSourceFile()).has(symbol);
    },
  };
}

/** The variables of a module, its imports, and the one global that is state. */
function namesIn(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set(["process"]);
  const add = (node: ts.Node): void => {
    if (compiler.isIdentifier(node)) names.add(node.text);
    else if (!compiler.isExpression(node) && !compiler.isTypeNode(node)) compiler.forEachChild(node, add);
  };
  for (const statement of file.statements) {
    if (compiler.isVariableStatement(statement))
      statement.declarationList.declarations.forEach(({ name }) => add(name));
    else if (compiler.isImportDeclaration(statement) && statement.importClause) add(statement.importClause);
  }
  return names;
}

/** A variable of a module, not of a function. */
export function isModuleVariable(declaration: ts.Declaration): declaration is ts.VariableDeclaration {
  return (
    compiler.isVariableDeclaration(declaration) &&
    compiler.isVariableStatement(declaration.parent.parent) &&
    compiler.isSourceFile(declaration.parent.parent.parent)
  );
}

/** What `x.a[0].b` starts from, and how many steps lie between. */
export function rootOf(expression: ts.Expression): { readonly root: ts.Expression; readonly steps: number } {
  let root = bare(expression);
  let steps = 0;
  while (compiler.isPropertyAccessExpression(root) || compiler.isElementAccessExpression(root)) {
    root = bare(root.expression);
    steps += 1;
  }
  return { root, steps };
}

/** Without parentheses, assertions and `!`. */
export function bare(expression: ts.Expression): ts.Expression {
  let node = expression;
  while (
    compiler.isParenthesizedExpression(node) ||
    compiler.isAsExpression(node) ||
    compiler.isSatisfiesExpression(node) ||
    compiler.isNonNullExpression(node)
  )
    node = node.expression;
  return node;
}

/** What an assignment, `++`, `--` or `delete` changes. */
export function changedBy(node: ts.Node): ts.Expression | undefined {
  if (compiler.isBinaryExpression(node)) return isAssignment(node.operatorToken.kind) ? node.left : undefined;
  if (compiler.isDeleteExpression(node)) return node.expression;
  if (!compiler.isPrefixUnaryExpression(node) && !compiler.isPostfixUnaryExpression(node)) return undefined;
  const { PlusPlusToken, MinusMinusToken } = compiler.SyntaxKind;
  return node.operator === PlusPlusToken || node.operator === MinusMinusToken ? node.operand : undefined;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= compiler.SyntaxKind.FirstAssignment && kind <= compiler.SyntaxKind.LastAssignment;
}

/** By the names of the methods that change arrays, maps and sets: a file's own variables need no types for that. */
const changing = /^(?:push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|set|add|delete|clear|append)$/;

function findChanged(checker: ts.TypeChecker, file: ts.SourceFile): ReadonlySet<ts.Symbol> {
  const found = new Set<ts.Symbol>();
  const add = (expression: ts.Expression): void => {
    const { root } = rootOf(expression);
    const symbol = compiler.isIdentifier(root) ? symbolAt(checker, root) : undefined;
    if (symbol) found.add(symbol);
  };
  const visit = (node: ts.Node): void => {
    const target = changedBy(node);
    if (target) add(target);
    if (compiler.isCallExpression(node)) {
      const callee = bare(node.expression);
      if (compiler.isPropertyAccessExpression(callee) && changing.test(callee.name.text)) add(callee.expression);
      // Whoever is given it may change it.
      node.arguments.forEach((argument) => {
        add(argument);
      });
    }
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isConstant(value: ts.Expression): boolean {
  return (
    compiler.isLiteralExpression(value) ||
    compiler.isTemplateExpression(value) ||
    compiler.isPrefixUnaryExpression(value) ||
    compiler.isFunctionLike(value) ||
    compiler.isClassLike(value) ||
    [compiler.SyntaxKind.TrueKeyword, compiler.SyntaxKind.FalseKeyword, compiler.SyntaxKind.NullKeyword].includes(
      value.kind,
    )
  );
}

function isCollection(value: ts.Expression): boolean {
  return compiler.isArrayLiteralExpression(value) || compiler.isNewExpression(value);
}

function isExported(variable: ts.VariableDeclaration): boolean {
  return (compiler.getCombinedModifierFlags(variable) & compiler.ModifierFlags.Export) !== 0;
}

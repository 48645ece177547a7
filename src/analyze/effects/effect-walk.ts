/** One body → what it does itself, and the functions of the project that it calls. Functions within it count as called. */
import type { ts } from "ts-morph";
import { symbolAt } from "../checker/symbols.js";
import { compiler } from "../checker/compiler.js";
import { readCall, readCreation } from "./effect-calls.js";
import { note, ownerOf, type Walk, type Walked } from "./effect-notes.js";
import type { Analysis } from "../checker/analysis.js";
import { bare, changedBy, createModuleState, isModuleVariable } from "./module-state.js";

export function createWalk(analysis: Analysis): (top: ts.Node) => Walked {
  const state = createModuleState(analysis);
  return (top) => {
    const walk: Walk = { analysis, state, top, effects: [], calls: [] };
    for (const part of partsOf(top)) visit(walk, part);
    return walk;
  };
}

/** Of a class, what making an instance runs. */
function partsOf(top: ts.Node): readonly ts.Node[] {
  if (!compiler.isClassLike(top)) return compiler.isFunctionLike(top) ? childrenOf(top) : [top];
  return top.members.flatMap((member): readonly ts.Node[] => {
    if (compiler.isConstructorDeclaration(member)) return childrenOf(member);
    const isStatic = (compiler.getCombinedModifierFlags(member) & compiler.ModifierFlags.Static) !== 0;
    return compiler.isPropertyDeclaration(member) && member.initializer && !isStatic ? [member.initializer] : [];
  });
}

function childrenOf(node: ts.Node): readonly ts.Node[] {
  const children: ts.Node[] = [];
  compiler.forEachChild(node, (child) => void children.push(child));
  return children;
}

function visit(walk: Walk, node: ts.Node): void {
  if (compiler.isTypeNode(node) || compiler.isTypeParameterDeclaration(node)) return;
  const target = changedBy(node);
  if (target) noteChange(walk, target);
  else if (compiler.isCallExpression(node)) readCall(walk, node);
  else if (compiler.isNewExpression(node)) readCreation(walk, node);
  else if (compiler.isTaggedTemplateExpression(node)) note(walk, "unknown", node.tag);
  else if (compiler.isIdentifier(node)) noteRead(walk, node);
  else if (node.kind === compiler.SyntaxKind.ThisKeyword && !compiler.isClassLike(walk.top)) note(walk, "reads", node);
  // The name of a member is no variable.
  const inner = compiler.isPropertyAccessExpression(node) ? [node.expression] : childrenOf(node);
  for (const child of inner) visit(walk, child);
}

function noteRead(walk: Walk, node: ts.Identifier): void {
  if (!walk.state.mayName(node)) return;
  const symbol = variableAt(walk, node);
  const declaration = symbol?.valueDeclaration;
  if (!symbol || !declaration) return;
  const { kind } = walk.analysis.sources.originOf(declaration.getSourceFile());
  if (kind !== "project") {
    if (node.text === "process" && kind === "node") note(walk, "reads", node);
    return;
  }
  if (isModuleVariable(declaration) && walk.state.canChange(declaration, symbol)) note(walk, "reads", node);
}

function variableAt({ analysis }: Walk, node: ts.Identifier): ts.Symbol | undefined {
  if (compiler.isShorthandPropertyAssignment(node.parent))
    return analysis.checker.getShorthandAssignmentValueSymbol(node.parent);
  return symbolAt(analysis.checker, node);
}

function noteChange(walk: Walk, target: ts.Expression): void {
  const written = bare(target);
  // A pattern takes apart what is assigned: each of its parts is a target.
  if (compiler.isArrayLiteralExpression(written) || compiler.isObjectLiteralExpression(written)) {
    note(walk, "unknown", written);
    return;
  }
  const kind = ownerOf(walk, written);
  if (kind !== "own") note(walk, kind, written);
}

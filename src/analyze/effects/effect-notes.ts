/** What a walk through a body has found so far, and whom a change concerns. */
import type { ts } from "ts-morph";
import type { Effect, EffectKind } from "../../model/effects.js";
import { symbolAt } from "../checker/symbols.js";
import { compiler } from "../checker/compiler.js";
import type { Analysis } from "../checker/analysis.js";
import { isModuleVariable, rootOf, bare, type ModuleState } from "./module-state.js";

export interface Walked {
  readonly effects: readonly Omit<Effect, "through">[];
  readonly calls: readonly Callee[];
}

/** A function or class of the project, with a body. */
export interface Callee {
  readonly name: string;
  readonly node: ts.Node;
}

export interface Walk {
  readonly analysis: Analysis;
  readonly state: ModuleState;
  /** The function or class that is walked. */
  readonly top: ts.Node;
  readonly effects: Omit<Effect, "through">[];
  readonly calls: Callee[];
}

export function note({ analysis, effects }: Walk, kind: EffectKind, node: ts.Node): void {
  if (kind !== "directory" && effects.some((effect) => effect.kind === kind)) return;
  effects.push(effectAt(analysis, kind, node));
}

export function effectAt({ sources }: Analysis, kind: EffectKind, node: ts.Node): Omit<Effect, "through"> {
  const text = node.getText().replace(/\s+/g, " ");
  return { kind, text: text.length > 40 ? `${text.slice(0, 39)}…` : text, span: sources.spanOf(node) };
}

/** Who sees it when this is changed: nobody else, the next call too, or who can tell. */
export function ownerOf(walk: Walk, target: ts.Expression): "own" | "state" | "unknown" {
  const { root, steps } = rootOf(target);
  if (root.kind === compiler.SyntaxKind.ThisKeyword) return compiler.isClassLike(walk.top) ? "own" : "unknown";
  if (!compiler.isIdentifier(root)) return steps <= 1 && isFresh(root) ? "own" : "unknown";
  const declaration = symbolAt(walk.analysis.checker, root)?.valueDeclaration;
  if (declaration === undefined) return "unknown";
  if (isModuleVariable(declaration)) return "state";
  if (!isWithin(declaration, walk.top)) return "unknown";
  if (steps === 0) return "own";
  const value = compiler.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return steps === 1 && value !== undefined && isFresh(bare(value)) ? "own" : "unknown";
}

function isWithin(node: ts.Node, top: ts.Node): boolean {
  for (let each: ts.Node | undefined = node; each !== undefined; each = each.parent) if (each === top) return true;
  return false;
}

/** Methods and functions that make a new collection. */
const making =
  /^(?:map|filter|slice|concat|flat|flatMap|split|toSorted|toReversed|toSpliced|with|from|of|fromEntries|keys|values|entries|structuredClone|matchAll)$/;

/** It was made here: nobody else has it. What it holds may be somebody else's. */
export function isFresh(value: ts.Expression): boolean {
  if (compiler.isArrayLiteralExpression(value) || compiler.isObjectLiteralExpression(value)) return true;
  if (compiler.isNewExpression(value)) return true;
  if (!compiler.isCallExpression(value)) return false;
  const callee = bare(value.expression);
  const name = compiler.isPropertyAccessExpression(callee) ? callee.name : callee;
  return compiler.isIdentifier(name) && making.test(name.text);
}

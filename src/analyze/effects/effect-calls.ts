/** A call → what it does: by the tables of known functions, by the body it leads to, or who knows what. */
import type { ts } from "ts-morph";
import { effectOf } from "../../language/injected/injected.js";
import { symbolAt } from "../checker/symbols.js";
import { compiler } from "../checker/compiler.js";
import { effectOfSql } from "./effect-sql.js";
import { globals, ofInterface, ofMember, ofModule, type Known } from "./effect-tables.js";
import { interfaceOf } from "./effect-receivers.js";
import { isFresh, note, ownerOf, type Walk } from "./effect-notes.js";
import { bare } from "./module-state.js";
import { nodeModule } from "./node-module.js";
import { isPlainPattern } from "./plain-pattern.js";
import { usesWorkingDirectory } from "./working-directory.js";

export function readCall(walk: Walk, node: ts.CallExpression): void {
  if (usesWorkingDirectory(walk.analysis, node)) note(walk, "directory", node);
  const callee = bare(node.expression);
  if (compiler.isIdentifier(callee)) apply(walk, node, ofFunction(walk, callee, node));
  else if (compiler.isPropertyAccessExpression(callee)) readMethod(walk, node, callee);
  // A function that is written where it is called is walked as part of the body; `super()` is the class's own.
  else if (!compiler.isFunctionLike(callee) && callee.kind !== compiler.SyntaxKind.SuperKeyword)
    note(walk, "unknown", callee);
}

/** Undefined where the walk goes on in a body. */
function apply(walk: Walk, node: ts.Node, known: Known | undefined): void {
  if (known === undefined || known === "pure") return;
  note(walk, known === "mutates" ? "unknown" : known, node);
}

function ofFunction(walk: Walk, callee: ts.Identifier, call: ts.CallExpression | ts.NewExpression): Known | undefined {
  const { checker, sources } = walk.analysis;
  const symbol = symbolAt(checker, callee);
  const declaration = symbol?.valueDeclaration;
  if (declaration === undefined) return "unknown";
  const origin = sources.originOf(declaration.getSourceFile());
  if (origin.kind === "project") return enter(walk, declaration, callee.text);
  if (callee.text === "Date") return call.arguments?.length && compiler.isNewExpression(call) ? "pure" : "clock";
  const module = nodeModule(declaration);
  if (module !== undefined) return ofModule(module, symbol?.name ?? callee.text);
  return origin.kind === "package" ? "unknown" : (globals.get(callee.text) ?? "unknown");
}

/** Follows a function of the project; one within the walked body has been walked with it. */
function enter(walk: Walk, declaration: ts.Declaration, name: string): Known | undefined {
  const value = compiler.isVariableDeclaration(declaration) ? declaration.initializer : declaration;
  const body = value && compiler.isVariableDeclaration(declaration) ? bare(value as ts.Expression) : value;
  if (body === undefined) return "unknown";
  const isCallable = compiler.isClassLike(body) || (compiler.isFunctionLike(body) && "body" in body && body.body);
  if (!isCallable) return "unknown";
  walk.calls.push({ name, node: body });
  return undefined;
}

function readMethod(walk: Walk, node: ts.CallExpression, callee: ts.PropertyAccessExpression): void {
  const object = bare(callee.expression);
  const method = callee.name.text;
  const known = ofObject(walk, object, callee) ?? ofText(walk, object, method) ?? ofDeclaration(walk, callee, node);
  if (known === "mutates" && isPlainRegex(walk, object, method)) return;
  if (known !== "mutates") {
    apply(walk, node, known === "entered" ? undefined : known);
    return;
  }
  // As if it were `object.member = …`; `Object.assign` changes its first argument.
  const [first] = node.arguments;
  const isAssign = callee.getText() === "Object.assign";
  const owner = !isAssign ? ownerOf(walk, callee) : first && isFresh(bare(first)) ? "own" : "unknown";
  if (owner !== "own") note(walk, owner, callee);
}

/** `Math.max`, `path.join`: a member of a global object or of a module. */
function ofObject(walk: Walk, object: ts.Expression, callee: ts.PropertyAccessExpression): Known | undefined {
  if (!compiler.isIdentifier(object)) return undefined;
  const { checker, sources } = walk.analysis;
  const symbol = checker.getSymbolAtLocation(object);
  const declaration = symbol?.declarations?.[0];
  if (symbol === undefined || declaration === undefined) return "unknown";
  if (compiler.isNamespaceImport(declaration) || compiler.isImportClause(declaration)) {
    const member = symbolAt(checker, callee.name)?.declarations?.[0];
    const module = member && nodeModule(member);
    return module === undefined ? undefined : ofModule(module, callee.name.text);
  }
  const origin = sources.originOf(declaration.getSourceFile());
  const isGlobal = origin.kind === "library" || origin.kind === "node";
  return isGlobal && symbol.flags & compiler.SymbolFlags.Value ? ofMember(object.text, callee.name.text) : undefined;
}

function ofText({ analysis }: Walk, object: ts.Expression, method: string): Known | undefined {
  const owner = interfaceOf(analysis, object);
  return owner === undefined ? undefined : ofInterface(owner, method);
}

/** By where the method is declared. */
function ofDeclaration(
  walk: Walk,
  callee: ts.PropertyAccessExpression,
  call: ts.CallExpression,
): Known | "entered" | undefined {
  const { checker, sources } = walk.analysis;
  const declaration = symbolAt(checker, callee.name)?.declarations?.[0];
  if (declaration === undefined) return "unknown";
  const { kind } = sources.originOf(declaration.getSourceFile());
  if (kind === "project") return enter(walk, declaration, callee.name.text) ?? "entered";
  const owner = ownerName(declaration);
  const method = callee.name.text;
  if (kind === "contracts") return ofContract(owner, method, call);
  if (kind === "package") return "unknown";
  return ofInterface(owner, method);
}

function ownerName({ parent }: ts.Declaration): string {
  return "name" in parent && parent.name !== undefined ? (parent.name as ts.Identifier).text : "";
}

/** A method of a type of mcpgen's. */
function ofContract(owner: string, method: string, call: ts.CallExpression): Known {
  const effect = effectOf(owner, method) ?? "unknown";
  return effect === "statement" ? ofStatement(call) : effect;
}

/** `database.query("select …")`: the statement is read where it is written out. */
function ofStatement({ arguments: [statement] }: ts.CallExpression): Known {
  const written = statement && bare(statement);
  if (written === undefined) return "unknown";
  if (compiler.isStringLiteralLike(written)) return effectOfSql(written.text);
  return compiler.isTemplateExpression(written) && effectOfSql(written.head.text) === "writes" ? "writes" : "unknown";
}

/** Without `g` and `y` a regular expression keeps nothing from one use to the next. */
function isPlainRegex({ analysis }: Walk, object: ts.Expression, method: string): boolean {
  if (method !== "test" && method !== "exec") return false;
  const declared = compiler.isIdentifier(object) ? symbolAt(analysis.checker, object)?.valueDeclaration : undefined;
  const value = declared && compiler.isVariableDeclaration(declared) ? declared.initializer : object;
  return value !== undefined && isPlainPattern(bare(value));
}

export function readCreation(walk: Walk, node: ts.NewExpression): void {
  const callee = bare(node.expression);
  if (!compiler.isIdentifier(callee)) {
    const isGlobal = compiler.isPropertyAccessExpression(callee) && callee.expression.getText() === "Intl";
    apply(walk, node, isGlobal ? "pure" : "unknown");
    return;
  }
  apply(walk, node, ofFunction(walk, callee, node));
  const declaration = symbolAt(walk.analysis.checker, callee)?.valueDeclaration;
  if (declaration && compiler.isClassLike(declaration)) readParent(walk, declaration);
}

/** Making an instance runs the class that it extends too. */
function readParent(walk: Walk, declaration: ts.ClassLikeDeclaration): void {
  const parent = declaration.heritageClauses?.find(({ token }) => token === compiler.SyntaxKind.ExtendsKeyword);
  const expression = parent?.types[0]?.expression;
  if (expression === undefined) return;
  const written = bare(expression);
  if (!compiler.isIdentifier(written)) {
    note(walk, "unknown", expression);
    return;
  }
  const known = symbolAt(walk.analysis.checker, written)?.valueDeclaration;
  const origin = known && walk.analysis.sources.originOf(known.getSourceFile());
  if (known && origin?.kind === "project" && compiler.isClassLike(known)) {
    walk.calls.push({ name: written.text, node: known });
    readParent(walk, known);
  } else if (!globals.has(written.text) || origin?.kind === "package") note(walk, "unknown", expression);
}

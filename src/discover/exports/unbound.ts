/** Functions that are methods taken from their objects: one that uses `this` fails wherever it is called alone. */
import type { ts } from "ts-morph";
import { loadCompiler } from "../compiler/compiler-options.js";
import { bareValue } from "./values.js";

/** `const { read } = store`, and `const read = store.read`. */
export function isUnbound(checker: ts.TypeChecker, declaration: ts.Declaration): boolean {
  const member = memberBehind(checker, declaration);
  return member !== undefined && usesThis(checker, member);
}

function memberBehind(checker: ts.TypeChecker, declaration: ts.Declaration): ts.Declaration | undefined {
  const { ts } = loadCompiler();
  if (ts.isBindingElement(declaration)) {
    const { parent: pattern } = declaration;
    const name = declaration.propertyName ?? declaration.name;
    if (!ts.isObjectBindingPattern(pattern) || !ts.isIdentifier(name)) return undefined;
    const { parent: owner } = pattern;
    const from = ts.isVariableDeclaration(owner) ? owner.initializer : undefined;
    const written = from && writtenObject(checker, from)?.properties.find((each) => each.name?.getText() === name.text);
    return written ?? checker.getTypeAtLocation(pattern).getProperty(name.text)?.declarations?.[0];
  }
  const value = bareValue(writtenValue(declaration));
  if (!value || !ts.isPropertyAccessExpression(value)) return undefined;
  const { name, expression } = value;
  const written = writtenObject(checker, expression)?.properties.find((each) => each.name?.getText() === name.text);
  return written ?? checker.getSymbolAtLocation(name)?.declarations?.[0];
}

function writtenValue(declaration: ts.Declaration): ts.Expression | undefined {
  const { ts } = loadCompiler();
  if (ts.isVariableDeclaration(declaration)) return declaration.initializer;
  return ts.isExportAssignment(declaration) ? declaration.expression : undefined;
}

/** Where its type is written, an object's members are those of an interface, which have no bodies. */
function writtenObject(checker: ts.TypeChecker, value: ts.Expression): ts.ObjectLiteralExpression | undefined {
  const { ts } = loadCompiler();
  if (ts.isObjectLiteralExpression(value)) return value;
  if (!ts.isIdentifier(value)) return undefined;
  const symbol = checker.getSymbolAtLocation(value);
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const variable = target?.declarations?.find(ts.isVariableDeclaration);
  return variable?.initializer && ts.isObjectLiteralExpression(variable.initializer) ? variable.initializer : undefined;
}

/** A method of a class whose body is not here is taken to be like most. */
function usesThis(checker: ts.TypeChecker, member: ts.Declaration): boolean {
  const { ts } = loadCompiler();
  if (ts.isMethodDeclaration(member)) {
    if (member.body) return mentionsThis(member.body) || member.parameters.some(mentionsThis);
    return ts.isClassLike(member.parent) && !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static);
  }
  if (ts.isShorthandPropertyAssignment(member)) {
    const [declared] = checker.getShorthandAssignmentValueSymbol(member)?.declarations ?? [];
    return declared !== undefined && ts.isFunctionDeclaration(declared) && mentionsThis(declared);
  }
  const value = ts.isPropertyAssignment(member) || ts.isPropertyDeclaration(member) ? member.initializer : undefined;
  return value !== undefined && ts.isFunctionExpression(value) && mentionsThis(value.body);
}

/** Its own `this`, not that of functions and classes within it. */
function mentionsThis(node: ts.Node): boolean {
  const { ts } = loadCompiler();
  const { ThisKeyword, SuperKeyword } = ts.SyntaxKind;
  const visit = (inner: ts.Node): boolean => {
    if (inner.kind === ThisKeyword || inner.kind === SuperKeyword) return true;
    if (ts.isFunctionDeclaration(inner) || ts.isFunctionExpression(inner) || ts.isClassLike(inner)) return false;
    return !ts.isTypeNode(inner) && (ts.forEachChild(inner, visit) ?? false);
  };
  return ts.forEachChild(node, visit) ?? false;
}

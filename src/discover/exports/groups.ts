/** Exported classes, and the classes and objects tagged `@tools` → their methods, each a function that is called on its owner. */
import type { ts } from "ts-morph";
import { loadCompiler } from "../compiler/compiler-options.js";
import { isFunctionValue, type Implementation } from "./callables.js";
import {
  byPlace,
  findExports,
  type ExportedClass,
  type ExportedFunction,
  type ExportedGroup,
  type MemberDeclaration,
  type Module,
} from "./exports.js";

export function findClasses(checker: ts.TypeChecker, modules: readonly Module[]): readonly ExportedClass[] {
  const { ts } = loadCompiler();
  return findExports(checker, modules, ({ declarations = [] }) => {
    const declared = declarations.find(ts.isClassDeclaration);
    const isAmbient = declared && (ts.getCombinedModifierFlags(declared) & ts.ModifierFlags.Ambient) !== 0;
    return isAmbient || declared?.getSourceFile().isDeclarationFile ? undefined : declared;
  });
}

export function findGroups(
  checker: ts.TypeChecker,
  modules: readonly Module[],
  classes: readonly ExportedClass[],
): readonly ExportedGroup[] {
  if (!modules.some(({ file }) => file.text.includes("@tools"))) return [];
  const objects = findExports(checker, modules, ({ declarations = [] }) => declarations.find(isObjectValue));
  return [
    ...classes.map((each) => ({ ...each, kind: "class" as const })),
    ...objects.map((each) => ({ ...each, kind: "object" as const })),
  ]
    .filter(({ declaration }) => isTagged(declaration))
    .sort(byPlace);
}

/** Those that its type lets others call: not static, not hidden, no accessors, and not what packages declare. */
export function findMethods(checker: ts.TypeChecker, group: ExportedGroup): readonly ExportedFunction[] {
  return typeOfGroup(checker, group)
    .getProperties()
    .flatMap((symbol): readonly ExportedFunction[] => {
      const declaration = methodDeclaration(checker, symbol);
      if (!declaration) return [];
      const { reference: owner } = group;
      const implementation = implementationOf(checker, declaration);
      const member = valueOfShorthand(checker, declaration);
      return [
        {
          ...{ name: symbol.name, symbol, declaration, owner: group },
          reference: { ...owner, member: symbol.name },
          ...(implementation && { implementation }),
          ...(member && { member }),
        },
      ];
    });
}

/** Of a class, that of its instances; of an object, that of its own text, where its members have bodies. */
function typeOfGroup(checker: ts.TypeChecker, { kind, symbol, declaration }: ExportedGroup): ts.Type {
  if (kind === "class") return checker.getDeclaredTypeOfSymbol(symbol);
  const value = valueOf(declaration);
  return value ? checker.getTypeAtLocation(value) : checker.getTypeOfSymbol(symbol);
}

/** Without what leaves its members as they are. */
function valueOf(node: ts.Node): ts.Expression | undefined {
  const { ts } = loadCompiler();
  if (ts.isVariableDeclaration(node)) return node.initializer && (valueOf(node.initializer) ?? node.initializer);
  if (ts.isExportAssignment(node)) return valueOf(node.expression) ?? node.expression;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return valueOf(node.expression) ?? node.expression;
  return undefined;
}

function isObjectValue(node: ts.Declaration): node is ts.VariableDeclaration | ts.ExportAssignment {
  const { ts } = loadCompiler();
  const value = valueOf(node);
  if (value === undefined || isFunctionValue(value)) return false;
  return ts.isObjectLiteralExpression(value) || ts.isCallExpression(value) || ts.isNewExpression(value);
}

function methodDeclaration(checker: ts.TypeChecker, symbol: ts.Symbol): MemberDeclaration | undefined {
  const { ts } = loadCompiler();
  const declarations = symbol.declarations ?? [];
  // Of overloads, the one with the body: it is the last.
  const declared = declarations.filter(isMember).at(-1);
  if (!declared || /^__[@#]/.test(String(symbol.escapedName)) || declared.getSourceFile().isDeclarationFile)
    return undefined;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  if (declarations.some((each) => (ts.getCombinedModifierFlags(each) & hidden) !== 0)) return undefined;
  // A property that a class keeps a function in is a part of it, not what it does.
  if (ts.isPropertyDeclaration(declared) && !(declared.initializer && isFunctionValue(declared.initializer)))
    return undefined;
  const type = checker.getTypeOfSymbol(symbol);
  return type.getCallSignatures().length > 0 && type.getConstructSignatures().length === 0 ? declared : undefined;
}

function isMember(node: ts.Declaration): node is MemberDeclaration {
  const { ts } = loadCompiler();
  return (
    ts.isMethodDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertySignature(node)
  );
}

function implementationOf(checker: ts.TypeChecker, declaration: MemberDeclaration): Implementation | undefined {
  const { ts } = loadCompiler();
  if (ts.isMethodDeclaration(declaration)) return declaration;
  const shorthand = valueOfShorthand(checker, declaration);
  if (shorthand) return ts.isFunctionDeclaration(shorthand) ? shorthand : undefined;
  if (!ts.isPropertyDeclaration(declaration) && !ts.isPropertyAssignment(declaration)) return undefined;
  const value = declaration.initializer;
  return value && isFunctionValue(value) ? value : undefined;
}

/** Of `{ list }`, the `list` that is meant: its comment counts where the member has none. */
function valueOfShorthand(checker: ts.TypeChecker, declaration: MemberDeclaration): ts.Declaration | undefined {
  if (!loadCompiler().ts.isShorthandPropertyAssignment(declaration)) return undefined;
  return checker.getShorthandAssignmentValueSymbol(declaration)?.declarations?.at(-1);
}

/** In the last comment before the statement that it is declared by. */
function isTagged(declaration: ts.Node): boolean {
  const { ts } = loadCompiler();
  let statement = declaration;
  while (!ts.isStatement(statement)) statement = statement.parent;
  const { text } = declaration.getSourceFile();
  const comment = ts
    .getLeadingCommentRanges(text, statement.pos)
    ?.map(({ pos, end }) => text.slice(pos, end))
    .findLast((each) => each.startsWith("/**"));
  return comment !== undefined && isToolsComment(comment);
}

/** As the comments of functions are read: at the start of a line, or behind a blank. */
function isToolsComment(comment: string): boolean {
  const has = (tag: string): boolean => new RegExp(`(?:^/\\*\\*|\\n|[ \\t])[ \\t*]*@${tag}\\b`).test(comment);
  return has("tools") && !has("internal") && !has("ignore");
}

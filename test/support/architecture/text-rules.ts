/** Files → where they break the rules of the house on syntax, size and names. */
import { basename, dirname } from "node:path";
import { ts } from "ts-morph";
import { emptyNames, folderOf, folders, limits, typesFileFolders, worldly } from "./matrix.js";
import { timedByMachine, untimely } from "./time.js";
import { lineOf, parse, walk, type SourceText } from "./source.js";

export function fileSizeViolations(sources: readonly SourceText[]): readonly string[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split("\n").length;
    return lines > limits.file ? [`${path}: ${lines} lines, at most ${limits.file}`] : [];
  });
}

/** A folder that nobody can hold in the head is several subjects. */
export function folderSizeViolations(sources: readonly SourceText[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { path } of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  return [...counts].flatMap(([folder, count]) =>
    count > limits.filesOfFolder ? [`${folder}: ${count} files, at most ${limits.filesOfFolder}`] : [],
  );
}

export function functionSizeViolations(sources: readonly SourceText[]): readonly string[] {
  return inspect(sources, (node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || !node.body) return undefined;
    const file = node.getSourceFile();
    const end = file.getLineAndCharacterOfPosition(node.end).line + 1;
    const lines = end - lineOf(node) + 1;
    const limit = isFlatSwitch(node.body) ? limits.flatSwitch : limits.function;
    return lines > limit ? `a function of ${lines} lines, at most ${limit}` : undefined;
  });
}

/** A body that is a switch and at most one statement before and after it. */
function isFlatSwitch(body: ts.Node): boolean {
  if (!ts.isBlock(body) || body.statements.length > 3) return false;
  const found = body.statements.find(ts.isSwitchStatement);
  return !!found && found.caseBlock.clauses.every((clause) => !clause.statements.some(ts.isSwitchStatement));
}

export function syntaxViolations(sources: readonly SourceText[]): readonly string[] {
  return inspect(sources, (node) => {
    if (ts.isEnumDeclaration(node)) return "an enum";
    if (ts.isModuleDeclaration(node) && !ts.isStringLiteral(node.name)) return "a namespace";
    if (node.kind === ts.SyntaxKind.AnyKeyword) return "an `any`";
    if (ts.isNonNullExpression(node)) return "a non-null `!`";
    if (ts.isExportAssignment(node) || hasModifier(node, ts.SyntaxKind.DefaultKeyword)) return "a default export";
    if (ts.isFunctionLike(node) && !ts.isFunctionTypeNode(node)) return parameterComplaint(node);
    return undefined;
  });
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}

function parameterComplaint(node: ts.SignatureDeclaration): string | undefined {
  if (isGivenSignature(node)) return undefined;
  const parameters = node.parameters.filter((parameter) => parameter.name.getText() !== "this");
  if (parameters.length > limits.parameters) return `${parameters.length} parameters, at most ${limits.parameters}`;
  const flag = parameters.find((parameter) => parameter.type?.kind === ts.SyntaxKind.BooleanKeyword);
  return flag && `a boolean parameter \`${flag.name.getText()}\``;
}

/** A function within a function, or a member of a literal: what calls it has chosen its parameters. */
function isGivenSignature(node: ts.SignatureDeclaration): boolean {
  return (
    !ts.isFunctionDeclaration(node) &&
    !!ts.findAncestor(node.parent, (above) => ts.isFunctionLike(above) || ts.isObjectLiteralExpression(above))
  );
}

export function globalViolations(sources: readonly SourceText[]): readonly string[] {
  return inspect(sources, (node) => {
    const name = worldly.find((candidate) => usesGlobal(node, candidate));
    if (name === undefined) return undefined;
    const allowed = folders[folderOf(node.getSourceFile().fileName) ?? ""]?.globals ?? [];
    return allowed.includes(name) ? undefined : `\`${name}\``;
  });
}

/** What the runtime lets wait or age goes by its clock, which tests can put forward. */
export function clockViolations(sources: readonly SourceText[]): readonly string[] {
  const timed = sources.filter(
    ({ path }) => path.startsWith("templates/runtime/") && !timedByMachine.some((place) => path.startsWith(place)),
  );
  return inspect(timed, (node) => {
    const name = untimely.find((candidate) => usesGlobal(node, candidate)) ?? nowOf(node) ?? timersOf(node);
    return name && `\`${name}\` instead of the clock`;
  });
}

function nowOf(node: ts.Node): string | undefined {
  const isNow = ts.isNewExpression(node) && node.expression.getText() === "Date" && node.arguments?.length === 0;
  return isNow ? "new Date()" : undefined;
}

function timersOf(node: ts.Node): string | undefined {
  return ts.isStringLiteral(node) && /^(node:)?timers/.test(node.text) ? node.text : undefined;
}

function usesGlobal(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node)) return node.text === name && isFreeExpression(node);
  if (!ts.isPropertyAccessExpression(node)) return false;
  if (name === "localeCompare") return node.name.text === name;
  return name.endsWith(`.${node.name.text}`) && node.getText() === name;
}

/** An identifier that is evaluated: not a declared name, a property's name or a type. */
function isFreeExpression(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent) || ts.isVariableDeclaration(parent) || ts.isParameter(parent))
    return parent.initializer === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  const declares = "name" in parent && parent.name === node;
  return !declares && !ts.isTypeNode(parent) && !ts.isImportSpecifier(parent) && !ts.isExportSpecifier(parent);
}

export function nameViolations(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    const parts = path.replace(/(\.test|\.d)?\.m?ts$/, "").split("/");
    const empty = parts.find((part) => emptyNames.includes(part));
    if (empty) return [`${path}: \`${empty}\` says nothing`];
    if (basename(path) === "types.ts" && !typesFileFolders.includes(dirname(path)))
      return [`${path}: \`types.ts\` says nothing here`];
    return parts.every((part) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(part)) ? [] : [`${path}: not in kebab-case`];
  });
}

/** Each file opens with one to four lines on what it turns into what. */
export function headerViolations(sources: readonly SourceText[]): readonly string[] {
  return sources.flatMap(({ path, text }) =>
    /^(#!.*\n)?\/[/*]/.test(text) ? [] : [`${path}: opens without a comment`],
  );
}

function inspect(sources: readonly SourceText[], complain: (node: ts.Node) => string | undefined): readonly string[] {
  return sources.flatMap((source) => {
    const complaints: string[] = [];
    walk(parse(source), (node) => {
      const complaint = complain(node);
      if (complaint) complaints.push(`${source.path}:${lineOf(node)}: ${complaint}`);
    });
    return complaints;
  });
}

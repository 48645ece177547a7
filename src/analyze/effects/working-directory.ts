/**
 * What looks for a file in the process's working directory: a client starts a server wherever it likes, so that a path
 * which is relative to it leads elsewhere than in the user's own program.
 */
import type { ts } from "ts-morph";
import { symbolAt } from "../checker/symbols.js";
import type { Analysis } from "../checker/analysis.js";
import { compiler } from "../checker/compiler.js";
import { bare } from "./module-state.js";
import { nodeModule } from "./node-module.js";

/** Packages that read `.env` from there. */
const readers: ReadonlySet<string> = new Set(["dotenv", "@dotenvx/dotenvx"]);

/** Of most calls, their names say that they are none. */
const meant =
  /^(?:cwd|resolve|config|loadEnvFile|(?:read|write|append|open|exists|stat|lstat|access|opendir|glob|rm|mkdir|unlink|copyFile|createReadStream|createWriteStream)\w*)$/;

export function usesWorkingDirectory(analysis: Analysis, { expression, arguments: given }: ts.CallExpression): boolean {
  const callee = bare(expression);
  const name = compiler.isPropertyAccessExpression(callee) ? callee.name : callee;
  if (!compiler.isIdentifier(name) || !meant.test(name.text)) return false;
  const [first] = given;
  if (isOfDotenv(analysis, callee, name.text)) return !first || !mayHave(bare(first), "path");
  const declaration = symbolAt(analysis.checker, name)?.declarations?.[0];
  if (!declaration || analysis.sources.originOf(declaration.getSourceFile()).kind !== "node") return false;
  if (name.text === "cwd") return true;
  if (name.text === "loadEnvFile") return !first || isRelative(first);
  const module = nodeModule(declaration) ?? "";
  if (/^path(?:\/|$)/.test(module)) return name.text === "resolve" && isRelative(first);
  return /^fs(?:\/promises)?$/.test(module) && isRelative(first);
}

function isOfDotenv({ checker }: Analysis, callee: ts.Expression, name: string): boolean {
  if (name !== "config") return false;
  const object = compiler.isPropertyAccessExpression(callee) ? bare(callee.expression) : callee;
  if (compiler.isCallExpression(object)) {
    const [module] = object.arguments;
    return object.expression.getText() === "require" && isReader(module);
  }
  let node: ts.Node | undefined = checker.getSymbolAtLocation(object)?.declarations?.[0];
  while (node && !compiler.isImportDeclaration(node)) node = compiler.isSourceFile(node) ? undefined : node.parent;
  return isReader(node?.moduleSpecifier);
}

function isReader(module: ts.Node | undefined): boolean {
  return module !== undefined && compiler.isStringLiteralLike(module) && readers.has(module.text);
}

/** An object that is not written out may have anything. */
function mayHave(options: ts.Expression, key: string): boolean {
  if (!compiler.isObjectLiteralExpression(options)) return true;
  return options.properties.some((each) => compiler.isSpreadAssignment(each) || each.name.getText() === key);
}

/** `"data.json"`, `./data/${name}`: it begins with text, and neither with a root nor with a scheme. */
function isRelative(written: ts.Expression | undefined): boolean {
  const path = written && bare(written);
  if (!path) return false;
  if (compiler.isBinaryExpression(path)) return isRelative(path.left);
  const text = compiler.isTemplateExpression(path) ? path.head.text : compiler.isStringLiteralLike(path) && path.text;
  return text !== false && text !== "" && !/^(?:[/\\~]|[A-Za-z][A-Za-z+]*:)/.test(text);
}

/** What loading a module runs: its statements and those of the modules that it imports, without the bodies of functions. */
export function createLoading(analysis: Analysis): (file: ts.SourceFile) => readonly ts.Node[] {
  const known = new Map<ts.SourceFile, readonly ts.Node[]>();
  const ownOf = (file: ts.SourceFile): readonly ts.Node[] => {
    const found = known.get(file) ?? findIn(analysis, file);
    known.set(file, found);
    return found;
  };
  const wholes = new Map<ts.SourceFile, readonly ts.Node[]>();
  return (start) => {
    const before = wholes.get(start);
    if (before) return before;
    const files = new Set([start]);
    for (const file of files) for (const imported of importsOf(analysis, file)) files.add(imported);
    const whole = [...files].flatMap(ownOf);
    wholes.set(start, whole);
    return whole;
  };
}

function findIn(analysis: Analysis, file: ts.SourceFile): readonly ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isFunctionLike(node) || compiler.isClassLike(node) || compiler.isTypeNode(node)) return;
    const isUse = compiler.isImportDeclaration(node) ? loadsEnvironment(node) : isCall(analysis, node);
    if (isUse) found.push(compiler.isImportDeclaration(node) ? node.moduleSpecifier : node);
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isCall(analysis: Analysis, node: ts.Node): boolean {
  return compiler.isCallExpression(node) && usesWorkingDirectory(analysis, node);
}

/** `import "dotenv/config"`. */
function loadsEnvironment({ moduleSpecifier: module }: ts.ImportDeclaration): boolean {
  if (!compiler.isStringLiteralLike(module) || !module.text.endsWith("/config")) return false;
  return readers.has(module.text.slice(0, -"/config".length));
}

function importsOf({ checker, sources }: Analysis, file: ts.SourceFile): readonly ts.SourceFile[] {
  return file.statements.flatMap((statement) => {
    const isImport =
      compiler.isImportDeclaration(statement) &&
      statement.importClause?.phaseModifier !== compiler.SyntaxKind.TypeKeyword;
    const isExport = compiler.isExportDeclaration(statement) && !statement.isTypeOnly;
    const module = isImport || isExport ? statement.moduleSpecifier : undefined;
    const imported = module && checker.getSymbolAtLocation(module)?.valueDeclaration;
    const isTheirs = imported && compiler.isSourceFile(imported) && sources.originOf(imported).kind === "project";
    return isTheirs ? [imported] : [];
  });
}

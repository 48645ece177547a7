/** Repository files → what the rules look at: the syntax tree, and who imports what. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { ts } from "ts-morph";

export interface SourceText {
  /** Relative to the repository, forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly specifier: string;
  /** Erased at run time: `import type`, or `import("…")` in a type. */
  readonly typeOnly: boolean;
  readonly line: number;
}

export function readSources(root: string, folders: readonly string[]): readonly SourceText[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
      .filter((path) => /\.m?ts$/.test(path))
      .sort()
      .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") })),
  );
}

const parsed = new WeakMap<SourceText, ts.SourceFile>();

/** Each file once, however many rules look at it. */
export function parse(source: SourceText): ts.SourceFile {
  const file = parsed.get(source) ?? ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true);
  parsed.set(source, file);
  return file;
}

export function lineOf(node: ts.Node): number {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** Calls `visit` for each node of the file, outermost first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

export function importsOf(source: SourceText): readonly Import[] {
  const imports: Import[] = [];
  walk(parse(source), (node) => {
    const found = specifierOf(node);
    if (found) imports.push({ ...found, line: lineOf(node) });
  });
  return imports;
}

function specifierOf(node: ts.Node): Omit<Import, "line"> | undefined {
  if (ts.isImportDeclaration(node)) return literal(node.moduleSpecifier, isErased(node.importClause));
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return literal(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return literal(node.argument.literal, true);
  const argument =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0];
  return argument ? literal(argument, false) : undefined;
}

function isErased(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return (
    !clause.name &&
    !!bindings &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

function literal(node: ts.Node, typeOnly: boolean): Omit<Import, "line"> | undefined {
  return ts.isStringLiteral(node) ? { specifier: node.text, typeOnly } : undefined;
}

/** The repository path of a relative import, with its TypeScript extension. */
export function resolveImport(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).replace(/\.(m?)js$/, ".$1ts");
}

/** What the sources export that could be called and is no function: named once for each kind, so that nothing is missed in silence. */
import { basename } from "node:path";
import type { ts } from "ts-morph";
import { diagnostic, type Diagnostic } from "../../diagnostics/diagnostic.js";
import { compareText } from "../../model/text.js";
import { loadCompiler } from "../compiler/compiler-options.js";
import { isDefaultOfPackage, type ExportedFunction, type Module } from "./exports.js";
import { nodeToSpan } from "../disk/spans.js";
import { isUnbound } from "./unbound.js";
import { bareValue } from "./values.js";

type Kind = "class" | "object" | "namespace" | "declared" | "callable" | "absent" | "assigned" | "unbound" | "package";

const kinds: Readonly<Record<Kind, { readonly one: string; readonly several: string; readonly help: string }>> = {
  class: {
    one: "a class is",
    several: "classes are",
    help: "tag it `@tools` if its methods are tools, or `@provider` if it is for functions",
  },
  object: {
    one: "an object of functions is",
    several: "objects of functions are",
    help: "tag it `@tools`, or export its functions one by one",
  },
  namespace: { one: "a namespace is", several: "namespaces are", help: "export its functions from a module" },
  declared: {
    one: "a function that is only declared is",
    several: "functions that are only declared are",
    help: "export the function from where it is defined",
  },
  callable: {
    one: "an object that can be called is",
    several: "objects that can be called are",
    help: "export a function that calls it",
  },
  absent: {
    one: "a function that may be absent is",
    several: "functions that may be absent are",
    help: "export a function that calls it where it is there",
  },
  assigned: {
    one: "a function that is all of its module (`export =`) is",
    several: "functions that are all of their modules (`export =`) are",
    help: "export the function by its name",
  },
  unbound: {
    one: "a method that uses `this`, taken from its object, is",
    several: "methods that use `this`, taken from their objects, are",
    help: "export a function that calls it on its object",
  },
  package: {
    one: "a package's function, exported as the default, is",
    several: "packages' functions, exported as defaults, are",
    help: "export it by a name",
  },
};

interface LeftOut {
  readonly kind: Kind;
  readonly name: string;
  readonly node: ts.Node;
  /** Where a function takes or gives it, it is a part of the others. */
  readonly symbol: ts.Symbol;
}

export interface Searched {
  readonly root: string;
  readonly checker: ts.TypeChecker;
  readonly modules: readonly Module[];
  readonly functions: readonly ExportedFunction[];
}

export interface FoundLeftOut {
  readonly diagnostics: readonly Diagnostic[];
  /** There is something that is left out, or would be if no other module used it. */
  readonly isAny: boolean;
}

export function findLeftOut({ root, checker, modules, functions }: Searched): FoundLeftOut {
  const served = new Set(functions.map(({ symbol }) => symbol));
  const candidates = modules.flatMap(({ file }) => leftOutOf(checker, file, served));
  // What the signatures name is looked at only where something is left out at all.
  const types = candidates.length > 0 ? typesInSignatures(checker, functions) : new Set();
  const found = candidates
    .filter(({ symbol }) => !types.has(symbol))
    // Where nothing else is served, no class is a part of it.
    .filter(({ kind, name, node }) => {
      return kind !== "class" || functions.length === 0 || !isNamedElsewhere(node.parent, name, modules);
    });
  return { diagnostics: tell(root, found), isAny: candidates.length > 0 };
}

function tell(root: string, found: readonly LeftOut[]): readonly Diagnostic[] {
  return Object.entries(kinds).flatMap(([kind, { one, several, help }]) => {
    const [first, ...others] = found.filter((each) => each.kind === kind);
    if (!first) return [];
    const all = [first, ...others];
    const isShared = all.filter(({ name }) => name === "default").length > 1;
    const names = all.map((each) => (isShared ? nameInFile(each) : each.name));
    const count = others.length === 0 ? one : `${String(names.length)} ${several}`;
    const message = `${count} not served: ${listNames(names)}`;
    return [diagnostic("MG115", message, { span: nodeToSpan(root, first.node), help })];
  });
}

/** Several files have a `default` each. */
function nameInFile({ name, node }: LeftOut): string {
  return name === "default" ? `default in ${basename(node.getSourceFile().fileName)}` : name;
}

/** Files of JavaScript and JSX beside the sources. `paths` are absolute. */
export function tellUnread(paths: readonly string[]): readonly Diagnostic[] {
  if (paths.length === 0) return [];
  const names = [...new Set(paths.map((path) => basename(path)))].sort(compareText);
  const count = paths.length === 1 ? "a file is" : `${String(paths.length)} files are`;
  const help = "move functions that are to be served into .ts files";
  return [diagnostic("MG115", `${count} not read, being no plain TypeScript: ${listNames(names)}`, { help })];
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 4).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${String(more)} more` : shown.join(", ");
}

/** `served`: the functions that are. */
function leftOutOf(checker: ts.TypeChecker, file: ts.SourceFile, served: ReadonlySet<ts.Symbol>): readonly LeftOut[] {
  const { ts } = loadCompiler();
  const module = checker.getSymbolAtLocation(file);
  const assigned = module?.exports?.get(ts.InternalSymbolName.ExportEquals);
  const exported = module ? [...(assigned ? [assigned] : []), ...checker.getExportsOfModule(module)] : [];
  return exported.flatMap((symbol) => {
    const [place] = symbol.declarations ?? [];
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const node = standsFor(symbol, target) ? target.declarations?.[0] : place;
    if (!place || !node || served.has(target)) return [];
    if (place.getSourceFile() !== file || isHidden(place) || isHidden(node)) return [];
    const special = isUnbound(checker, place) ? "unbound" : packageKind(checker, symbol, target);
    const kind = special ?? kindOf({ checker, served }, target, node);
    const isNamed = node === place || ts.isNamespaceExport(place) || kind === "unbound";
    const name = classNameOf(node) ?? (isNamed ? symbol.name.replace("export=", "export =") : target.name);
    return kind ? [{ kind, name, node: nameOf(place), symbol: target }] : [];
  });
}

/** Of `export default class Service`. */
function classNameOf(node: ts.Declaration): string | undefined {
  return loadCompiler().ts.isClassDeclaration(node) ? node.name?.text : undefined;
}

/** What `export default api`, `export = api` and `export * as api` stand for; names that other modules declare are theirs to tell. */
function standsFor(symbol: ts.Symbol, target: ts.Symbol): boolean {
  const { ts } = loadCompiler();
  const [place] = symbol.declarations ?? [];
  if (!place || symbol === target) return false;
  const isPackage = target.declarations?.some((declaration) => isDefaultOfPackage(symbol, declaration)) === true;
  return ts.isExportAssignment(place) || ts.isNamespaceExport(place) || isPackage;
}

function packageKind(checker: ts.TypeChecker, symbol: ts.Symbol, target: ts.Symbol): Kind | undefined {
  const isFunction = checker.getTypeOfSymbol(target).getCallSignatures().length > 0;
  return isFunction && target.declarations?.some((each) => isDefaultOfPackage(symbol, each)) ? "package" : undefined;
}

interface Search {
  readonly checker: ts.TypeChecker;
  readonly served: ReadonlySet<ts.Symbol>;
}

function kindOf(search: Search, symbol: ts.Symbol, node: ts.Declaration): Kind | undefined {
  const { ts } = loadCompiler();
  const { checker } = search;
  if (ts.isClassDeclaration(node)) return isService(checker, symbol, node) ? "class" : undefined;
  if (ts.isFunctionDeclaration(node)) return node.body ? "assigned" : "declared";
  if (ts.isModuleDeclaration(node) || ts.isSourceFile(node))
    return holdsFunctions(search, symbol) ? "namespace" : undefined;
  if (!ts.isVariableDeclaration(node) && !ts.isBindingElement(node) && !ts.isExportAssignment(node)) return undefined;
  const written = ts.isExportAssignment(node) ? node.expression : node.initializer;
  const type = checker.getTypeOfSymbol(symbol);
  const literal = (written && literalOf(written)) ?? literalBehind(type);
  if (literal) return literal.properties.some((property) => isFunction(search, property)) ? "object" : undefined;
  if (isCallable(type)) return "callable";
  return isCallable(checker.getNonNullableType(type)) ? "absent" : undefined;
}

function isCallable(type: ts.Type): boolean {
  return type.getCallSignatures().length > 0 && type.getConstructSignatures().length === 0;
}

/** What a function of the sources made, such as `createApi()`; what packages make is theirs. */
function literalBehind(type: ts.Type): ts.ObjectLiteralExpression | undefined {
  const { ts } = loadCompiler();
  return type.getSymbol()?.declarations?.find(ts.isObjectLiteralExpression);
}

/** Without what leaves its value as it is. */
function literalOf(value: ts.Expression): ts.ObjectLiteralExpression | undefined {
  const { ts } = loadCompiler();
  const bare = bareValue(value);
  if (!bare || ts.isObjectLiteralExpression(bare)) return bare;
  const [frozen] = ts.isCallExpression(bare) && bare.expression.getText() === "Object.freeze" ? bare.arguments : [];
  return frozen && literalOf(frozen);
}

/** A class with methods of its own that is no error. */
function isService(checker: ts.TypeChecker, symbol: ts.Symbol, node: ts.ClassDeclaration): boolean {
  const { ts } = loadCompiler();
  const methods = node.members.filter(isFunctionMember);
  const isOpen = (member: ts.ClassElement): boolean =>
    (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0;
  const bases = checker.getBaseTypes(checker.getDeclaredTypeOfSymbol(symbol) as ts.InterfaceType);
  return methods.some(isOpen) && !bases.some((base) => base.getProperty("stack") !== undefined);
}

/** `run = () => …` as well. */
function isFunctionMember(member: ts.ClassElement): boolean {
  const { ts } = loadCompiler();
  if (ts.isMethodDeclaration(member)) return true;
  const value = ts.isPropertyDeclaration(member) ? bareValue(member.initializer) : undefined;
  return value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value));
}

function holdsFunctions({ checker, served }: Search, symbol: ts.Symbol): boolean {
  const { ts } = loadCompiler();
  return checker
    .getExportsOfModule(symbol)
    .some((each) => (each.flags & ts.SymbolFlags.Function) !== 0 && !served.has(each));
}

/** A function that is no tool by another name; objects in it count as well. */
function isFunction(search: Search, property: ts.ObjectLiteralElementLike): boolean {
  const { ts } = loadCompiler();
  if (ts.isMethodDeclaration(property)) return true;
  if (ts.isSpreadAssignment(property)) {
    const spread =
      literalOf(property.expression) ?? literalBehind(search.checker.getTypeAtLocation(property.expression));
    return spread?.properties.some((each) => isFunction(search, each)) === true;
  }
  if (ts.isShorthandPropertyAssignment(property))
    return isUnserved(search, search.checker.getShorthandAssignmentValueSymbol(property));
  if (!ts.isPropertyAssignment(property)) return false;
  const { initializer } = property;
  const literal = literalOf(initializer);
  if (literal) return literal.properties.some((each) => isFunction(search, each));
  if (ts.isIdentifier(initializer)) return isUnserved(search, search.checker.getSymbolAtLocation(initializer));
  return ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer);
}

function isUnserved({ checker, served }: Search, symbol: ts.Symbol | undefined): boolean {
  const { ts } = loadCompiler();
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  if (!target || served.has(target)) return false;
  const type = checker.getTypeOfSymbol(target);
  return type.getCallSignatures().length > 0 && type.getConstructSignatures().length === 0;
}

/** A class that other code of the sources names is a part of it; `own` is the class. */
function isNamedElsewhere(own: ts.Node, name: string, modules: readonly Module[]): boolean {
  if (name === "default") return false;
  const isOwn = (file: ts.SourceFile, at: number): boolean =>
    file === own.getSourceFile() && at >= own.pos && at < own.end;
  return modules.some(({ file }) => {
    for (let at = file.text.indexOf(name); at !== -1; at = file.text.indexOf(name, at + 1))
      if (isWord(file.text, at, name.length) && !isOwn(file, at)) return true;
    return false;
  });
}

function isWord(text: string, at: number, length: number): boolean {
  const word = /[\w$]/;
  return !word.test(text[at - 1] ?? "") && !word.test(text[at + length] ?? "");
}

function isHidden(node: ts.Declaration): boolean {
  const { ts } = loadCompiler();
  let statement: ts.Node = node;
  while (!ts.isStatement(statement) && !ts.isSourceFile(statement)) statement = statement.parent;
  if (ts.isSourceFile(statement)) return false;
  const { text } = node.getSourceFile();
  const comments = text.slice(statement.pos, statement.getStart());
  return /@(?:internal|ignore|provider|tools)\b/.test(comments);
}

function nameOf(node: ts.Declaration): ts.Node {
  const named = node as ts.Declaration & { readonly name?: ts.Node };
  return named.name ?? node;
}

function typesInSignatures(checker: ts.TypeChecker, functions: readonly ExportedFunction[]): ReadonlySet<ts.Symbol> {
  const found = new Set<ts.Symbol>();
  const add = (type: ts.Type | undefined, depth = 0): void => {
    if (!type || depth > 2) return;
    const symbol = type.getSymbol();
    if (symbol) found.add(symbol);
    if (type.isUnion()) for (const member of type.types) add(member, depth + 1);
    for (const argument of "target" in type ? checker.getTypeArguments(type as ts.TypeReference) : [])
      add(argument, depth + 1);
  };
  for (const { symbol } of functions) {
    for (const signature of checker.getTypeOfSymbol(symbol).getCallSignatures()) {
      add(checker.getReturnTypeOfSignature(signature));
      for (const parameter of signature.parameters) add(checker.getTypeOfSymbol(parameter));
    }
  }
  return found;
}

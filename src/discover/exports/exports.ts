/** The modules of the source → every function they export, each once, under the name and module it is best imported by. */
import { basename } from "node:path";
import type { ts } from "ts-morph";
import { compareText } from "../../model/text.js";
import type { ExportReference } from "../../model/api.js";
import {
  memberBehind,
  callableDeclaration,
  hasMethods,
  implementationOf,
  type CallableDeclaration,
  type Implementation,
} from "./callables.js";
import { loadCompiler } from "../compiler/compiler-options.js";

export interface ExportedFunction {
  readonly name: string;
  readonly reference: ExportReference;
  readonly symbol: ts.Symbol;
  readonly declaration: CallableDeclaration | MemberDeclaration;
  readonly implementation?: Implementation;
  /** It has no body and has methods that take something, as an Express application has: rather an object than a function. */
  readonly isObject?: true;
  /** The configuration names what is served, and not this. */
  readonly unchosen?: true;
  /** It is as the last build found it, and is not read again. */
  readonly untouched?: true;
  /** Of `const { read } = store` and `store.read`, the member: its comment counts where the name has none. */
  readonly member?: ts.Declaration;
  /** It is a method of this. */
  readonly owner?: ExportedGroup;
}

export type MemberDeclaration =
  | ts.MethodDeclaration
  | ts.PropertyDeclaration
  | ts.PropertyAssignment
  | ts.ShorthandPropertyAssignment
  | ts.MethodSignature
  | ts.PropertySignature;

export interface ExportedClass {
  readonly name: string;
  readonly reference: ExportReference;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.ClassDeclaration;
}

/** A class or an object tagged `@tools`. */
export type ExportedGroup =
  | (ExportedClass & { readonly kind: "class" })
  | (Omit<ExportedClass, "declaration"> & {
      readonly kind: "object";
      readonly declaration: ts.VariableDeclaration | ts.ExportAssignment;
    });

export interface Module {
  readonly path: string;
  readonly file: ts.SourceFile;
}

type NamedDeclaration = CallableDeclaration | ts.ClassDeclaration;

export interface Export<Declaration extends NamedDeclaration> {
  readonly name: string;
  readonly reference: ExportReference;
  readonly symbol: ts.Symbol;
  readonly declaration: Declaration;
}

/** An export of a declaration: there may be several of one. */
interface Candidate<Declaration extends NamedDeclaration> extends Export<Declaration> {
  readonly file: ts.SourceFile;
}

/** `isChosen`: of an export of a module. A function is chosen where one of its exports is: a barrel can choose for others. */
export function findFunctions(
  checker: ts.TypeChecker,
  modules: readonly Module[],
  isChosen: (exported: Pick<ExportedFunction, "name" | "reference">) => boolean,
): ExportedFunction[] {
  const candidates = listExports(checker, modules, (symbol) => callableDeclaration(checker, symbol));
  const chosen = new Set(candidates.filter(isChosen).map(({ symbol }) => symbol));
  return pickBest(candidates).map((exported) => {
    const { declaration, symbol } = exported;
    const implementation = implementationOf(checker, declaration);
    const member = memberBehind(checker, declaration);
    return {
      ...exported,
      ...(implementation && { implementation }),
      ...(!implementation && hasMethods(checker, symbol) && { isObject: true as const }),
      ...(!chosen.has(symbol) && { unchosen: true as const }),
      ...(member && { member }),
    };
  });
}

/** What is exported and has such a declaration, each once, under the best of its names. */
export function findExports<Declaration extends NamedDeclaration>(
  checker: ts.TypeChecker,
  modules: readonly Module[],
  declarationOf: (symbol: ts.Symbol) => Declaration | undefined,
): readonly Export<Declaration>[] {
  return pickBest(listExports(checker, modules, declarationOf));
}

function listExports<Declaration extends NamedDeclaration>(
  checker: ts.TypeChecker,
  modules: readonly Module[],
  declarationOf: (symbol: ts.Symbol) => Declaration | undefined,
): readonly Candidate<Declaration>[] {
  return modules.flatMap(({ path, file }) => {
    const module = checker.getSymbolAtLocation(file);
    return (module ? checker.getExportsOfModule(module) : []).flatMap((exported) => {
      const symbol = followAlias(checker, exported);
      const declaration = symbol && declarationOf(symbol);
      if (symbol === undefined || declaration === undefined || isDefaultOfPackage(exported, declaration)) return [];
      const name = exported.name === "default" ? nameOf(declaration) || nameOfFile(declaration) : exported.name;
      return [{ name, reference: { module: path, export: exported.name }, symbol, declaration, file }];
    });
  });
}

/** `export { default } from "p-limit"`: the module stands for the package, and the function has no name here. */
export function isDefaultOfPackage({ name }: ts.Symbol, declaration: ts.Node): boolean {
  return name === "default" && declaration.getSourceFile().fileName.includes("/node_modules/");
}

function pickBest<Declaration extends NamedDeclaration>(
  candidates: readonly Candidate<Declaration>[],
): readonly Export<Declaration>[] {
  const best = new Map<ts.Symbol, Candidate<Declaration>>();
  for (const candidate of candidates) {
    const rival = best.get(candidate.symbol);
    if (rival === undefined || compareCandidates(candidate, rival) < 0) best.set(candidate.symbol, candidate);
  }
  return [...best.values()].sort(byPlace).map(({ file: _, ...exported }) => exported);
}

/** By module and place: the order in which modules were read must not show. */
export function byPlace(a: Placed, b: Placed): number {
  return (
    compareText(a.reference.module, b.reference.module) ||
    a.declaration.pos - b.declaration.pos ||
    compareText(a.reference.export, b.reference.export) ||
    compareText(a.reference.member ?? "", b.reference.member ?? "")
  );
}

interface Placed {
  readonly reference: ExportReference;
  readonly declaration: ts.Node;
}

/** The declared symbol, or nothing for what is only exported as a type. */
function followAlias(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol | undefined {
  const { ts } = loadCompiler();
  if (!(symbol.flags & ts.SymbolFlags.Alias)) return symbol;
  const isTypeOnly = (declared: ts.Symbol | undefined): boolean =>
    declared?.declarations?.some(ts.isTypeOnlyImportOrExportDeclaration) ?? false;
  if (isTypeOnly(symbol)) return undefined;
  const specifier = symbol.declarations?.find(ts.isExportSpecifier);
  if (specifier && isTypeOnly(checker.getExportSpecifierLocalTargetSymbol(specifier))) return undefined;
  const target = checker.getAliasedSymbol(symbol);
  // `export default api.read`: a member is no declaration that modules export, but the export is.
  return target.flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Method) ? symbol : target;
}

/** The declaring module first, then a name over `default`, then the function's own name, then by code units. */
function compareCandidates(a: Candidate<NamedDeclaration>, b: Candidate<NamedDeclaration>): number {
  return rank(a) - rank(b) || compareText(a.reference.module, b.reference.module) || compareText(a.name, b.name);
}

function rank({ file, declaration, reference, name }: Candidate<NamedDeclaration>): number {
  const elsewhere = file === declaration.getSourceFile() ? 0 : 4;
  // The name of a file says less than one that another module gives to what has none.
  const unnamed = reference.export !== "default" ? 0 : nameOf(declaration) === "" ? 6 : 2;
  return elsewhere + unnamed + (name === nameOf(declaration) ? 0 : 1);
}

/** `get-user.ts` → `getUser`; empty where that is no identifier, and for `index.ts`, which names nothing. */
function nameOfFile(declaration: NamedDeclaration): string {
  const { ts } = loadCompiler();
  const file = basename(declaration.getSourceFile().fileName).replace(/\.[cm]?ts$/, "");
  const name = file.replace(/[-_. ]+(.)/g, (_, letter: string) => letter.toUpperCase());
  const keyword = ts.identifierToKeywordKind(ts.factory.createIdentifier(name));
  const isReserved = keyword !== undefined && keyword <= ts.SyntaxKind.LastFutureReservedWord;
  return name === "index" || isReserved || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? "" : name;
}

/** Empty for an anonymous default export. */
export function nameOf(declaration: NamedDeclaration): string {
  const { ts } = loadCompiler();
  if (ts.isExportAssignment(declaration)) return "";
  return declaration.name && ts.isIdentifier(declaration.name) ? declaration.name.text : "";
}

/** The modules of the source → every function they export, each once, under the name and module it is best imported by. */
import { basename } from "node:path";
import type { ts } from "ts-morph";
import { compareText } from "../../model/text.js";
import type { ExportReference } from "../../model/api.js";
import {
  boundMember,
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
  readonly declaration: CallableDeclaration;
  readonly implementation?: Implementation;
  /** It has no body and has methods that take something, as an Express application has: rather an object than a function. */
  readonly isObject?: true;
  /** The configuration names what is served, and not this. */
  readonly unchosen?: true;
  /** Of `const { read } = store`, the member: its comment counts where the name has none. */
  readonly member?: ts.Declaration;
}

export interface Module {
  readonly path: string;
  readonly file: ts.SourceFile;
}

/** An export of a function: there may be several of one declaration. */
interface Candidate extends ExportedFunction {
  readonly file: ts.SourceFile;
}

/** `isChosen`: of an export of a module. A function is chosen where one of its exports is: a barrel can choose for others. */
export function findFunctions(
  checker: ts.TypeChecker,
  modules: readonly Module[],
  isChosen: (candidate: Pick<ExportedFunction, "name" | "reference">) => boolean,
): ExportedFunction[] {
  const best = new Map<ts.Symbol, Candidate>();
  const chosen = new Set<ts.Symbol>();
  for (const module of modules) {
    for (const candidate of exportedBy(checker, module)) {
      if (isChosen(candidate)) chosen.add(candidate.symbol);
      const rival = best.get(candidate.symbol);
      if (rival === undefined || compareCandidates(candidate, rival) < 0) best.set(candidate.symbol, candidate);
    }
  }
  // By module and place: the order in which modules were read must not show.
  const found = [...best.values()].map((each) =>
    chosen.has(each.symbol) ? each : { ...each, unchosen: true as const },
  );
  return found.sort(
    (a, b) =>
      compareText(a.reference.module, b.reference.module) ||
      a.declaration.pos - b.declaration.pos ||
      compareText(a.reference.export, b.reference.export),
  );
}

function exportedBy(checker: ts.TypeChecker, { path, file }: Module): Candidate[] {
  const symbol = checker.getSymbolAtLocation(file);
  if (symbol === undefined) return [];
  return checker.getExportsOfModule(symbol).flatMap((exported) => {
    const target = followAlias(checker, exported);
    const declaration = target && callableDeclaration(checker, target);
    if (target === undefined || declaration === undefined) return [];
    const name = exported.name === "default" ? nameOf(declaration) || nameOfFile(declaration) : exported.name;
    const implementation = implementationOf(checker, declaration);
    const reference = { module: path, export: exported.name };
    const member = loadCompiler().ts.isBindingElement(declaration) ? boundMember(checker, declaration) : undefined;
    return [
      {
        ...{ name, reference, symbol: target, declaration, file },
        ...(implementation && { implementation }),
        ...(!implementation && hasMethods(checker, target) && { isObject: true as const }),
        ...(member && { member }),
      },
    ];
  });
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
  return checker.getAliasedSymbol(symbol);
}

/** The declaring module first, then a name over `default`, then the function's own name, then by code units. */
function compareCandidates(a: Candidate, b: Candidate): number {
  return rank(a) - rank(b) || compareText(a.reference.module, b.reference.module) || compareText(a.name, b.name);
}

function rank({ file, declaration, reference, name }: Candidate): number {
  const elsewhere = file === declaration.getSourceFile() ? 0 : 4;
  // The name of a file says less than one that another module gives to what has none.
  const unnamed = reference.export !== "default" ? 0 : nameOf(declaration) === "" ? 6 : 2;
  return elsewhere + unnamed + (name === nameOf(declaration) ? 0 : 1);
}

/** `get-user.ts` → `getUser`; empty where that is no identifier, and for `index.ts`, which names nothing. */
function nameOfFile(declaration: CallableDeclaration): string {
  const { ts } = loadCompiler();
  const file = basename(declaration.getSourceFile().fileName).replace(/\.[cm]?ts$/, "");
  const name = file.replace(/[-_. ]+(.)/g, (_, letter: string) => letter.toUpperCase());
  const keyword = ts.identifierToKeywordKind(ts.factory.createIdentifier(name));
  const isReserved = keyword !== undefined && keyword <= ts.SyntaxKind.LastFutureReservedWord;
  return name === "index" || isReserved || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? "" : name;
}

/** Empty for an anonymous default export. */
export function nameOf(declaration: CallableDeclaration): string {
  const { ts } = loadCompiler();
  if (ts.isExportAssignment(declaration)) return "";
  return declaration.name && ts.isIdentifier(declaration.name) ? declaration.name.text : "";
}

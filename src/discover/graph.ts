/** The files of a program → which of them the project's own are, and where their imports lead. */
import { resolve } from "node:path";
import type { ts } from "ts-morph";
import { compareText } from "../model/text.js";
import type { GraphFile, SourceGraph } from "../model/project/source-graph.js";
import { loadCompiler } from "./compiler/compiler-options.js";
import { toRelative } from "./disk/spans.js";
import type { ProjectHost } from "./host.js";
import { importedBy } from "./imported.js";
import type { Origin } from "./origins.js";
import { describeStatements } from "./statements.js";

export interface Linked {
  readonly root: string;
  readonly checker: ts.TypeChecker;
  readonly files: readonly ts.SourceFile[];
  /** Of each file, where its imports lead, by what is written. */
  readonly links: ProjectHost["links"];
  readonly modules: readonly { readonly file: ts.SourceFile }[];
  readonly originOf: (file: ts.SourceFile) => Origin;
}

export function linkFiles({ files, originOf, ...linked }: Linked): Omit<SourceGraph, "leavesOut"> {
  const served = new Set(linked.modules.map(({ file }) => file));
  const found: Record<string, GraphFile> = {};
  const ofPackages: string[] = [];
  let hasNode = false;
  for (const file of files) {
    const { kind } = originOf(file);
    const isGlobal = holdsEverywhere(file);
    if (kind === "node") hasNode = true;
    if (kind !== "project" && kind !== "package") continue;
    const path = toRelative(linked.root, file.fileName);
    const contracts = importedBy(file);
    const constants = declaredConstants(file);
    if (kind === "package") ofPackages.push(...constants);
    if (kind === "project")
      found[path] = {
        imports: importsOf(file, linked),
        contracts,
        ...(constants.length > 0 && { constants }),
        ...(served.has(file) && { isModule: true as const, ...describeModule(file, linked) }),
        ...(isGlobal && { isGlobal: true as const }),
      };
    // What packages import is not looked at.
    else if (isGlobal || contracts.length > 0) found[path] = { imports: [], contracts, isGlobal: true };
  }
  return { files: found, hasNode, constants: [...new Set(ofPackages)].sort(compareText) };
}

/** Of what is only declared, the compiler alone knows the values. */
function declaredConstants({ isDeclarationFile, text }: ts.SourceFile): readonly string[] {
  if (!isDeclarationFile) return [];
  return [...text.matchAll(/\bconst\s+enum\s+([\w$]+)/g)].map(([, name = ""]) => name);
}

type Places = Pick<Linked, "root" | "links" | "checker">;

function importsOf(file: ts.SourceFile, { root, links }: Places): readonly string[] {
  const referred = file.referencedFiles.map(({ fileName }) => resolve(file.fileName, "..", fileName));
  const paths = [...(links.get(file.fileName)?.values() ?? []), ...referred];
  return [...new Set(paths.map((path) => toRelative(root, path)))].sort(compareText);
}

type ModuleFacts = Pick<GraphFile, "exports" | "barrel" | "alone" | "beside">;

function describeModule(file: ts.SourceFile, { root, links, checker }: Places): ModuleFacts {
  const symbol = checker.getSymbolAtLocation(file);
  const exports = symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : [];
  const barrel = handedOn(file.statements, (written) => {
    const path = links.get(file.fileName)?.get(written);
    return path === undefined ? undefined : toRelative(root, path);
  });
  return { exports, ...(barrel ? { barrel } : describeStatements(file)) };
}

/** Undefined where there is any other statement than `export … from`, or a name of its own for what has none. */
function handedOn(
  statements: readonly ts.Statement[],
  leadsTo: (written: string) => string | undefined,
): GraphFile["barrel"] {
  const { ts } = loadCompiler();
  const found: Record<string, string[]> = {};
  for (const statement of statements) {
    const from = ts.isExportDeclaration(statement) ? statement.moduleSpecifier : undefined;
    const path = from && ts.isStringLiteral(from) ? leadsTo(from.text) : undefined;
    if (path === undefined || !ts.isExportDeclaration(statement)) return undefined;
    const { exportClause } = statement;
    if (exportClause && !ts.isNamedExports(exportClause)) return undefined;
    const names = exportClause?.elements.map(({ name, propertyName }) => (propertyName ?? name).text) ?? ["*"];
    if (names.includes("default")) return undefined;
    (found[path] ??= []).push(...names);
  }
  return found;
}

/** What the parser notes of a module that declares something for others, by `declare global` or `declare module`. */
interface Augmenting {
  readonly moduleAugmentations?: readonly ts.Node[];
}

/** A script, a module that declares something for others, and what brings whole libraries with it. */
function holdsEverywhere(file: ts.SourceFile): boolean {
  const { ts } = loadCompiler();
  const { moduleAugmentations = [] } = file as Augmenting;
  const brings = [...file.typeReferenceDirectives, ...file.libReferenceDirectives];
  if (moduleAugmentations.length > 0 || brings.length > 0) return true;
  return !ts.isExternalModule(file) && !file.fileName.endsWith(".json");
}

/**
 * Discovery: the source folder → a TypeScript program, the functions it exports, and the files read for it.
 * Bodies are not checked: an error inside a function is the build's own tsc's to report.
 */
import { dirname } from "node:path";
import type { ts } from "ts-morph";
import type { Config } from "../config/config.js";
import type { Acceptance } from "../diagnostics/accept.js";
import { compareDiagnostics, diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { InputFile } from "../model/api.js";
import type { Lookups } from "../model/project/lookups.js";
import type { CompilerModel } from "../model/project/compiler.js";
import { succeed, type Result } from "../model/result.js";
import type { Span } from "../model/span.js";
import { readChoice, type Choice } from "./exports/choice.js";
import { findAcceptances } from "./exports/acceptances.js";
import { findBrokenExports } from "./exports/broken-exports.js";
import { loadCompiler } from "./compiler/compiler-options.js";
import { modelCompiler } from "./compiler/compiler-model.js";
import { watchLookups } from "./disk/disk.js";
import {
  byPlace,
  findFunctions,
  type ExportedClass,
  type ExportedFunction,
  type ExportedGroup,
  type Module,
} from "./exports/exports.js";
import { findClasses, findGroups, findMethods } from "./exports/groups.js";
import { listFiles, toSlashes, type SourceFiles } from "./disk/files.js";
import { createHost, libraryFolder } from "./host.js";
import { findImported } from "./imported.js";
import { listInputs } from "./inputs.js";
import { fileOrigin, type Origin } from "./origins.js";
import { tellNeighbours } from "./neighbours.js";
import { findLeftOut, tellUnread } from "./exports/left-out.js";
import { nodeToSpan, offsetsToSpan, toRelative } from "./disk/spans.js";
import { hashSources } from "./disk/recall.js";
import { readProjectOptions } from "./compiler/tsconfig.js";

export type { ExportedClass, ExportedFunction, ExportedGroup } from "./exports/exports.js";
export type { Origin } from "./origins.js";
export { stampBuilder } from "./builder.js";
export { recallLookups } from "./disk/recall.js";

/** What analysis works on; the only data between stages that is not plain. */
export interface Sources {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** Sorted by module path, then by place in the file. With the methods of `groups`. */
  readonly functions: readonly ExportedFunction[];
  readonly classes: readonly ExportedClass[];
  /** What is tagged `@tools`. */
  readonly groups: readonly ExportedGroup[];
  /** The files of the source folder that parse. */
  readonly modules: readonly ts.SourceFile[];
  readonly inputs: readonly InputFile[];
  /** The names that are imported from "mcpgen", sorted; `*` where all of it is. */
  readonly contracts: readonly string[];
  /** All that was asked of the disk for it. */
  readonly lookups: Lookups;
  readonly compiler: CompilerModel;
  /** The user compiles without null checks, and so will be what is generated. */
  readonly loose: boolean;
  readonly expose: Config["expose"];
  /** Warnings that comments say may stay. */
  readonly acceptances: readonly Acceptance[];
  /** The source folder, relative to the project root. */
  readonly folder: string;
  readonly spanOf: (node: ts.Node) => Span;
  /** The place of a part of a file: the offsets of its first character and of the one after its last. */
  readonly spanOfRange: (file: ts.SourceFile, range: readonly [number, number]) => Span;
  readonly originOf: (file: ts.SourceFile) => Origin;
}

/** `again`: for who reads the sources once more, what was parsed is kept. */
export function discoverSources(config: Config, again?: true): Result<Sources> {
  const listed = listFiles(config);
  const choice = readChoice(config);
  const { value: read, lookups } = watchLookups(config.output, () => readSources(config, { listed, choice, again }));
  const sources = { ...read.value, lookups: { ...lookups, sources: hashSources(listed) } };
  return succeed(
    sources,
    [...read.diagnostics, ...tellIdle(config, listed.idleGlobs), ...choice.tellIdle()].sort(compareDiagnostics),
  );
}

function tellIdle({ exclude, excludePlaces }: Config, idle: readonly string[]): readonly Diagnostic[] {
  return idle.map((glob) =>
    diagnostic("MG116", `\`${glob}\` of \`exclude\` matches no file of the source`, {
      span: excludePlaces[exclude.indexOf(glob)],
    }),
  );
}

interface Reading {
  readonly listed: SourceFiles;
  readonly choice: Choice;
  readonly again: true | undefined;
}

function readSources(config: Config, { listed, choice, again }: Reading): Result<Omit<Sources, "lookups">> {
  const { ts } = loadCompiler();
  const root = toSlashes(config.root);
  const project = readProjectOptions(config);
  const { options } = project;
  const host = createHost(root, options, again);
  const program = ts.createProgram({
    rootNames: [...listed.sources, ...new Set([...listed.declarations, ...project.ambient])],
    options: { ...options, types: [...new Set([...(options.types ?? []), "node"])] },
    host,
  });
  const checker = program.getTypeChecker();
  const rules = { root, contractsFolder: `${dirname(host.contracts)}/`, libraryFolder };
  const originOf = (file: ts.SourceFile): Origin => fileOrigin(rules, file);

  const { modules, diagnostics } = readModules(program, root, listed);
  const acceptances = findAcceptances(root, modules);
  const classes = findClasses(checker, modules);
  const groups = findGroups(checker, modules, classes);
  const methods = groups
    .flatMap((group) => findMethods(checker, group))
    .map((method) => (choice.isChosen(method) ? method : { ...method, unchosen: true as const }));
  const found: Omit<Sources, "lookups"> = {
    program,
    checker,
    functions: [...findFunctions(checker, modules, choice.isChosen), ...methods].sort(byPlace),
    classes,
    groups,
    modules: modules.map(({ file }) => file),
    inputs: listInputs({
      root,
      files: program.getSourceFiles(),
      tsconfigs: project.files,
      ownPackages: host.ownPackages(),
      originOf,
    }),
    contracts: findImported(program.getSourceFiles().filter((file) => originOf(file).kind !== "library")),
    compiler: modelCompiler(root, project),
    loose: project.loose,
    expose: config.expose,
    acceptances: acceptances.value,
    folder: toRelative(root, config.source),
    spanOf: (node) => nodeToSpan(root, node),
    spanOfRange: (file, range) => offsetsToSpan(root, file, range),
    originOf,
  };
  const broken = modules.flatMap((module) => findBrokenExports(program, root, module));
  const left =
    config.expose === "tagged"
      ? []
      : [
          ...findLeftOut({ root, checker, modules: modules.filter(choice.meansModule), functions: found.functions }),
          ...tellUnread(listed.unserved.filter((path) => choice.meansModule({ path: toRelative(root, path) }))),
        ];
  const around = [...project.diagnostics, ...tellNeighbours(config)];
  return succeed(found, [...around, ...diagnostics, ...acceptances.diagnostics, ...broken, ...left]);
}

/** A file that does not parse is reported and left out: what it exports cannot be known. */
function readModules(
  program: ts.Program,
  root: string,
  { sources, declarations, unreadable }: SourceFiles,
): { readonly modules: Module[]; readonly diagnostics: Diagnostic[] } {
  const modules: Module[] = [];
  const unread = declarations.filter((path) => program.getSourceFile(path) === undefined);
  const diagnostics = [...unreadable, ...unread].map((path) => cannotBeRead(root, path));
  for (const path of sources) {
    const file = program.getSourceFile(path);
    if (file === undefined) {
      diagnostics.push(cannotBeRead(root, path));
      continue;
    }
    const errors = program.getSyntacticDiagnostics(file);
    diagnostics.push(...errors.map((error) => syntaxError(root, error)));
    if (errors.length === 0) modules.push({ path: toRelative(root, path), file });
  }
  return { modules, diagnostics };
}

function cannotBeRead(root: string, path: string): Diagnostic {
  return diagnostic("MG112", `\`${toRelative(root, path)}\` cannot be read`);
}

function syntaxError(root: string, { file, start, length, messageText }: ts.DiagnosticWithLocation): Diagnostic {
  const text = loadCompiler().ts.flattenDiagnosticMessageText(messageText, " ");
  return diagnostic("MG109", text, { span: offsetsToSpan(root, file, [start, start + length]) });
}

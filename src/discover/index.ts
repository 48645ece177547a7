/**
 * Discovery: the source folder → a TypeScript program, the functions it exports, and the files read for it.
 * Bodies are not checked: an error inside a function is the build's own tsc's to report.
 */
import { dirname, resolve } from "node:path";
import type { ts } from "ts-morph";
import type { Config } from "../config/config.js";
import type { Acceptance } from "../diagnostics/accept.js";
import { compareDiagnostics, diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { InputFile } from "../model/api.js";
import type { Lookups } from "../model/project/lookups.js";
import type { CompilerModel } from "../model/project/compiler.js";
import {
  constantsOf,
  contractsOf,
  untouchedIn,
  type SourceGraph,
  type SourcePart,
} from "../model/project/source-graph.js";
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
import { linkFiles } from "./graph.js";
import { listInputs } from "./inputs.js";
import { fileOrigin, type Origin } from "./origins.js";
import { tellNeighbours } from "./neighbours.js";
import { findLeftOut, tellUnread } from "./exports/left-out.js";
import { nodeToSpan, offsetsToSpan, toRelative, toText } from "./disk/spans.js";
import { hashSources } from "./disk/recall.js";
import type { HelpOf } from "./compiler/unfound-modules.js";
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
  /** Not all of the source folder was read. */
  readonly isPart?: true;
  /** The files of the source folder that parse. */
  readonly modules: readonly ts.SourceFile[];
  readonly inputs: readonly InputFile[];
  /** The names that are imported from "mcpgen", sorted; `*` where all of it is. */
  readonly contracts: readonly string[];
  readonly graph: SourceGraph;
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
  /** What the compiler says, in one line. */
  readonly textOf: (said: string | ts.DiagnosticMessageChain) => string;
  readonly originOf: (file: ts.SourceFile) => Origin;
  /** What mends an error of TypeScript's, where that is not the usual. */
  readonly helpOf: HelpOf;
}

export interface Wanted {
  /** The sources are read once more: what is parsed is kept. */
  readonly again?: true | undefined;
  /** No more than this of them. */
  readonly part?: SourcePart | undefined;
}

export function discoverSources(config: Config, { again, part }: Wanted = {}): Result<Sources> {
  const listed = listFiles(config);
  const choice = readChoice(config);
  const { value: read, lookups } = watchLookups(config.output, () =>
    readSources(config, { listed, choice, again, part }),
  );
  const sources = { ...read.value, lookups: { ...lookups, sources: hashSources(listed) } };
  return succeed(
    sources,
    // Of a part it is not known which entries name something elsewhere.
    [...read.diagnostics, ...tellIdle(config, listed.idleGlobs), ...(part ? [] : choice.tellIdle())].sort(
      compareDiagnostics,
    ),
  );
}

function tellIdle({ exclude, excludePlaces }: Config, idle: readonly string[]): readonly Diagnostic[] {
  return idle.map((glob) =>
    diagnostic("MG116", `\`${glob}\` of \`exclude\` matches no file of the source`, {
      span: excludePlaces[exclude.indexOf(glob)],
    }),
  );
}

interface Reading extends Wanted {
  readonly listed: SourceFiles;
  readonly choice: Choice;
}

function readSources(config: Config, reading: Reading): Result<Omit<Sources, "lookups">> {
  const { choice, again, part } = reading;
  const { ts } = loadCompiler();
  const root = toSlashes(config.root);
  const project = readProjectOptions(config);
  const { options } = project;
  const listed = part ? narrow(reading.listed, root, part) : reading.listed;
  const host = createHost(root, options, { again, part });
  const program = ts.createProgram({
    rootNames: [...listed.sources, ...new Set([...listed.declarations, ...project.ambient, ...globalsOf(root, part)])],
    options: { ...options, types: [...new Set([...(options.types ?? []), "node"])] },
    host,
  });
  const checker = program.getTypeChecker();
  const rules = { root, contractsFolder: `${dirname(host.contracts)}/`, libraryFolder };
  const originOf = (file: ts.SourceFile): Origin => fileOrigin(rules, file);

  const { modules, diagnostics } = readModules(program, root, listed);
  const acceptances = findAcceptances(root, modules);
  const exported = findExported(checker, modules, choice);
  const left = findLeftOut({
    ...{ root, checker, functions: exported.functions },
    modules: config.expose === "tagged" ? [] : modules.filter(choice.meansModule),
  });
  const files = program.getSourceFiles();
  const linked = linkFiles({ root, checker, files, links: host.links, modules, originOf });
  const graph = { ...linked, leavesOut: left.isAny };
  const ownPackages = host.ownPackages();
  const found: Omit<Sources, "lookups"> = {
    program,
    checker,
    ...exported,
    ...(part && { isPart: true as const, functions: markUntouched(exported.functions, untouchedIn(graph, part)) }),
    modules: modules.map(({ file }) => file),
    inputs: listInputs({ root, files, tsconfigs: project.files, ownPackages, originOf }),
    graph,
    contracts: contractsOf(graph),
    compiler: { ...modelCompiler(root, project), constants: constantsOf(graph) },
    loose: project.loose,
    expose: config.expose,
    acceptances: acceptances.value,
    folder: toRelative(root, config.source),
    spanOf: (node) => nodeToSpan(root, node),
    spanOfRange: (file, range) => offsetsToSpan(root, file, range),
    textOf: (said) => toText(root, said),
    originOf,
    helpOf: project.helpOf,
  };
  const broken = modules.flatMap((module) => findBrokenExports(program, { ...project, root }, module));
  const unread = listed.unserved.filter((path) => choice.meansModule({ path: toRelative(root, path) }));
  const around = [...project.diagnostics, ...tellNeighbours(config)];
  const idle = [...left.diagnostics, ...(config.expose === "tagged" ? [] : tellUnread(unread))];
  return succeed(found, [...around, ...diagnostics, ...acceptances.diagnostics, ...broken, ...idle]);
}

function findExported(
  checker: ts.TypeChecker,
  modules: readonly Module[],
  choice: Choice,
): Pick<Sources, "functions" | "classes" | "groups"> {
  const classes = findClasses(checker, modules);
  const groups = findGroups(checker, modules, classes);
  const methods = groups
    .flatMap((group) => findMethods(checker, group))
    .map((method) => (choice.isChosen(method) ? method : { ...method, unchosen: true as const }));
  return {
    functions: [...findFunctions(checker, modules, choice.isChosen), ...methods].sort(byPlace),
    classes,
    groups,
  };
}

function narrow(listed: SourceFiles, root: string, { modules }: SourcePart): SourceFiles {
  return { ...listed, sources: listed.sources.filter((path) => modules.has(toRelative(root, path))) };
}

function markUntouched(
  functions: readonly ExportedFunction[],
  isUntouched: ReturnType<typeof untouchedIn>,
): readonly ExportedFunction[] {
  return functions.map((each) => (isUntouched(each.reference) ? { ...each, untouched: true as const } : each));
}

function globalsOf(root: string, part: SourcePart | undefined): readonly string[] {
  return (part?.globals ?? []).map((path) => toSlashes(resolve(root, path)));
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
  return diagnostic("MG109", toText(root, messageText), { span: offsetsToSpan(root, file, [start, start + length]) });
}

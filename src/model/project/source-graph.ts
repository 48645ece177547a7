/** The files of a project that a build read, and where their imports lead: what an edit of one of them can have changed. */
import type { ExportReference } from "../api.js";
import { compareText } from "../text.js";

export interface SourceGraph {
  /** By path, relative to the project root. Of packages, only files that hold for all others, or take something from "mcpgen". */
  readonly files: Readonly<Record<string, GraphFile>>;
  /** The types of Node.js are among them. */
  readonly hasNode: boolean;
  /** The names of the `const enum`s that packages declare. */
  readonly constants: readonly string[];
  /** Something is exported that could be called and is no function: whether that is told depends on all modules. */
  readonly leavesOut: boolean;
}

export interface GraphFile {
  /** Paths as above; where they lead into packages, too. */
  readonly imports: readonly string[];
  /** The names that it takes from "mcpgen". */
  readonly contracts: readonly string[];
  /** Of a file of declarations, the names of the `const enum`s in it. */
  readonly constants?: readonly string[];
  /** It is in the source folder: what it exports can be served. */
  readonly isModule?: true;
  /** Of a module, the names that it exports. */
  readonly exports?: readonly string[];
  /** It only hands on what these files export: by path, the names, of which `*` is all. */
  readonly barrel?: Readonly<Record<string, readonly string[]>>;
  /** Of a module, by name the hashes of its exported functions that nothing else in it names. */
  readonly alone?: Readonly<Record<string, string>>;
  /** Of a module, the hash of all that is beside those. */
  readonly beside?: string;
  /** What it declares holds where it is not imported. */
  readonly isGlobal?: true;
}

/** The modules that are read anew, where the others are as a build before found them. Paths as in the graph. */
export interface SourcePart {
  readonly modules: ReadonlySet<string>;
  /** Files that hold for all others. */
  readonly globals: readonly string[];
  readonly hasNode: boolean;
  /** Of these modules nothing was edited that they import, and nothing is told: as they were. Their functions that stand untouched are not read. */
  readonly before: Readonly<Record<string, GraphFile>>;
}

/** The graph as it is now, and the part → whether an export is one of the functions that are not read. */
export function untouchedIn(
  { files }: Pick<SourceGraph, "files">,
  { before }: SourcePart,
): (exported: ExportReference) => boolean {
  return ({ module, export: name, member }) => {
    const [known, now] = [before[module], files[module]];
    const isAsItWas = known?.beside !== undefined && known.beside === now?.beside;
    return isAsItWas && member === undefined && known.alone?.[name] === now.alone?.[name];
  };
}

/** The names that are taken from "mcpgen", sorted. */
export function contractsOf({ files }: Pick<SourceGraph, "files">): readonly string[] {
  const names = Object.values(files).flatMap(({ contracts }) => contracts);
  // By code units: the order of files says nothing.
  return [...new Set(names)].sort(compareText);
}

/** The names of the `const enum`s that are only declared, sorted. */
export function constantsOf({ files, constants }: SourceGraph): readonly string[] {
  const names = [...constants, ...Object.values(files).flatMap((file) => file.constants ?? [])];
  // By code units: the order of files says nothing.
  return [...new Set(names)].sort(compareText);
}

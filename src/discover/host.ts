/**
 * What TypeScript asks of the world: texts, libraries, and where an import leads. Three answers differ from
 * tsc's: `mcpgen` is always this package, library texts come from ts-morph, and the types of Node.js are
 * loaded only where the project needs them.
 */
import { isBuiltin } from "node:module";
import type { ts } from "ts-morph";
import { toLineFeeds } from "../model/hash.js";
import type { SourcePart } from "../model/project/source-graph.js";
import { loadCompiler } from "./compiler/compiler-options.js";
import { contractsFile, ownNodeTypes } from "./contracts.js";
import { bodyGlobals, usesNodeGlobals } from "./compiler/node-globals.js";
import { openParsedFiles, parsedOnce, type ParsedFiles } from "./compiler/parsed-files.js";

export interface ProjectHost extends ts.CompilerHost {
  readonly contracts: string;
  /** The folder of packages that came with mcpgen, when the types of Node.js had to be taken from there. */
  readonly ownPackages: () => string | undefined;
  /** Of each file, where its imports lead, by what is written. */
  readonly links: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface Asked {
  /** What was parsed is kept for the next program. */
  readonly again?: true | undefined;
  /** No more than this of the sources is read. */
  readonly part?: SourcePart | undefined;
}

/** Folders that exist only in memory. */
export const libraryFolder = "/.mcpgen/lib/";
const globalsFile = `${libraryFolder}globals.d.ts`;

export function createHost(root: string, options: ts.CompilerOptions, { again, part }: Asked): ProjectHost {
  const { ts } = loadCompiler();
  const texts = createTexts();
  const parsed = again ? openParsedFiles(options, part ? "part" : "whole") : parsedOnce;
  const library = hasDom(options) ? "dom" : "plain";
  const contracts = contractsFile();
  const canonical = (name: string): string => (ts.sys.useCaseSensitiveFileNames ? name : name.toLowerCase());
  const modules = ts.createModuleResolutionCache(root, canonical, options);
  const types = ts.createTypeReferenceDirectiveResolutionCache(
    root,
    canonical,
    options,
    modules.getPackageJsonInfoCache(),
  );
  const { links, linksOf } = createLinks();
  let needsNode = part?.hasNode || (options.types?.includes("node") ?? false);
  let ownPackages: string | undefined;

  const host: ProjectHost = {
    ...diskOf(root),
    ...texts,
    getCanonicalFileName: canonical,
    contracts,
    ownPackages: () => ownPackages,
    links,

    getSourceFile(name, languageVersion) {
      const text = texts.readFile(name);
      if (text === undefined) return undefined;
      const file = parseFile(parsed, { name, text, version: languageVersion });
      needsNode ||= name !== contracts && !name.startsWith(libraryFolder) && usesNodeGlobals(file, library);
      return file;
    },

    resolveModuleNameLiterals(literals, containingFile, redirect, options, containing) {
      const leads = linksOf(containingFile);
      return literals.map((literal) => {
        if (literal.text === "mcpgen") return { resolvedModule: { resolvedFileName: contracts, extension: ".ts" } };
        needsNode ||= isBuiltin(literal.text);
        const mode = ts.getModeForUsageLocation(containing, literal, options);
        const found = ts.resolveModuleName(literal.text, containingFile, options, host, modules, redirect, mode);
        return note(leads, literal.text, found);
      });
    },

    // TypeScript asks for the global types last, when all files of the project have been seen.
    resolveTypeReferenceDirectiveReferences(references, containingFile, redirect, options) {
      return references.map((reference) => {
        const name = typeof reference === "string" ? reference : reference.fileName;
        if (name === "node" && !needsNode) return globalTypes(globalsFile);
        const found = ts.resolveTypeReferenceDirective(name, containingFile, options, host, redirect, types);
        if (found.resolvedTypeReferenceDirective || name !== "node") return found;
        const own = ownNodeTypes();
        ownPackages = own.slice(0, own.lastIndexOf("@types/node/"));
        return globalTypes(own);
      });
    },
  };
  return host;
}

function createLinks() {
  const links = new Map<string, Map<string, string>>();
  const linksOf = (file: string): Map<string, string> => {
    const known = links.get(file) ?? new Map<string, string>();
    links.set(file, known);
    return known;
  };
  return { links, linksOf };
}

function note(
  leads: Map<string, string>,
  written: string,
  found: ts.ResolvedModuleWithFailedLookupLocations,
): ts.ResolvedModuleWithFailedLookupLocations {
  if (found.resolvedModule) leads.set(written, found.resolvedModule.resolvedFileName);
  return found;
}

interface Text {
  readonly name: string;
  readonly text: string;
  readonly version: ts.ScriptTarget | ts.CreateSourceFileOptions;
}

function parseFile(parsed: ParsedFiles, { name, text, version }: Text): ts.SourceFile {
  const { ts } = loadCompiler();
  const options = typeof version === "object" ? version : { languageVersion: version };
  // Comments are read by ourselves, and only those of what is served; in JavaScript they are the types.
  const { ParseAll, ParseNone } = ts.JSDocParsingMode;
  const jsDocParsingMode = /\.[cm]?jsx?$/.test(name) ? ParseAll : ParseNone;
  const form = `${String(options.languageVersion)} ${String(options.impliedNodeFormat)}`;
  return parsed.take({ name, text, form }, () => ts.createSourceFile(name, text, { ...options, jsDocParsingMode }));
}

type Disk = Omit<ts.CompilerHost, "getSourceFile" | "getCanonicalFileName" | "fileExists" | "readFile">;

function diskOf(root: string): Disk {
  const { sys, getDefaultLibFileName } = loadCompiler().ts;
  return {
    directoryExists: (path) => sys.directoryExists(path),
    getDirectories: (path) => sys.getDirectories(path),
    realpath: (path) => sys.realpath?.(path) ?? path,
    useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    getCurrentDirectory: () => root,
    getNewLine: () => "\n",
    getDefaultLibLocation: () => libraryFolder.slice(0, -1),
    getDefaultLibFileName: (options) => libraryFolder + getDefaultLibFileName(options),
    writeFile: () => undefined,
  };
}

/** Texts with LF line ends: places, docs and hashes are the same for every checkout. */
function createTexts(): Pick<ts.CompilerHost, "fileExists" | "readFile"> {
  const compiler = loadCompiler();
  const { sys } = compiler.ts;
  const inMemory = new Map(compiler.getLibFiles().map(({ fileName, text }) => [libraryFolder + fileName, text]));
  inMemory.set(globalsFile, bodyGlobals);
  return {
    fileExists: (name) => inMemory.has(name) || sys.fileExists(name),
    readFile: (name) => {
      const known = inMemory.get(name);
      if (known !== undefined) return known;
      const text = sys.readFile(name);
      return text === undefined ? undefined : toLineFeeds(text);
    },
  };
}

function globalTypes(resolvedFileName: string): ts.ResolvedTypeReferenceDirectiveWithFailedLookupLocations {
  return { resolvedTypeReferenceDirective: { primary: true, resolvedFileName, isExternalLibraryImport: true } };
}

/** Without `lib`, TypeScript loads `dom` too. */
function hasDom({ lib, noLib }: ts.CompilerOptions): boolean {
  return noLib ? false : (lib?.some((name) => name.endsWith("lib.dom.d.ts")) ?? true);
}

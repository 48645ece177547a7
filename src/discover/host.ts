/**
 * What TypeScript asks of the world: texts, libraries, and where an import leads. Three answers differ from
 * tsc's: `mcpgen` is always this package, library texts come from ts-morph, and the types of Node.js are
 * loaded only where the project needs them.
 */
import { isBuiltin } from "node:module";
import type { ts } from "ts-morph";
import { toLineFeeds } from "../model/hash.js";
import { loadCompiler } from "./compiler.js";
import { contractsFile, ownNodeTypes } from "./contracts.js";
import { bodyGlobals, usesNodeGlobals } from "./node-globals.js";

export interface ProjectHost extends ts.CompilerHost {
  readonly contracts: string;
  /** The folder of packages that came with mcpgen, when the types of Node.js had to be taken from there. */
  ownPackages(): string | undefined;
}

/** Folders that exist only in memory. */
export const libraryFolder = "/.mcpgen/lib/";
const globalsFile = `${libraryFolder}globals.d.ts`;

export function createHost(root: string, options: ts.CompilerOptions): ProjectHost {
  const { ts } = loadCompiler();
  const texts = createTexts();
  const library = hasDom(options) ? "dom" : "plain";
  const contracts = contractsFile();
  let ownPackages: string | undefined;
  let needsNode = options.types?.includes("node") ?? false;

  const host: ProjectHost = {
    contracts,
    ownPackages: () => ownPackages,
    fileExists: texts.exists,
    readFile: texts.read,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => (ts.sys.useCaseSensitiveFileNames ? name : name.toLowerCase()),
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getNewLine: () => "\n",
    getDefaultLibLocation: () => libraryFolder.slice(0, -1),
    getDefaultLibFileName: (options) => libraryFolder + ts.getDefaultLibFileName(options),
    writeFile: () => undefined,

    getSourceFile(name, languageVersion) {
      const text = texts.read(name);
      if (text === undefined) return undefined;
      const version = typeof languageVersion === "object" ? languageVersion : { languageVersion };
      // Comments are read by ourselves, and only those of what is served.
      const file = ts.createSourceFile(name, text, { ...version, jsDocParsingMode: ts.JSDocParsingMode.ParseNone });
      needsNode ||= !file.isDeclarationFile && name !== contracts && usesNodeGlobals(file, library);
      return file;
    },

    resolveModuleNameLiterals(literals, containingFile, redirect, options, containing) {
      return literals.map((literal) => {
        if (literal.text === "mcpgen") return { resolvedModule: { resolvedFileName: contracts, extension: ".ts" } };
        needsNode ||= isBuiltin(literal.text);
        const mode = ts.getModeForUsageLocation(containing, literal, options);
        return ts.resolveModuleName(literal.text, containingFile, options, host, cache, redirect, mode);
      });
    },

    // TypeScript asks for the global types last, when all files of the project have been seen.
    resolveTypeReferenceDirectiveReferences(references, containingFile, redirect, options) {
      return references.map((reference) => {
        const name = typeof reference === "string" ? reference : reference.fileName;
        if (name === "node" && !needsNode) return global(globalsFile);
        const found = ts.resolveTypeReferenceDirective(name, containingFile, options, host, redirect, typesCache);
        if (found.resolvedTypeReferenceDirective || name !== "node") return found;
        const own = ownNodeTypes();
        ownPackages = own.slice(0, own.lastIndexOf("@types/node/"));
        return global(own);
      });
    },
  };
  const cache = ts.createModuleResolutionCache(root, host.getCanonicalFileName, options);
  const typesCache = ts.createTypeReferenceDirectiveResolutionCache(
    root,
    host.getCanonicalFileName,
    options,
    cache.getPackageJsonInfoCache(),
  );
  return host;
}

/** Texts with LF line ends: places, docs and hashes are the same for every checkout. */
function createTexts(): { exists(name: string): boolean; read(name: string): string | undefined } {
  const { ts, getLibFiles } = loadCompiler();
  const inMemory = new Map(getLibFiles().map(({ fileName, text }) => [libraryFolder + fileName, text]));
  inMemory.set(globalsFile, bodyGlobals);
  return {
    exists: (name) => inMemory.has(name) || ts.sys.fileExists(name),
    read(name) {
      const known = inMemory.get(name);
      if (known !== undefined) return known;
      const text = ts.sys.readFile(name);
      return text === undefined ? undefined : toLineFeeds(text);
    },
  };
}

function global(resolvedFileName: string): ts.ResolvedTypeReferenceDirectiveWithFailedLookupLocations {
  return { resolvedTypeReferenceDirective: { primary: true, resolvedFileName, isExternalLibraryImport: true } };
}

/** Without `lib`, TypeScript loads `dom` too. */
function hasDom({ lib, noLib }: ts.CompilerOptions): boolean {
  return noLib ? false : (lib?.some((name) => name.endsWith("lib.dom.d.ts")) ?? true);
}

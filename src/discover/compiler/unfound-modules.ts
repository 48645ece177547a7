/** An error of TypeScript's about a module that it does not find → what mends it, where the type is not to blame. */
import { dirname } from "node:path";
import type { ts } from "ts-morph";
import type { Config } from "../../config/config.js";
import { commandsOf } from "../../model/project/package-manager.js";
import { toSlashes } from "../disk/files.js";
import { toRelative } from "../disk/spans.js";
import { loadCompiler } from "./compiler-options.js";
import { isRecord, readJson } from "./json-files.js";
import { parseProject, type ParsedProject } from "./references.js";

/** By the code of the error, and its text. */
export type HelpOf = (code: number, text: string) => string | undefined;

/** That nothing is where an import leads, or that it is not built. */
const unfound = new Set([2307, 6305, 7016]);

export function helpOfUnfound(config: Config, project?: ParsedProject): HelpOf {
  return (code, text) => {
    if (!unfound.has(code)) return undefined;
    return (project && helpOfUnbuilt(config, project)) ?? helpOfUninstalled(config, text);
  };
}

/** Where a project that the tsconfig refers to is not built; nothing where all are. */
function helpOfUnbuilt(config: Config, { parsed }: ParsedProject): string | undefined {
  const { ts } = loadCompiler();
  for (const reference of parsed.projectReferences ?? []) {
    const path = toSlashes(ts.resolveProjectReferencePath(reference));
    if (!ts.sys.fileExists(path) || isBuilt(parseProject(config, path).parsed)) continue;
    return `build \`${toRelative(toSlashes(config.root), path).replace(/\/tsconfig\.json$/, "")}\`, to which the tsconfig refers: run tsc -b`;
  }
  return undefined;
}

function isBuilt(parsed: ts.ParsedCommandLine): boolean {
  const { ts } = loadCompiler();
  const sources = parsed.fileNames.filter((name) => !/\.d\.[cm]?ts$/.test(name));
  const made = sources.flatMap((name) => ts.getOutputFileNames(parsed, name, !ts.sys.useCaseSensitiveFileNames));
  return made.filter((name) => /\.d\.[cm]?ts$/.test(name)).every((name) => ts.sys.fileExists(name));
}

/** Where a package.json asks for the package that an import or an `extends` names, and nobody has installed it. */
export function helpOfUninstalled({ source, packageManager }: Config, text: string): string | undefined {
  const [, name] = /^(?:Cannot find module|File) '((?:@[\w.~-]+\/)?[\w~][\w.~-]*)/.exec(text) ?? [];
  if (name === undefined || !isAbove(source, asksFor(name)) || isAbove(source, hasInstalled(name))) return undefined;
  return `install what package.json asks for: run ${commandsOf(packageManager).install}`;
}

function asksFor(name: string): (folder: string) => boolean {
  const lists = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
  return (folder) => {
    const manifest = readJson(`${folder}/package.json`);
    return lists.some((list) => isRecord(manifest?.[list]) && name in manifest[list]);
  };
}

/** Another of its modules is missing then. */
function hasInstalled(name: string): (folder: string) => boolean {
  return (folder) => readJson(`${folder}/node_modules/${name}/package.json`) !== undefined;
}

function isAbove(folder: string, is: (folder: string) => boolean): boolean {
  return is(folder) || (dirname(folder) !== folder && isAbove(dirname(folder), is));
}

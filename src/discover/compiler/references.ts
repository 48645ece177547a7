/**
 * A tsconfig that only refers to others (`"files": [], "references": […]`, as Vite's does) → the one among them that
 * the source is compiled by.
 */
import { dirname } from "node:path";
import type { ts } from "ts-morph";
import type { Config } from "../../config/config.js";
import { loadCompiler } from "./compiler-options.js";
import { toSlashes } from "../disk/files.js";

export interface ParsedProject {
  /** Absolute. */
  readonly path: string;
  readonly file: ts.TsConfigSourceFile;
  readonly parsed: ts.ParsedCommandLine;
}

export interface ChosenProject extends ParsedProject {
  /** The tsconfigs on the way to it. */
  readonly led: readonly string[];
}

/** The one at `path` where it has files of the source or refers to none that has. */
export function chooseProject(config: Config, path: string): ChosenProject {
  const source = toSlashes(config.source);
  const visited = new Set<string>();
  const search = (each: string, led: readonly string[]): ChosenProject | undefined => {
    if (visited.has(each)) return undefined;
    visited.add(each);
    const project = { ...parseProject(config, each), led };
    if (project.parsed.fileNames.some((name) => name.startsWith(`${source}/`))) return project;
    for (const reference of project.parsed.projectReferences ?? []) {
      const referred = toSlashes(loadCompiler().ts.resolveProjectReferencePath(reference));
      const found = loadCompiler().ts.sys.fileExists(referred) ? search(referred, [...led, each]) : undefined;
      if (found) return found;
    }
    return undefined;
  };
  return search(path, []) ?? { ...parseProject(config, path), led: [] };
}

export function parseProject(config: Config, path: string): ParsedProject {
  const { ts } = loadCompiler();
  const file = ts.readJsonConfigFile(path, (name) => ts.sys.readFile(name));
  const parsed = ts.parseJsonSourceFileConfigFileContent(
    file,
    withoutOutput(ts, config),
    toSlashes(dirname(path)),
    undefined,
    path,
  );
  return { path, file, parsed };
}

/** What `mcpgen` means in a generated project (templates/project); all else that is generated is only read where it is imported. */
const declarationsOfOutput = "/generated/mcpgen.d.ts";

/** The output is never read; of a project that is one with it, what is generated is not; and of another output, what it declares for itself is not. */
function withoutOutput({ sys }: typeof ts, config: Config): ts.ParseConfigHost {
  const [root, output] = [toSlashes(config.root), toSlashes(config.output)];
  const unread = output === root ? [`${output}/generated/`, `${output}/test/`] : [`${output}/`];
  return {
    useCaseSensitiveFileNames: sys.useCaseSensitiveFileNames,
    fileExists: (path) => sys.fileExists(path),
    readFile: (path) => sys.readFile(path),
    readDirectory: (root, extensions, excludes, includes, depth) =>
      sys
        .readDirectory(root, extensions, excludes, includes, depth)
        .filter((name) => !unread.some((folder) => name.startsWith(folder)) && !name.endsWith(declarationsOfOutput)),
  };
}

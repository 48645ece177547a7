/**
 * Files as they were parsed for the last programs of this process. A file whose text is the same is the same in the next
 * program, as in the document registry of TypeScript's language service: `mcpgen dev` parses what was edited, and not the
 * libraries and declarations again. What a checker finds out about a file is kept by the checker, not by the file.
 */
import type { ts } from "ts-morph";

interface Parsed {
  readonly text: string;
  readonly file: ts.SourceFile;
}

/** Of one set of compiler options: what they say of files is kept with these. */
interface Generation {
  readonly before: ReadonlyMap<string, Parsed>;
  readonly now: Map<string, Parsed>;
}

/** `form` is what else the parser is told of it. */
export interface Unparsed {
  readonly name: string;
  readonly text: string;
  readonly form: string;
}

export interface ParsedFiles {
  take(unparsed: Unparsed, parse: () => ts.SourceFile): ts.SourceFile;
}

/** For a process that builds once. */
export const parsedOnce: ParsedFiles = { take: (_, parse) => parse() };

/** By their options, the last used last. */
const generations = new Map<string, Generation>();

/** One for the project at hand, and some for the projects of a test run. */
const most = 4;

/** Options that say where something is, and nothing of what a file means. */
const placed = {
  baseUrl: undefined,
  configFilePath: undefined,
  configFile: undefined,
  declarationDir: undefined,
  outDir: undefined,
  paths: undefined,
  pathsBasePath: undefined,
  rootDir: undefined,
  rootDirs: undefined,
  tsBuildInfoFile: undefined,
  typeRoots: undefined,
  types: undefined,
};

/** For one program: what it does not take is forgotten with the next, unless it is one of a part. */
export function openParsedFiles(options: ts.CompilerOptions, read: "part" | "whole"): ParsedFiles {
  const key = JSON.stringify({ ...options, ...placed });
  const { now: before } = generations.get(key) ?? { now: new Map<string, Parsed>() };
  const now = new Map<string, Parsed>(read === "part" ? before : []);
  generations.delete(key);
  generations.set(key, { before, now });
  for (const [oldest] of generations) if (generations.size > most) generations.delete(oldest);
  return {
    take({ name, text, form }, parse) {
      const id = `${form} ${name}`;
      const known = before.get(id);
      const kept = known?.text === text ? known : { text, file: parse() };
      now.set(id, kept);
      return kept.file;
    },
  };
}

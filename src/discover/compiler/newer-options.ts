/**
 * Options of a tsconfig that a TypeScript newer than ours knows, and ours does not: a project that compiles with that one is
 * read all the same, with the nearest that there is.
 */
import type { ts } from "ts-morph";
import type { CompilerVersion } from "./compiler-version.js";

/** "Unknown compiler option" with and without a guess, and "Argument for … option must be". */
const unknown = new Set([5023, 5025, 6046]);

/** Whether the fault may be that our TypeScript is too old for it. */
export function isOfNewer({ versionMajorMinor }: typeof ts, { code }: ts.Diagnostic, theirs: CompilerVersion): boolean {
  const [major = 0, minor = 0] = versionMajorMinor.split(".").map(Number);
  return unknown.has(code) && (theirs.major > major || (theirs.major === major && theirs.minor > minor));
}

/** What an option that ours has is read as where it has a value that ours has not. */
type Nearest = (typescript: typeof ts, isNode: boolean, before: ts.CompilerOptions) => ts.CompilerOptions;

const nearest: Readonly<Record<string, Nearest>> = {
  target: ({ ScriptTarget }) => ({ target: ScriptTarget.ESNext }),
  lib: (_, __, { lib = [] }) => ({ lib: [...lib, "lib.esnext.d.ts"] }),
  module: ({ ModuleKind }, isNode) => ({ module: isNode ? ModuleKind.NodeNext : ModuleKind.ESNext }),
  moduleResolution: ({ ModuleResolutionKind: kind }, isNode) => ({
    moduleResolution: isNode ? kind.NodeNext : kind.Bundler,
  }),
};

/** `problems`: those that `isOfNewer` is true of. */
export function withNearest(
  typescript: typeof ts,
  options: ts.CompilerOptions,
  problems: readonly ts.Diagnostic[],
): ts.CompilerOptions {
  let read = options;
  for (const problem of problems) {
    const message = typescript.flattenDiagnosticMessageText(problem.messageText, " ");
    const [, name = ""] = /^Argument for '--(\w+)'/.exec(message) ?? [];
    read = { ...read, ...nearest[name]?.(typescript, /^node/i.test(writtenAt(problem)), read) };
  }
  return read;
}

/** The option, or its value, that the problem points at: without quotes. */
export function writtenAt({ file, start = 0, length = 0 }: ts.Diagnostic): string {
  return file?.text.slice(start, start + length).replaceAll(/^["']|["']$/g, "") ?? "";
}

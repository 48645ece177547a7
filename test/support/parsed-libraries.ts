/**
 * Builds of one test process parse what TypeScript and Node.js declare once, also where each of them has to be as that of
 * a process of its own: nothing of a project is kept, and no package of one.
 */
import { join } from "node:path";
import type { ts } from "ts-morph";
import { loadCompiler } from "../../src/discover/compiler/compiler-options.js";
import { libraryFolder } from "../../src/discover/host.js";
import { repository } from "./fixtures/cases.js";

const constant = [libraryFolder, join(repository, "node_modules/")];
const parsed = new Map<string, ts.SourceFile>();

export function parseLibrariesOnce(): void {
  const compiler = loadCompiler().ts;
  const parse = compiler.createSourceFile.bind(compiler);
  const value: typeof parse = (name, text, version, ...rest) => {
    if (!name.endsWith(".d.ts") || !constant.some((folder) => name.startsWith(folder)))
      return parse(name, text, version, ...rest);
    const key = `${JSON.stringify(version)} ${name}`;
    const known = parsed.get(key);
    if (known?.text === text) return known;
    const file = parse(name, text, version, ...rest);
    parsed.set(key, file);
    return file;
  };
  Object.defineProperty(compiler, "createSourceFile", { value });
}

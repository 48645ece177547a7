/**
 * Loads the TypeScript that ts-morph bundles, with its library declarations. By `require` and without
 * ts-morph's wrapper objects, because each of the two costs 50 ms and more; and only when asked for, because
 * the listing of source files must not load TypeScript at all.
 */
import { createRequire } from "node:module";
import type { ts } from "ts-morph";

export interface Compiler {
  readonly ts: typeof ts;
  readonly getLibFiles: () => readonly { readonly fileName: string; readonly text: string }[];
}

let compiler: Compiler | undefined;

export function loadCompiler(): Compiler {
  if (compiler === undefined) {
    const beside = createRequire(createRequire(import.meta.url).resolve("ts-morph"));
    compiler = beside("@ts-morph/common") as Compiler;
  }
  return compiler;
}

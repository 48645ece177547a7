/**
 * Loads the TypeScript that ts-morph bundles, with its library declarations. By `require` and without
 * ts-morph's wrapper objects, because each of the two costs 50 ms and more; and only when asked for, because
 * the listing of source files must not load TypeScript at all.
 */
import { createRequire } from "node:module";
import type { ts } from "ts-morph";
import { watchedDisk } from "../disk/disk.js";
import { loadCompiled } from "./compiled.js";

export interface Compiler {
  readonly ts: typeof ts;
  readonly getLibFiles: () => readonly { readonly fileName: string; readonly text: string }[];
}

let compiler: Compiler | undefined;

export function loadCompiler(): Compiler {
  if (compiler === undefined) {
    const beside = createRequire(createRequire(import.meta.url).resolve("ts-morph"));
    const entry = beside.resolve("@ts-morph/common");
    const common = createRequire(entry);
    const { version } = common("../package.json") as { readonly version: string };
    for (const path of [common.resolve("./typescript"), entry]) loadCompiled(path, version);
    const { ts: typescript, getLibFiles } = beside("@ts-morph/common") as Compiler;
    // All of it, but with a disk that keeps what it is asked.
    const sys = { value: watchedDisk(typescript.sys), enumerable: true };
    compiler = { ts: Object.create(typescript, { sys }) as typeof ts, getLibFiles };
  }
  return compiler;
}

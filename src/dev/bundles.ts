/** Where bundles go: a folder each, apart from dist/, since a server that answers its last calls may still load from its own. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { developmentFolder } from "../model/files.js";

export interface Owner {
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
}

export interface Place {
  /** Relative to the output. */
  readonly folder: string;
  readonly remove: () => void;
}

export interface Bundles {
  add(output: string): Place;
  clear(): void;
}

/** By process: two of them may serve one output. */
export function createBundles({ pid, isAlive }: Owner): Bundles {
  const outputs = new Set<string>();
  let last = 0;
  const mine = `${developmentFolder}/${String(pid)}`;
  const prepare = (output: string): void => {
    const all = join(output, developmentFolder);
    mkdirSync(all, { recursive: true });
    writeFileSync(join(all, ".gitignore"), "*\n");
    // Of processes that could not tidy up.
    for (const name of readdirSync(all)) if (/^\d+$/.test(name) && !isAlive(Number(name))) remove(join(all, name));
    outputs.add(output);
  };
  return {
    add: (output) => {
      if (!outputs.has(output)) prepare(output);
      const folder = `${mine}/${String(++last)}`;
      return {
        folder,
        remove: () => {
          remove(join(output, folder));
        },
      };
    },
    clear: () => {
      for (const output of outputs) {
        remove(join(output, mine));
        const all = join(output, developmentFolder);
        if (existsSync(all) && readdirSync(all).every((name) => name === ".gitignore")) remove(all);
        removeIfEmpty(dirname(all));
      }
    },
  };
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

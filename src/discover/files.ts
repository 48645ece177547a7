/** The source folder → the files whose exports are served, and the ambient declarations that stand beside them. No TypeScript is loaded. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../diagnostics/diagnostic.js";
import type { Config } from "../config/config.js";
import { globToRegExp } from "./globs.js";

export interface SourceFiles {
  /** Absolute, forward slashes, sorted. */
  readonly sources: readonly string[];
  /** `.d.ts` files: never served, but they may declare what sources use. */
  readonly declarations: readonly string[];
}

const declaration = /\.d\.m?ts$/;
const source = /\.m?ts$/;
const test = /\.(?:test|spec)\.m?ts$/;
const skippedFolders = new Set(["node_modules", "__tests__"]);

export function listFiles(config: Pick<Config, "source" | "output" | "exclude">): SourceFiles {
  const excluded = config.exclude.map(globToRegExp);
  const sources: string[] = [];
  const declarations: string[] = [];
  const visited = new Set<string>();

  const visit = (folder: string, relative: string): void => {
    const real = realpathSync(folder);
    // A link may lead back to a folder above: each real folder is read once.
    if (visited.has(real)) return;
    visited.add(real);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      const below = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (excluded.some((glob) => glob.test(below))) continue;
      const kind = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry;
      if (kind?.isDirectory()) {
        if (!skippedFolders.has(entry.name) && !entry.name.startsWith(".") && path !== config.output)
          visit(path, below);
      } else if (declaration.test(entry.name)) {
        declarations.push(toSlashes(path));
      } else if ((kind?.isFile() ?? true) && source.test(entry.name) && !test.test(entry.name)) {
        // A link that leads nowhere is a source that cannot be read, which is said where it is read.
        sources.push(toSlashes(path));
      }
    }
  };
  visit(config.source, "");

  // By code units: the order in which a disk lists its files differs from machine to machine.
  return { sources: sources.sort(compareText), declarations: declarations.sort(compareText) };
}

export function toSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}

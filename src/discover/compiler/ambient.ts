/** The files of a tsconfig → those that declare types for all others: they count although nobody imports them. */
import { isMarked } from "../../model/files.js";
import { compareText } from "../../model/text.js";
import { loadCompiler } from "./compiler-options.js";

const declaration = /\.d\.[cm]?ts$|\.d\.\w+\.ts$/;
const script = /\.[cm]?tsx?$/;
const global = /\bdeclare\s+(?:global|module)\b/;
const linked = /^\s*(?:import|export)\b/m;

/** Absolute, sorted. What stands in the source folder is found there. */
export function findAmbient(files: readonly string[], source: string): readonly string[] {
  return files
    .filter((file) => declaration.test(file) || (!file.startsWith(`${source}/`) && declaresGlobals(file)))
    .sort(compareText);
}

/** A file of code that extends the global scope, or that has neither import nor export and so is global as a whole. */
function declaresGlobals(file: string): boolean {
  if (!script.test(file)) return false;
  const text = loadCompiler().ts.sys.readFile(file);
  // What another output declares is for itself.
  return text !== undefined && !isMarked(text) && (global.test(text) || !linked.test(text));
}

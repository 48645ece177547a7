/** Texts of the output that builds ask for more than once, such as the surface of a thousand tools: read once for each state of the file. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { lastly } from "../model/once.js";
import { isProof, stampOf } from "../model/project/stamps.js";

/** Texts of so many characters are kept. */
export const long = 100_000;

/** The surface, the bases and the manifest, as they stand and as they stood. */
const readLong = lastly((state) => readFileSync(state.slice(state.indexOf("\n") + 1), "utf8"), 6);

/** Links are followed. Throws where there is no file that can be read. */
export function readText(path: string): string {
  const stats = statSync(path);
  const stamp = stampOf(stats);
  const isKept = stats.size >= long && isProof(stamp, Date.now());
  return isKept ? readLong(`${stamp.text}\n${path}`) : readFileSync(path, "utf8");
}

/** The text of a file, or nothing where it cannot be read: for who writes nothing there. */
export function textOrNothing(output: string, path: string): string | undefined {
  try {
    return readText(join(output, path));
  } catch {
    return undefined;
  }
}

/** Texts of the output that builds ask for more than once, such as the surface of a thousand tools: read once for each state of the file. */
import { readFileSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";
import { lastly } from "../model/once.js";

export interface Stamp {
  readonly text: string;
  /** The last change of any kind: nobody can set this time back. */
  readonly changed: number;
  /** Two changes within this time can have the same stamp. */
  readonly tick: number;
}

/** Of a file as it stands. */
export function stampOf({ size, mtimeMs, ctimeMs }: Stats): Stamp {
  // Some disks keep times in seconds, or in two of them.
  const tick = ctimeMs % 1000 === 0 ? 2000 : 20;
  return { text: `${String(size)} ${String(mtimeMs)} ${String(ctimeMs)}`, changed: ctimeMs, tick };
}

/** What has just changed can change again and keep its stamp. */
export function isProof({ changed, tick }: Stamp, now: number): boolean {
  return changed + tick < now;
}

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

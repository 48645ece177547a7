/** Absolute paths → paths as they are typed from where the user stands. */
import { relative, sep } from "node:path";

export function shorten(path: string, cwd: string): string {
  const way = relative(cwd, path).split(sep).join("/");
  // A path that climbs far reads worse than the whole.
  return way === "" ? "." : way.startsWith("../../../..") ? path : way;
}

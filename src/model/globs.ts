/** Globs of mcpgen.json and the command line, which are relative to the source. */
import picomatch from "picomatch";

/** What a path must be to be meant: a file or a folder, with forward slashes. A `!` before a glob negates nothing: one list says what is meant. */
export function matchGlob(glob: string): (path: string) => boolean {
  const pattern = glob.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/+$/, "");
  return picomatch(pattern, { dot: true, nonegate: true });
}

/** Whether a glob means the file or a folder that it is in. */
export function coversFile(glob: string, file: string): boolean {
  const isMeant = matchGlob(glob);
  const steps = file.split("/");
  return steps.some((_, index) => isMeant(steps.slice(0, index + 1).join("/")));
}

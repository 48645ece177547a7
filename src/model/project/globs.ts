/** Globs of mcpgen.json and the command line, relative to the source, and entries of `functions`: such a glob, or one function. */
import picomatch from "picomatch";

/**
 * What a path must be to be meant: a file or a folder, with forward slashes. A `!` before a glob negates nothing: one list
 * says what is meant. A path that is written out means itself, whatever its characters: `posts/[id].ts`, `posts/[id]/**`.
 */
export function matchGlob(glob: string): (path: string) => boolean {
  const pattern = glob.replaceAll("\\", "/").replace(/^\.\//, "").replace(/\/+$/, "");
  const isMeant = picomatch(pattern, { dot: true, nonegate: true });
  const folder = pattern.endsWith("/**") ? pattern.slice(0, -2) : undefined;
  return (path) => path === pattern || (folder !== undefined && path.startsWith(folder)) || isMeant(path);
}

/** Whether a glob means the file or a folder that it is in. */
export function coversFile(glob: string, file: string): boolean {
  const isMeant = matchGlob(glob);
  const steps = file.split("/");
  return steps.some((_, index) => isMeant(steps.slice(0, index + 1).join("/")));
}

/** `file`: relative to the source, forward slashes. `name`: as it is exported, and as it is called. */
export type IsChosen = (file: string, ...names: readonly string[]) => boolean;

/** A glob of files, or `file.ts#name` for one function; the name stands behind the last `#`. */
export function matchChosen(entry: string): IsChosen {
  const { files, name } = splitChosen(entry);
  return (file, ...names) => coversFile(files, file) && (name === undefined || names.includes(name));
}

/** Whether an entry means anything of a file. */
export function meansFile(entry: string, file: string): boolean {
  return coversFile(splitChosen(entry).files, file);
}

function splitChosen(entry: string): { readonly files: string; readonly name?: string } {
  const at = entry.lastIndexOf("#");
  return at < 0 ? { files: entry } : { files: entry.slice(0, at), name: entry.slice(at + 1) };
}

/** Refuses an output folder that would be read as source, would overwrite the source, or is not plainly a folder of the user's. */
import { lstatSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../model/span.js";
import { toRelative } from "./draft.js";

export interface Places {
  readonly root: string;
  readonly source: string;
  readonly output: string;
  readonly span: Span | undefined;
}

/** Folders of the output that a build or an install writes into. */
const written = ["generated", "test", "dist", "node_modules", ".mcpgen"];

export function checkOutput({ root, source, output, span }: Places): readonly Diagnostic[] {
  const shown = toRelative(root, output);
  const link = linksOnTheWay(root, output)[0];
  if (link !== undefined) {
    const message =
      link === output
        ? `the output \`${shown}\` is a symbolic link`
        : `the output is reached through the symbolic link \`${toRelative(root, link)}\``;
    return [diagnostic("MG108", message, { span })];
  }
  const inTheWay = fileOnTheWay(output);
  if (inTheWay !== undefined)
    return [diagnostic("MG107", `\`${toRelative(root, inTheWay)}\` is a file, not a folder`, { span })];
  const problem = overlap({ source: realPath(source), output: realPath(output) }, toRelative(root, source));
  return problem === undefined ? [] : [diagnostic("MG106", `the output \`${shown}\` ${problem}`, { span })];
}

function overlap({ source, output }: Pick<Places, "source" | "output">, shown: string): string | undefined {
  if (source === output) return "is the source folder itself";
  if (isInside(output, source)) return `is inside the source \`${shown}\``;
  const eaten = written.find((folder) => source === join(output, folder) || isInside(source, join(output, folder)));
  return eaten && `would write its \`${eaten}\` folder over the source \`${shown}\``;
}

/** Links between what root and output have in common and the output itself; above that, the system's own links are nobody's concern. */
function linksOnTheWay(root: string, output: string): readonly string[] {
  const steps: string[] = [];
  for (let step = output; step !== root && !isInside(root, step) && step !== dirname(step); step = dirname(step))
    steps.unshift(step);
  return steps.filter((step) => lstatOrUndefined(step)?.isSymbolicLink());
}

function fileOnTheWay(output: string): string | undefined {
  for (let step = output; ; step = dirname(step)) {
    const stats = lstatOrUndefined(step);
    if (stats) return stats.isDirectory() || stats.isSymbolicLink() ? undefined : step;
    if (step === dirname(step)) return undefined;
  }
}

/** `lstat` of a path below a file fails with ENOTDIR, which says no more than that it is not there. */
function lstatOrUndefined(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Of a path that need not exist yet: links and letter case resolved as far as there is something. */
function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path === dirname(path) ? path : join(realPath(dirname(path)), relative(dirname(path), path));
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !way.startsWith("/") && !/^[a-z]:/i.test(way);
}

/** The graph of files, followed in both directions. */
import type { SourceGraph } from "../model/project/source-graph.js";

/** These files, and all that import them, directly or through others. */
export function importersOf({ files }: SourceGraph, paths: readonly string[]): ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  for (const [path, { imports }] of Object.entries(files)) {
    for (const imported of imports) {
      const known = importers.get(imported);
      if (known) known.push(path);
      else importers.set(imported, [path]);
    }
  }
  return closure(paths, (path) => importers.get(path) ?? []);
}

/** The modules and the files that hold for all, and whatever those lead to. */
export function listRead({ files }: SourceGraph): ReadonlySet<string> {
  const roots = Object.entries(files).filter(([, { isModule, isGlobal }]) => isModule || isGlobal);
  return closure(
    roots.map(([path]) => path),
    (path) => files[path]?.imports ?? [],
  );
}

/** What it imports, directly or through others: itself, too, where it comes back to that. */
export function listImported({ files }: SourceGraph, path: string): ReadonlySet<string> {
  return closure(files[path]?.imports ?? [], (each) => files[each]?.imports ?? []);
}

function closure(roots: readonly string[], next: (path: string) => readonly string[]): ReadonlySet<string> {
  const reached = new Set(roots);
  // A set's iteration meets what is added to it on the way.
  for (const path of reached) for (const each of next(path)) reached.add(each);
  return reached;
}

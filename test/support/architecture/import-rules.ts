/** Files → what they import that the table does not allow. */
import { isBuiltin } from "node:module";
import { posix } from "node:path";
import { folderOf, folders, sdkFolder } from "./matrix.js";
import type { FolderRule } from "./rooms.js";
import { importsOf, resolveImport, type Import, type SourceText } from "./source.js";

export function importViolations(sources: readonly SourceText[]): readonly string[] {
  return sources.flatMap((source) => {
    const folder = folderOf(source.path);
    if (!folder) return [`${source.path}: belongs to no folder of the table`];
    return importsOf(source).flatMap((found) => {
      const complaint = complain(source.path, folder, found);
      return complaint ? [`${source.path}:${found.line}: ${complaint}`] : [];
    });
  });
}

function complain(path: string, folder: string, found: Import): string | undefined {
  const rule = folders[folder] ?? {};
  if (found.specifier.startsWith("."))
    return complainOfFile(folder, rule, { ...found, target: resolveImport(path, found.specifier) });
  if (isBuiltin(found.specifier)) return complainOfBuiltin(path, rule, found.specifier);
  return complainOfLibrary(path, rule, found.specifier);
}

function complainOfFile(folder: string, rule: FolderRule, found: Import & { target: string }): string | undefined {
  if (found.target.endsWith(".json")) return undefined;
  const to = folderOf(found.target);
  if (to === folder) return undefined;
  if (!to) return `imports \`${found.target}\`, which belongs to no folder of the table`;
  const allowed = rule.imports?.includes(to) ?? false;
  if (!allowed && !(rule.types?.includes(to) ?? false)) return `\`${folder}\` may not import \`${to}\``;
  if (!allowed && !found.typeOnly) return `\`${folder}\` may import only types of \`${to}\``;
  return isDoor(to, found.target) ? undefined : `\`${found.target}\` is not a door of \`${to}\``;
}

function isDoor(folder: string, target: string): boolean {
  const doors = folders[folder]?.doors ?? ["index.ts"];
  return doors.includes("*") || doors.some((door) => posix.join(folder, door) === target);
}

function complainOfBuiltin(path: string, rule: FolderRule, specifier: string): string | undefined {
  const name = specifier.replace(/^node:/, "");
  if (!specifier.startsWith("node:")) return `write \`node:${name}\``;
  return grants(rule.builtins, path, name) ? undefined : `may not import \`${specifier}\``;
}

function complainOfLibrary(path: string, rule: FolderRule, specifier: string): string | undefined {
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  if (!grants(rule.libraries, path, name)) return `may not import \`${name}\``;
  if (name.startsWith("@modelcontextprotocol/") && path.startsWith("templates/runtime/") && !sdkFolder.test(path))
    return `only the sdk-* folders know \`${name}\``;
  return undefined;
}

/** `name` grants it to the folder, `name@file` to one file, `*` grants everything. */
function grants(list: readonly string[] | undefined, path: string, name: string): boolean {
  return (list ?? []).some((entry) => entry === "*" || entry === name || entry === `${name}@${path}`);
}

/** Rings of imports, type-only ones included, each once and from its first member by code units. */
export function importCycles(sources: readonly SourceText[]): readonly string[] {
  const graph = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source).map(({ specifier }) => resolveImport(source.path, specifier)),
    ]),
  );
  const rings = new Set<string>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) rings.add(ringText(trail.slice(start)));
    if (start >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return [...rings];
}

function ringText(ring: readonly string[]): string {
  const first = ring.indexOf([...ring].sort()[0] ?? "");
  const turned = [...ring.slice(first), ...ring.slice(0, first)];
  return [...turned, turned[0]].join(" -> ");
}

/** What is special about some of the packages that the runtime imports: what else they need to be built and shipped. */

/** Their types are in a package of their own. */
const typePackages: ReadonlyMap<string, string> = new Map([["pg", "@types/pg"]]);

/** They load files of their own from beside their code, so that no bundle can hold them. None needs another one. */
const apart: ReadonlySet<string> = new Set(["@electric-sql/pglite", "piscina"]);

export function typesOf(packages: readonly string[]): readonly string[] {
  return packages.flatMap((name) => typePackages.get(name) ?? []);
}

export function apartFromBundle(packages: readonly string[]): readonly string[] {
  return packages.filter((name) => apart.has(name));
}

/** The embedded database comes with every server that has one at all. */
export function hasDatabase(packages: readonly string[]): boolean {
  return packages.includes("@electric-sql/pglite");
}

/** The pool of threads comes with functions that run in one, which are bundled apart from the server. */
export function hasWorkers(packages: readonly string[]): boolean {
  return packages.includes("piscina");
}

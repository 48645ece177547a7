/** The packages of a project → build.mjs, which bundles it and runs its tests. */
import { array, atom } from "./code.js";
import { layOut } from "./layout.js";
import { apartFromBundle, hasDatabase, hasWorkers } from "./packages.js";
import { fillFrame } from "./templates.js";
import { stringLiteral } from "./text.js";

export function renderBuildScript(packages: readonly string[]): string {
  const apart = apartFromBundle(packages);
  const list = array(apart.map((name) => atom(stringLiteral(name), "string")));
  return fillFrame("build.mjs", {
    hasApart: apart.length > 0,
    apart: layOut(list, { indent: 2, column: "  external: ".length, rest: 1 }),
    hasDatabase: hasDatabase(packages),
    hasWorkers: hasWorkers(packages),
  });
}

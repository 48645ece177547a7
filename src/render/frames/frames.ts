/** Frames and files under templates/: the only place that reads them. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareText } from "../../model/text.js";
import { frameOf } from "./compiled.js";
import type { Views } from "./views.js";

export function fillFrame<Name extends keyof Views>(name: Name, view: Views[Name]): string {
  return frameOf(name, () => readTemplate(`frames/${name}.hbs`))(view);
}

/** Above this file in the sources as in the built package. */
const packageFolder = findPackage(dirname(fileURLToPath(import.meta.url)));

function findPackage(folder: string): string {
  const parent = dirname(folder);
  if (hasTemplates(folder)) return folder;
  if (parent === folder) throw new Error("templates/ is missing from the mcpgen package");
  return findPackage(parent);
}

function hasTemplates(folder: string): boolean {
  return readdirSync(folder).includes("templates");
}

export function readTemplate(path: string): string {
  return readFileSync(join(packageFolder, "templates", path), "utf8");
}

/** Paths of all files in a folder of templates/, relative to it, forward slashes. */
export function listTemplates(folder: string): readonly string[] {
  const entries = readdirSync(join(packageFolder, "templates", folder), { recursive: true, withFileTypes: true });
  const base = join(packageFolder, "templates", folder);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(base.length + 1)
        .replaceAll("\\", "/"),
    );
  // By code units: the order of a directory differs from disk to disk.
  return files.toSorted(compareText);
}

/** mcpgen's own package.json: what is tested here is what is emitted. */
export function readOwnPackage(): unknown {
  return JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8"));
}

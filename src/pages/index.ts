/** The files of templates/pages, which browsers are given: as they are, and as a policy names what a page may run. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** `path`: below templates/pages. */
export function readPageFile(path: string): string {
  return readFileSync(join(pagesFolder, path), "utf8");
}

/** A style or a script within a page → the source expression that allows it and no other (CSP Level 3, "hash-source"). */
export function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Above this file in the sources as in the built package. */
const pagesFolder = findPages(dirname(fileURLToPath(import.meta.url)));

function findPages(folder: string): string {
  const pages = join(folder, "templates/pages");
  if (existsSync(pages)) return pages;
  if (dirname(folder) === folder) throw new Error("templates/pages is missing from the mcpgen package");
  return findPages(dirname(folder));
}

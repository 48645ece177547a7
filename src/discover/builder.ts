/**
 * mcpgen's own code and templates → a text that no other build of them has. An installed one is known by its code; in a
 * checkout the templates change beside it, without a new version.
 */
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { contractsFile } from "./contracts.js";
import { toSlashes } from "./disk/files.js";
import { hashNames, stampAt } from "./disk/places.js";

export function stampBuilder(): string {
  const own = toSlashes(fileURLToPath(import.meta.url));
  const templates = contractsFile().replace(/\/runtime\/contracts\/index\.ts$/, "");
  const files = own.includes("/node_modules/") ? [own] : [own, ...filesIn(templates)];
  return hashNames(files.map((path) => `${path} ${stampAt(path)?.text ?? ""}`));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

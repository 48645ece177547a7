/** Where mcpgen itself stands: its version, its starters, and how a new project is to call it. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export interface Origin {
  /** mcpgen's own package folder. */
  readonly folder: string;
  readonly version: string;
  /** False in a checkout, which npm could not find under its name and version. */
  readonly installed: boolean;
}

export function findOrigin(): Origin {
  let folder = dirname(fileURLToPath(import.meta.url));
  // This module runs bundled from dist/ and unbundled from src/create/.
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return { folder, version, installed: folder.split(sep).includes("node_modules") };
}

/** What the new project adds to its package.json so that `npm run generate` finds this mcpgen. */
export function generatorEntries(
  origin: Origin,
  project: string,
): { script: string; devDependencies: Record<string, string> } {
  if (origin.installed) return { script: "mcpgen build", devDependencies: { mcpgen: origin.version } };
  const path = relative(project, join(origin.folder, "bin", "mcpgen.js"))
    .split(sep)
    .join("/");
  return { script: `node ${JSON.stringify(path)} build`, devDependencies: {} };
}

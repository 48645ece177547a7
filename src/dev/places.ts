/** What a build asked of the disk → what is watched for the next one. */
import { existsSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import type { Lookups } from "../model/project/lookups.js";
import type { Places } from "./watch.js";

export interface Project {
  readonly root: string;
  /** Absent where nobody has named one. */
  readonly source?: string | undefined;
  readonly output: string;
  readonly lookups?: Lookups | undefined;
}

/** Of the output, what is the user's and says how the server is bundled and started. */
const ofOutput = ["build.mjs", ".env"];

/** What package managers write when they have installed something. */
const installed = [".package-lock.json", ".modules.yaml", ".yarn-state.yml"];

/** `bundled`: what the bundle was made of, which is more than was analysed. */
export function listPlaces({ root, source, output, lookups }: Project, bundled: readonly string[]): Places {
  const isWithin = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + sep);
  const isPackage = (path: string): boolean => path.includes(`${sep}node_modules${sep}`);
  const isTheirs = (path: string): boolean => !isPackage(path) && !isWithin(resolve(output), path);
  const read = [...Object.keys(lookups?.files ?? {}), ...(lookups?.places.file ?? []), ...bundled];
  // Where one that appears would lead an import elsewhere, as far as it is the project's own folder.
  const missing = (lookups?.places.nothing ?? []).filter(
    (path) => isWithin(resolve(root), resolve(path)) && existsSync(dirname(path)),
  );
  const files = [...read, ...missing, join(root, "mcpgen.json"), join(root, "tsconfig.json")]
    .map((path) => resolve(path))
    .filter((path) => isTheirs(path) && !(source !== undefined && isWithin(source, path)));
  const beside = ofOutput.map((name) => join(output, name)).filter((path) => existsSync(dirname(path)));
  const packages = [root, output].flatMap((folder) =>
    installed.map((name) => join(folder, "node_modules", name)).filter((path) => existsSync(dirname(path))),
  );
  return {
    folders: source === undefined ? [] : [source],
    files: [...new Set(files)],
    written: [...beside, ...packages],
  };
}

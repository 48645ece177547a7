// Settings for development: the file `.env` beside the server's package.json, where it is in nobody's way. What the
// environment has already stays as it is, and in production no file has a say.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the bundle is the nearest but one; that of this file in a project is further away. */
const maxLevels = 5;

function findProject(folder: string, levels: number): string | undefined {
  if (existsSync(join(folder, "package.json"))) return folder;
  return levels === 0 ? undefined : findProject(dirname(folder), levels - 1);
}

function loadEnvironment(): void {
  const project = findProject(import.meta.dirname, maxLevels);
  const path = project === undefined ? undefined : join(project, ".env");
  if (path === undefined || !existsSync(path)) return;
  try {
    process.loadEnvFile(path);
  } catch (error) {
    process.stderr.write(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

if (process.env["NODE_ENV"] !== "production") loadEnvironment();

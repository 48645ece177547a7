/** A generated project on disk: whether its packages are installed, and its bundle. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { diagnostic, type Diagnostic } from "../diagnostics/diagnostic.js";
import { shorten } from "./output/shown-paths.js";

/** What the user has to install before the server can be bundled. */
export function findUninstalled(folder: string): readonly Diagnostic[] {
  const missing = findMissingPackages(folder);
  if (missing.length === 0) return [];
  const place = shorten(folder, process.cwd());
  const help = place === "." ? "run npm install" : `run npm install in ${place}`;
  return [diagnostic("MG609", `not installed: ${missing.map((name) => `\`${name}\``).join(", ")}`, { help })];
}

/** As Node.js looks for packages: in the folder itself or in any above, as a workspace has them. */
function findMissingPackages(folder: string): readonly string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  ) as {
    readonly dependencies?: Readonly<Record<string, string>>;
    readonly devDependencies?: Readonly<Record<string, string>>;
  };
  // Types and checkers are not needed to run.
  const needed = [...Object.keys(dependencies), ...Object.keys(devDependencies).filter((name) => name === "esbuild")];
  return needed.filter((name) => !isInstalled(folder, name));
}

function isInstalled(folder: string, name: string): boolean {
  for (let candidate = folder; ; candidate = dirname(candidate)) {
    if (existsSync(join(candidate, "node_modules", name, "package.json"))) return true;
    if (candidate === dirname(candidate)) return false;
  }
}

/** Runs the project's own build script: the server that is called is the one that would be deployed. */
export async function bundle(folder: string): Promise<readonly Diagnostic[]> {
  const child = spawn(process.execPath, ["build.mjs"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code === 0) return [];
  const message = Buffer.concat(chunks).toString("utf8").trim();
  return [
    diagnostic("MG611", "`node build.mjs` failed in the output folder", {
      notes: message === "" ? [] : [{ message: `it said\n${message}` }],
    }),
  ];
}

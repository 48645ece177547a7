/** The generated project's package.json, as data. */
import type { JsonObject } from "../../model/json.js";
import type { ServerPlan } from "../../model/plan.js";
import { compareText } from "../../model/text.js";
import { typesOf } from "./packages.js";
import { benchCommand, developCommand, regenerateCommand } from "../code/paths.js";
import { readOwnPackage } from "../frames/frames.js";

/** Of a new project; from then on it is the user's. */
export const firstVersion = "0.1.0";

const bundledServer = "dist/server.js";

const developmentPackages = ["@types/node", "esbuild", "typescript"];

/** The npm packages that the runtime's files import. */
export interface ProjectPackages {
  readonly serving: readonly string[];
  /** Imported by what only the tests load. */
  readonly testing: readonly string[];
}

/** Laid out as npm does it, so that `npm install` changes nothing but what it adds. */
export function renderPackageJson(plan: ServerPlan, { serving, testing }: ProjectPackages): string {
  const own = readVersions(readOwnPackage());
  const versions = (names: readonly string[]): JsonObject =>
    // npm keeps dependencies sorted by code units.
    Object.fromEntries(names.toSorted(compareText).map((name) => [name, versionOf(name, own)]));
  const name = packageName(plan.name);
  const isPublished = plan.registry !== undefined;
  const content: JsonObject = {
    name,
    version: firstVersion,
    ...(plan.description !== undefined && { description: plan.description }),
    // By `mcpName` the registry sees whose the package is; npm publishes none that is private.
    ...(plan.registry === undefined ? { private: true } : { mcpName: plan.registry }),
    type: "module",
    // What `npx` starts, and all that is packed: the bundle without that of the tests.
    ...(isPublished && { bin: { [name.replace(/^@.*\//, "")]: bundledServer }, files: ["dist", "!dist/test"] }),
    engines: { node: ">=20.19" },
    scripts: {
      build: "node build.mjs --check && node build.mjs",
      start: `node ${bundledServer}`,
      dev: developCommand(plan.project),
      test: "node build.mjs --test",
      bench: benchCommand(plan.project),
      generate: regenerateCommand(plan.project),
      ...(isPublished && { prepublishOnly: "npm run build" }),
    },
    dependencies: versions(serving),
    devDependencies: versions([...developmentPackages, ...testing, ...typesOf(serving)]),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** What npm accepts: lower case, no leading dot, dash or underscore, nothing that a URL would escape. */
export function packageName(name: string): string {
  const scoped = /^@([a-z0-9][a-z0-9._-]*)\/([a-z0-9][a-z0-9._-]*)$/.exec(name);
  if (scoped) return name;
  const cleaned = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "");
  return cleaned === "" ? "mcp-server" : cleaned.slice(0, 214);
}

type Versions = Readonly<Record<string, string>>;

function readVersions(own: unknown): Versions {
  const { dependencies = {}, devDependencies = {} } = own as { dependencies?: Versions; devDependencies?: Versions };
  return { ...devDependencies, ...dependencies };
}

function versionOf(name: string, versions: Versions): string {
  const version = versions[name];
  if (version === undefined) throw new Error(`mcpgen's package.json has no version of ${name}`);
  return version;
}

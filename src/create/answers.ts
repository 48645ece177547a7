/** What a new project is to be: the answers, the values they can have, and what is wrong with a name. */
import { basename, resolve } from "node:path";
import { packageManagers, type PackageManager } from "../model/project/package-manager.js";
import type { SdkLine } from "../model/project/sdk-line.js";

export const templates = ["minimal", "weather"] as const;

export type Template = (typeof templates)[number];

export interface Answers {
  /** As it was typed: a name, a path that ends in one, or `.` for the current folder. */
  readonly folder: string;
  readonly template: Template;
  readonly packageManager: PackageManager;
  /** The line of the official SDK whose client the project's tests connect. */
  readonly sdk: SdkLine;
  /** Start a git repository. */
  readonly git: boolean;
  /** Install the dependencies and build the server. */
  readonly install: boolean;
}

/** The package manager that ran us says so in `npm_config_user_agent`: `pnpm/10.1.0 npm/? node/v20.19.0 linux x64`. */
export function defaultAnswers(userAgent: string | undefined): Omit<Answers, "folder"> {
  const runner = packageManagers.find((name) => userAgent?.startsWith(`${name}/`));
  return { template: "minimal", packageManager: runner ?? "npm", sdk: "v1", git: true, install: true };
}

/** The project's name: npm, Claude Code and every other known client accept it. */
export function projectName(folder: string, cwd: string): string {
  return basename(resolve(cwd, folder));
}

export function nameProblem(name: string): string | undefined {
  if (name === "") return "name the project, for example my-server";
  if (name.length > 64) return "a name has at most 64 characters";
  if (name === "node_modules") return "`node_modules` is npm's own folder";
  if (legalName.test(name)) return undefined;
  const legal = legalise(name);
  const proposal = legal === undefined ? "" : `; \`${legal}\` would do`;
  return `\`${name}\` is refused: a name has lower-case letters, digits, \`-\` and \`_\`, and starts with a letter${proposal}`;
}

const legalName = /^[a-z][a-z0-9_-]*$/;

/** `My Server` → `my-server`; undefined where nothing is left. */
function legalise(name: string): string | undefined {
  const legal = name
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return legalName.test(legal) ? legal : undefined;
}

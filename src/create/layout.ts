/** Answers → the files of a new project that come before its first build; the build adds the rest. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../model/text.js";
import type { SdkLine } from "../model/project/sdk-line.js";
import type { Template } from "./answers.js";

export interface NewFile {
  /** Relative to the project, forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface LayoutRequest {
  readonly name: string;
  readonly template: Template;
  readonly sdk: SdkLine;
  /** The folder of the starters. */
  readonly starters: string;
}

/**
 * One npm project: the functions in `src`, and around them the server that serves them, so that
 * `npm install`, `npm test` and `npm start` all run in the folder that the user opens.
 */
export function layoutProject({ name, template, sdk, starters }: LayoutRequest): readonly NewFile[] {
  return [
    { path: "mcpgen.json", text: json({ name, source: "src", out: ".", ...(sdk !== "v1" && { sdk }) }) },
    { path: "tsconfig.json", text: readFileSync(join(starters, "tsconfig.json"), "utf8") },
    ...readFolder(join(starters, template)),
  ];
}

/** `package.json` as the first build wrote it → the same with a way to call mcpgen. The user's own lines stay as they are. */
export function addGenerator(
  text: string,
  generator: { script: string; devDependencies: Record<string, string> },
): string {
  const content = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
  const devDependencies = { ...content["devDependencies"], ...generator.devDependencies };
  return json({
    ...content,
    scripts: { ...content["scripts"], generate: generator.script },
    // npm keeps dependencies sorted by code units, and would reorder them at the next install.
    devDependencies: Object.fromEntries(Object.entries(devDependencies).sort(([a], [b]) => compareText(a, b))),
  });
}

function readFolder(folder: string): readonly NewFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(folder.length + 1).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

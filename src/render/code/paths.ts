/** Where things of the output stand, and how emitted files name each other and the user's. */
import { compareText } from "../../model/text.js";
import type { ServedPlan } from "../../model/plan.js";
import type { ProjectPlan } from "../../model/project/project.js";
import { shellWord } from "../../model/shell.js";
import { version } from "../../model/version.js";
import { plainPath } from "./text.js";

/** From a folder of the output to a module of the project: `src/orders.ts` → `../../../src/orders.js`. */
export function importOfModule(module: string, project: ProjectPlan, folder = "generated/tools"): string {
  const up = folder.replace(/[^/]+/g, "..");
  const root = project.rootFromOutput === "." ? "" : `${project.rootFromOutput}/`;
  return `${up}/${root}${module.replace(/\.([cm]?)tsx?$/, ".$1js")}`;
}

/** Device names that Windows keeps for itself, with any extension. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/** The file of each, without extension: two names that differ in case alone are one file on some disks. */
export function nameFiles(served: readonly ServedPlan[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const files = new Map<string, string>();
  for (const { name } of served.toSorted((a, b) => compareText(a.name, b.name))) {
    const base = devices.test(name) ? `${name}-tool` : name;
    let file = base;
    for (let number = 2; taken.has(file.toLowerCase()); number += 1) file = `${base}-${number}`;
    taken.add(file.toLowerCase());
    files.set(name, file);
  }
  return files;
}

/** What rebuilds the output from within its folder, by the mcpgen that wrote it. */
export function regenerateCommand(project: ProjectPlan): string {
  return `${runMcpgen(project, "build")} --out .`;
}

/** What serves the output from within its folder over HTTP and rebuilds it at every change, by the mcpgen that wrote it. */
export function developCommand(project: ProjectPlan): string {
  return `${runMcpgen(project, "dev")} --out . --http`;
}

/** What measures the tools of the output from within its folder; what follows are tools and options. */
export function benchCommand(project: ProjectPlan): string {
  return `${runMcpgen(project, "bench --src")} --out .`;
}

function runMcpgen({ rootFromOutput, source, hasMcpgen }: ProjectPlan, command: string): string {
  const generator = hasMcpgen ? "npx mcpgen" : `npx --yes mcpgen@${version}`;
  return `${generator} ${command} ${shellWord(plainPath(source === "." ? rootFromOutput : `${rootFromOutput}/${source}`))}`;
}

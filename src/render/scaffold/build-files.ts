/** ServerPlan → generated/build/: how the project is checked, bundled and shipped. What follows from the functions is project.json, all else is copied. */
import type { OutputFile } from "../../model/files.js";
import type { ServerPlan } from "../../model/plan.js";
import { posix } from "node:path";
import { jsonFile } from "../code/json-file.js";
import { apartFromBundle, hasDatabase, hasWorkers } from "./packages.js";
import { listTemplates, readTemplate } from "../frames/frames.js";
import { renderTsconfig } from "./tsconfig-file.js";

export function renderBuildFiles(plan: ServerPlan, packages: readonly string[]): readonly OutputFile[] {
  const copied = listTemplates("build").map((path) => [`build/${path}`, readTemplate(`build/${path}`)] as const);
  const texts = [
    ...copied,
    ["build/project.json", renderProjectFacts(plan, packages)] as const,
    ["tsconfig.json", renderTsconfig(plan.project)] as const,
  ];
  return texts.map(([path, text]) => ({ path: `generated/${path}`, text, owner: "generated" }));
}

/** The type `Project` of templates/build/project.mjs. */
function renderProjectFacts({ project, registry }: ServerPlan, packages: readonly string[]): string {
  const { rootFromOutput, source, context, compiler } = project;
  const { tsconfig, commonjs, metadata, namespaces, lookups, conditions, ambient, constants } = compiler;
  const fromOutput = (path: string): string => posix.join(rootFromOutput, path);
  return jsonFile({
    root: rootFromOutput,
    context,
    source: fromOutput(source),
    ...(tsconfig !== undefined && { tsconfig: fromOutput(tsconfig) }),
    commonjs,
    metadata,
    namespaces,
    lookups,
    conditions,
    ...(compiler.symlinks && { symlinks: true }),
    ambient: ambient.map(fromOutput),
    constants,
    apart: apartFromBundle(packages),
    workers: hasWorkers(packages),
    database: hasDatabase(packages),
    ...(registry !== undefined && { published: true }),
  });
}

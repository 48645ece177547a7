/** ServerPlan → the files of the generated project, formatted. Reads templates/, writes nothing. */
import type { OutputFile } from "../model/files.js";
import type { ServedPlan, ServerPlan } from "../model/plan.js";
import { succeed, type Result } from "../model/result.js";
import { renderAuth } from "./files/auth-file.js";
import { checkBudget } from "./files/budget.js";
import { renderBuildFiles } from "./scaffold/build-files.js";
import { isConfig, renderConfig } from "./files/config-file.js";
import { renderContainer } from "./files/container-file.js";
import { settle } from "./frames/format.js";
import { jsonFile } from "./code/json-code.js";
import { renderMocks } from "./files/mocks-file.js";
import { nameFiles } from "./code/paths.js";
import { collectRuntime, importsOf, type Importer } from "./frames/runtime-files.js";
import type { ProjectPackages } from "./scaffold/package-file.js";
import { renderScaffold } from "./scaffold/scaffold.js";
import { renderMain, renderServer, type ServedFiles } from "./files/server-file.js";
import { renderSurface } from "./files/surface-file.js";
import { fillFrame, listTemplates, readTemplate } from "./frames/frames.js";
import { renderServed } from "./files/served-file.js";
import { formOfCompletion, formOfPrompt, formOfResource, formOfTool, type ServedForm } from "./files/served-forms.js";
import { renderWorkers } from "./files/workers-file.js";

export async function renderProject(plan: ServerPlan): Promise<Result<readonly OutputFile[]>> {
  const { tools, definitions, container } = plan;
  const names = {
    tools: nameFiles(tools),
    resources: nameFiles(plan.resources),
    prompts: nameFiles(plan.prompts),
    completions: nameFiles(plan.completions),
  };
  const importers: Importer[] = [];
  const files: OutputFile[] = [];
  const add = (path: string, text: string, imports: readonly string[]): void => {
    files.push({ path, text, owner: "generated" });
    importers.push({ path, imports });
  };
  const addServed = (role: keyof ServedFiles, served: ServedPlan, form: ServedForm): void => {
    const { text, imports } = renderServed(served, form, {
      definitions,
      project: plan.project,
      toolFiles: names.tools,
    });
    add(`generated/${role}/${names[role].get(served.name) ?? served.name}.ts`, text, imports);
  };
  for (const tool of tools) addServed("tools", tool, formOfTool(tool));
  for (const resource of plan.resources) addServed("resources", resource, formOfResource(resource));
  for (const prompt of plan.prompts) addServed("prompts", prompt, formOfPrompt(prompt));
  for (const completion of plan.completions) addServed("completions", completion, formOfCompletion(completion));
  if (container) {
    const { text, imports } = renderContainer(container, plan.project);
    add("generated/container.ts", text, imports);
    const configs = container.entries.filter(isConfig);
    const config = configs.length > 0 ? renderConfig(configs) : undefined;
    if (config) add("generated/config.ts", config.text, config.imports);
    const mocks = renderMocks(container);
    if (mocks) add("generated/mocks.ts", mocks.text, mocks.imports);
  }
  const workers = renderWorkers(tools, plan.project);
  if (workers) add("generated/workers.ts", workers.text, workers.imports);
  const server = renderServer(plan, names);
  add("generated/server.ts", server.text, ["./runtime/index.js", ...server.imports]);
  add("generated/surface.json", jsonFile(renderSurface(plan)), []);
  const addOwn = (path: string, text: string): void => add(path, text, importsOf(text));
  if (plan.equipment.auth) addOwn("generated/auth.ts", renderAuth(tools));
  addOwn("generated/main.ts", renderMain(plan));
  for (const frame of ["testing.ts", "surface.test.ts"] as const)
    addOwn(`generated/${frame}`, fillFrame(frame, { sdk: `sdk-${plan.sdk}` }));
  for (const path of listTemplates("project/generated"))
    addOwn(`generated/${path}`, readTemplate(`project/generated/${path}`));
  const runtime = collectRuntime(importers);
  const scaffold = renderScaffold(plan, {
    names: names.tools,
    packages: splitPackages(runtime.packages, importers),
    runtime: runtime.files.map(({ path }) => path),
  });
  files.push(...renderBuildFiles(plan, runtime.packages));
  const settled = await Promise.all([...files, ...scaffold].map(settle));
  return succeed([...settled, ...runtime.files], checkBudget(plan));
}

/** Nothing that a server serves with: the client of its tests, and what stands in for what it makes. */
const testFiles: ReadonlySet<string> = new Set([
  "generated/testing.ts",
  "generated/mocks.ts",
  "generated/surface.test.ts",
]);

/** What only the tests need is not installed where the server runs. */
function splitPackages(packages: readonly string[], importers: readonly Importer[]): ProjectPackages {
  const serving = collectRuntime(importers.filter(({ path }) => !testFiles.has(path))).packages;
  return { serving, testing: packages.filter((name) => !serving.includes(name)) };
}

/** ServerPlan → the files of the generated project, formatted. Reads templates/, writes nothing. */
import { isStanding, type EarlierTexts, type KnownFile, type PlannedFile } from "../model/files.js";
import type { ServedPlan, ServerPlan } from "../model/plan.js";
import { succeed, type Result } from "../model/result.js";
import { renderAuth } from "./files/auth-file.js";
import { checkBudget } from "./files/budget.js";
import { hasClientFile, renderClient } from "./client/client-file.js";
import { renderBuildFiles } from "./scaffold/build-files.js";
import { isConfig, renderConfig } from "./files/config-file.js";
import { renderContainer } from "./files/container-file.js";
import { settle } from "./frames/format.js";
import { renderMocks } from "./files/mocks-file.js";
import { nameFiles } from "./code/paths.js";
import { collectRuntime, importsOf, type Importer } from "./frames/runtime-files.js";
import { renderScaffold } from "./scaffold/scaffold.js";
import { planTable, renderMain, renderServer, type ServedFiles } from "./files/server-file.js";
import { renderSurface } from "./files/surface-file.js";
import { createKeys, createReuse, importsIn, isTaken, keyOf } from "./files/reuse.js";
import { renderTesting } from "./files/testing-file.js";
import { renderContracts } from "./frames/contracts.js";
import { fillFrame } from "./frames/frames.js";
import { renderServed } from "./files/served-file.js";
import { formOfCompletion, formOfPrompt, formOfResource, formOfTool } from "./files/served-forms.js";
import { shareTypes, type SharedTypes, type Use } from "./files/shared-types.js";
import { listTypes, renderType } from "./files/type-files.js";
import { renderWorkers } from "./files/workers-file.js";

export { renderBench, type RenderedBench } from "./scaffold/bench-modules.js";

/** Of what an earlier build wrote, only what an edit has changed is written anew. */
export async function renderProject(plan: ServerPlan, earlier: EarlierTexts): Promise<Result<readonly PlannedFile[]>> {
  const { definitions, project } = plan;
  const names = nameServed(plan);
  const importers: Importer[] = [];
  const files: PlannedFile[] = [];
  const reuse = createReuse(earlier);
  const add = (path: string, text: string, imports: readonly string[]): void => {
    files.push({ path, text, owner: "generated" });
    importers.push({ path, imports });
  };
  const addKnown = (file: PlannedFile): void => {
    files.push(file);
    importers.push({ path: file.path, imports: importsIn(file) });
  };
  const served = servedFiles(plan);
  const shared = shareTypes(served, definitions);
  const keys = createKeys(plan, { shared, toolFiles: names.tools });
  const parts = { definitions, project, toolFiles: names.tools, shared };
  const same = new Set<ServedPlan>();
  for (const { role, served: one, form } of served) {
    const path = `generated/${role}/${names[role].get(one.name) ?? one.name}.ts`;
    const file = reuse.take({ path, owner: "generated" }, keys.served(one), () => renderServed(one, form, parts));
    if (isTaken(file)) same.add(one);
    addKnown(file);
  }
  for (const [name, types] of listTypes(shared)) {
    const file = { path: `generated/types/${name}.ts`, owner: "generated" } as const;
    addKnown(reuse.take(file, keys.types(types), () => renderType(name, types, { shared, project })));
  }
  for (const [path, { text, imports }] of [...renderInjected(plan, shared), ...renderCaller(plan, shared)])
    add(path, text, imports);
  const workers = renderWorkers(plan.tools, project);
  if (workers) add("generated/workers.ts", workers.text, workers.imports);
  const table = planTable(plan, names);
  const server = { path: "generated/server.ts", owner: "generated" } as const;
  addKnown(reuse.take(server, keyOf(table), () => renderServer(table)));
  const surface = renderSurface(plan, { texts: earlier, isSame: (tool) => same.has(tool) });
  const addOwn = (path: string, text: string): void => add(path, text, importsOf(text));
  if (plan.equipment.auth) addOwn("generated/auth.ts", renderAuth(plan));
  addOwn("generated/main.ts", renderMain(plan));
  const serving = collectRuntime(importers.filter(({ path }) => !testFiles.has(path)));
  addOwn("generated/testing.ts", renderTesting(plan, { runtime: serving.files.map(({ path }) => path) }));
  addOwn("generated/surface.test.ts", fillFrame("surface.test.ts", { sdk: `sdk-${plan.sdk}` }));
  for (const { path, text } of renderContracts(plan.contracts)) addOwn(path, text);
  const runtime = collectRuntime(importers);
  const scaffold = renderScaffold(plan, {
    names: names.tools,
    packages: {
      serving: serving.packages,
      // What only the tests need is not installed where the server runs.
      testing: runtime.packages.filter((name) => !serving.packages.includes(name)),
    },
    runtime: runtime.files.map(({ path }) => path),
    takeTest: (path, tool, write) =>
      reuse.take({ path, owner: "scaffold" }, keys.test(tool), () => ({ text: write(), imports: [] })),
  });
  const emitted = [...files, surface.file, ...renderBuildFiles(plan, runtime.packages), ...scaffold];
  const settled = await settleAll(emitted, new Map([[surface.file, surface.unseen]]));
  return succeed([...settled, ...runtime.files], checkBudget(plan));
}

function nameServed({ tools, resources, prompts, completions }: ServerPlan): ServedFiles {
  return {
    tools: nameFiles(tools),
    resources: nameFiles(resources),
    prompts: nameFiles(prompts),
    completions: nameFiles(completions),
  };
}

/** What an earlier build has left is laid out. `unseen`: of a file that holds some of that, the rest. */
async function settleAll(
  files: readonly PlannedFile[],
  unseen: ReadonlyMap<PlannedFile, string>,
): Promise<readonly PlannedFile[]> {
  const settled = new Map<PlannedFile, PlannedFile>();
  for (const file of files)
    if (!isStanding(file) && !isTaken(file)) settled.set(file, await settle(file, unseen.get(file)));
  return files.map((file) => settled.get(file) ?? file);
}

/** What tools are given, and what stands in for it. */
function renderInjected(
  { container, project, definitions }: ServerPlan,
  shared: SharedTypes,
): readonly (readonly [path: string, file: KnownFile])[] {
  if (!container) return [];
  const configs = container.entries.filter(isConfig);
  const config = configs.length > 0 ? renderConfig(configs) : undefined;
  const mocks = renderMocks(container);
  return [
    ["generated/container.ts", renderContainer(container, { project, definitions, shared })],
    ...(config ? [["generated/config.ts", config] as const] : []),
    ...(mocks ? [["generated/mocks.ts", mocks] as const] : []),
  ];
}

/** What calls the tools. */
function renderCaller(plan: ServerPlan, shared: SharedTypes): readonly (readonly [path: string, file: KnownFile])[] {
  return hasClientFile(plan) ? [["generated/client.ts", renderClient(plan, shared)]] : [];
}

/** Nothing that a server serves with: what calls it, the client of its tests, what stands in for what it makes. */
const testFiles: ReadonlySet<string> = new Set([
  "generated/client.ts",
  "generated/testing.ts",
  "generated/mocks.ts",
  "generated/surface.test.ts",
]);

interface ServedUse extends Use {
  readonly role: keyof ServedFiles;
}

function servedFiles({ tools, resources, prompts, completions }: ServerPlan): readonly ServedUse[] {
  return [
    ...tools.map((served) => ({ role: "tools" as const, served, form: formOfTool(served) })),
    ...resources.map((served) => ({ role: "resources" as const, served, form: formOfResource(served) })),
    ...prompts.map((served) => ({ role: "prompts" as const, served, form: formOfPrompt(served) })),
    ...completions.map((served) => ({ role: "completions" as const, served, form: formOfCompletion(served) })),
  ];
}

/**
 * Tsconfigs that people have × what their sources say: where the user's own compiler passes, the generated project's build
 * passes, the calls are right, and the user's compiler finds the project as it was.
 */
import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, describe, expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";
import { connectOver, type Ran } from "../support/fixtures/process.js";
import { emptyPlace } from "../support/fixtures/workspace.js";
import { writeFiles } from "../support/folder.js";
import { startResident, type Resident } from "../support/resident/programs.js";
import { sourcesOf, typePackages, type FeatureSource } from "./sources.js";
import { projects, type ForeignProject } from "./tsconfigs.js";

const suite = emptyPlace("matrix");
const counts = { projects: 0, features: 0 };
const quiet = { status: 0, stdout: "", stderr: "" };

describe.concurrent("a project with this tsconfig builds, is unharmed, and answers", { timeout: 120_000 }, () => {
  test.for(projects.map((project) => [project.name, project] as const))("%s", async ([name, project]) => {
    const folder = join(suite, name.replace(/[^\w.]+/g, "-"));
    const sources = layOut(folder, project);
    const output = join(folder, "server");
    await withResident(async (resident) => {
      const built = await resident.run({ cwd: folder }, "mcpgen", "build", "src", "--out", "server");
      expect(built).toMatchObject({ status: 0 });
      symlinkSync(join(repository, "node_modules"), join(output, "node_modules"));
      expect(await resident.run({ cwd: output }, join(output, "build.mjs"), "--check")).toEqual(quiet);
      // It had nothing to say before either: what is added can only give it more to read.
      expect(await ownCompiler(resident, folder, project)).toEqual(quiet);
    });
    expect(await bundle(output)).toEqual({ status: 0, output: "" });
    expect(await answers(output, sources)).toEqual(sources.map(({ answer }) => answer));
    counts.projects += 1;
    counts.features += sources.length;
  });
});

let turn = Promise.resolve();
let started: Resident | undefined;

/**
 * The compiler is loaded once, and has read what libraries declare once, which is most of what a check costs: the projects
 * take turns with it, and one is bundled and answers while the next is checked.
 */
async function withResident(use: (resident: Resident) => Promise<void>): Promise<void> {
  const used = turn.then(() => use((started ??= startResident())));
  turn = used.catch(() => undefined);
  await used;
}

afterAll(() => {
  started?.end();
  console.info(`${String(counts.projects)} tsconfigs, ${String(counts.features)} features in them`);
});

function layOut(folder: string, project: ForeignProject): readonly FeatureSource[] {
  const all = sourcesOf(project);
  const sources = (["plain", ...project.features] as const).map((feature) => all[feature]);
  const { typescript } = project;
  const manifest = {
    name: "foreign",
    private: true,
    sideEffects: false,
    exports: { "./*": "./dist/*.js" },
    imports: { "#*": "./dist/*" },
    ...(project.type && { type: project.type }),
    ...(typescript !== undefined && { devDependencies: { typescript } }),
  };
  const configs = Object.entries(project.configs).map(([path, content]) => [path, JSON.stringify(content)] as const);
  writeFiles(folder, {
    "package.json": JSON.stringify(manifest),
    ...Object.fromEntries(configs),
    ...typePackages,
    ...Object.assign({}, ...sources.map(({ files }) => files)),
  });
  for (const [path, target] of sources.flatMap(({ links = {} }) => Object.entries(links)))
    symlinkSync(target, join(folder, path));
  const types = join(folder, "node_modules/@types/node");
  mkdirSync(dirname(types), { recursive: true });
  symlinkSync(join(repository, "node_modules/@types/node"), types);
  return sources;
}

/** Nobody's own compiler where there is no tsconfig. An older TypeScript has nothing to say of what a 6 deprecates. */
async function ownCompiler(resident: Resident, folder: string, project: ForeignProject): Promise<Ran> {
  const { configs, features } = project;
  // What it has where it is not written.
  const asBefore = features.includes("fields") ? ["--strict", "false"] : [];
  const [config] = Object.keys(configs).includes("tsconfig.app.json") ? ["tsconfig.app.json"] : Object.keys(configs);
  if (config === undefined) return quiet;
  return await resident.run(
    { cwd: folder },
    "tsc",
    "-p",
    config,
    "--noEmit",
    "--ignoreDeprecations",
    "6.0",
    ...asBefore,
  );
}

async function answers(cwd: string, sources: readonly FeatureSource[]): Promise<readonly string[]> {
  const command = { command: process.execPath, args: ["dist/server.js"], cwd, stderr: "ignore" as const };
  const client = await connectOver(new StdioClientTransport(command));
  const texts: string[] = [];
  for (const { tool, arguments: given } of sources) {
    const { content } = await client.callTool({ name: tool, arguments: given });
    texts.push((content as readonly { text: string }[]).map(({ text }) => text).join(""));
  }
  await client.close();
  return texts;
}

/** esbuild is a process of its own, and says what it has to say past Node. */
async function bundle(cwd: string): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, ["build.mjs"], { cwd, env: { ...process.env, NO_COLOR: "1" } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data.toString()));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, output };
}

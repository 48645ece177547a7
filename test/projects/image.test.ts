/**
 * The Dockerfile's steps in a scratch folder: what an image takes along starts there alone, with packages that read their
 * own files, files beside the sources, threads and the embedded database; and a stack names the user's own file and line.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";
import { connectOver, runNode } from "../support/fixtures/process.js";
import { emptyPlace } from "../support/fixtures/workspace.js";
import { readFolder, writeFiles } from "../support/folder.js";
import { askMcpgen } from "../support/resident/ask.js";

const scratch = emptyPlace("image");
const project = join(scratch, "my project");
const output = join(project, "server");

const files = {
  "package.json": JSON.stringify({ name: "shop", private: true, dependencies: { shout: "1.0.0", spare: "1.0.0" } }),
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      target: "es2022",
      module: "commonjs",
      esModuleInterop: true,
      strict: true,
      skipLibCheck: true,
      paths: { "@deep/*": ["./node_modules/deep/parts/*"] },
    },
    include: ["src"],
  }),
  "src/loud.ts": `import { readFileSync } from "node:fs";
import { join } from "node:path";
import shout from "shout";
import { mark } from "@made/client";
import { sign } from ".made/own";

if (require.main === module || !module.parent) process.exit(7);

/** Says it loudly. */
export function loud(text: string): string {
  return shout(text) + readFileSync(join(__dirname, "mark.txt"), "utf8").trim() + mark + sign;
}

/** Fails. */
export function fail(): string {
  throw new RangeError("failed here");
}
`,
  "src/mark.txt": "!\n",
  "src/threads.ts": `import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import path from "node:path";

const beside = path.join(__dirname, "thread.js");
const scripted = path.join(__dirname, "../threads/scripted.js");

/** Asks a thread of the user's own: in a file beside this one, in this one, in JavaScript. */
export async function ask(kind: "beside" | "own" | "scripted", text: string): Promise<string> {
  const options = { workerData: text };
  const worker =
    kind === "own" ? new Worker(__filename, options) : new Worker(kind === "beside" ? beside : scripted, options);
  return new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
}

if (!isMainThread) parentPort?.postMessage("own " + workerData);
`,
  "src/thread.ts": `import { parentPort, workerData } from "node:worker_threads";
import { mark } from "./lib/mark";

parentPort?.postMessage(mark + workerData);
`,
  "src/lib/mark.ts": `export const mark = "beside ";\n`,
  "threads/scripted.js": `const { parentPort, workerData } = require("node:worker_threads");
parentPort.postMessage(require("./lib/scripted") + workerData);
`,
  "threads/lib/scripted.js": `module.exports = "scripted ";\n`,
  "src/views.ts": `import { readFileSync } from "node:fs";
import path from "node:path";

const here = path.dirname(__filename);
const root = path.resolve(here, "..");
const folder = "views";
const views = path.join(root, folder);

/** Reads what stands outside of the source. */
export function view(name: string): string {
  const texts = path.resolve(root, "texts", name + ".txt");
  return readFileSync(path.join(views, name + ".txt"), "utf8") + readFileSync(texts, "utf8");
}

/** Reads what only a call names. */
export function any(name: string): string {
  return readFileSync(path.join(root, name), "utf8");
}
`,
  "src/lib/root.ts": `import { join } from "node:path";
export const root = join(__dirname, "../..");
export const own = __dirname;
`,
  "src/rooted.ts": `import { own, root } from "./lib/root";

/** Where they are. */
export function places(): string[] {
  return [own, root];
}
`,
  "src/loaded.ts": `import { createRequire } from "node:module";

const load = createRequire(__filename);
const { tint } = load("tinted") as { tint: string };

/** What a \`require\` of its own has loaded. */
export function loaded(): string {
  return tint + (createRequire(__filename)("../tints/own.cjs") as string);
}

/** Where a file is that only a call names. */
export function whereIs(name: string): string {
  return require.resolve("./" + name);
}
`,
  "tints/own.cjs": `module.exports = require("./more.json").own;`,
  "tints/more.json": `{ "own": "blue" }`,
  "node_modules/tinted/package.json": `{ "name": "tinted", "version": "1.0.0" }`,
  "node_modules/tinted/index.js": `exports.tint = "light ";`,
  "src/found.ts": `import { readdirSync } from "node:fs";
import { join } from "node:path";
import { depth } from "@deep/depth";
import { store } from "stored";

/** By an alias of the compiler's, and from a package that no package.json asks for. */
export function depths(): string {
  return store + depth;
}

/** Loads what stands in a folder. */
export function found(folder: string): string[] {
  return readdirSync(folder).map((name) => require(join(folder, name)) as string);
}
`,
  "node_modules/deep/package.json": `{ "name": "deep", "version": "1.0.0" }`,
  "node_modules/deep/parts/depth.js": "exports.depth = 3;",
  "node_modules/deep/parts/depth.d.ts": "export declare const depth: number;",
  "node_modules/.store/stored@1/node_modules/stored/package.json": `{ "name": "stored", "version": "1.0.0" }`,
  "node_modules/.store/stored@1/node_modules/stored/index.js": `exports.store = "stored ";`,
  "node_modules/.store/stored@1/node_modules/stored/index.d.ts": "export declare const store: string;",
  "views/a.txt": "view ",
  "texts/a.txt": "text",
  "apart/a.txt": "apart",
  ".env": "SECRET=1",
  "src/.env.production": "SECRET=2",
  "src/env.ts": `import { existsSync } from "node:fs";
import { join } from "node:path";

/** Whether there are settings. */
export function hasSettings(): boolean {
  return existsSync(join(__dirname, "..", ".env"));
}
`,
  "src/primes.ts": `/**
 * Counts.
 * @worker
 */
export function count(limit: number): number {
  return limit + 1;
}
`,
  "node_modules/shout/package.json": `{ "name": "shout", "version": "1.0.0", "dependencies": { "louder": "1" } }`,
  "node_modules/shout/index.js": `const louder = require("louder"); const fs = require("fs");
module.exports = (text) => louder(text) + fs.readFileSync(__dirname + "/mark.txt", "utf8").trim();`,
  "node_modules/shout/index.d.ts": "declare function shout(text: string): string;\nexport = shout;\n",
  "node_modules/shout/mark.txt": "?\n",
  "node_modules/louder/package.json": `{ "name": "louder", "version": "1.0.0" }`,
  "node_modules/louder/index.js": "module.exports = (text) => text.toUpperCase();",
  "node_modules/spare/package.json": `{ "name": "spare", "version": "1.0.0" }`,
  "node_modules/@made/client/package.json": `{ "name": "@made/client", "version": "1.0.0", "main": "index.js" }`,
  "node_modules/@made/client/index.js": `module.exports = { ...require(".made/client") };`,
  "node_modules/@made/client/index.d.ts": `export * from ".made/client";`,
  "node_modules/.made/client/index.js": `exports.mark = require("fs").readFileSync(__dirname + "/mark.txt", "utf8");`,
  "node_modules/.made/client/index.d.ts": "export declare const mark: string;",
  "node_modules/.made/client/mark.txt": "#",
  "node_modules/.made/own/package.json": `{ "name": ".made/own", "main": "index.js" }`,
  "node_modules/.made/own/index.js": `exports.sign = require("path").basename(__dirname);`,
  "node_modules/.made/own/index.d.ts": "export declare const sign: string;",
  "node_modules/.made/idle/package.json": `{ "name": ".made/idle" }`,
  "node_modules/idle/package.json": `{ "name": "idle", "version": "1.0.0" }`,
};

test("an image starts from what it takes along", { timeout: 120_000 }, async () => {
  writeFiles(project, files);
  symlinkSync(".store/stored@1/node_modules/stored", join(project, "node_modules/stored"));
  install(project, "@types/node", "undici-types");
  expect(askMcpgen({ cwd: project }, "build", "src", "--out", "server")).toMatchObject({ status: 0, stderr: "" });
  const dockerfile = readFileSync(join(output, "Dockerfile"), "utf8");
  expect(dockerfile).toContain(`RUN ["node", "server/generated/build/install.mjs"]`);
  expect(dockerfile).toContain("WORKDIR /project/server");
  expect(dockerfile).toContain("COPY --from=build /image /project");

  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(output, "package.json"), "utf8"));
  install(output, ...withDependencies([...Object.keys(dependencies), ...Object.keys(devDependencies)]));
  expect(runNode({ cwd: output }, "build.mjs", "--check")).toEqual({ status: 0, stdout: "", stderr: "" });
  // As an earlier build leaves it: Node finds from there what it finds from the image's.
  mkdirSync(join(output, "dist"));
  const image = join(scratch, "image");
  const staged = runNode({ cwd: output }, "build.mjs", "--image", image);
  expect(staged).toMatchObject({ status: 0, stdout: "" });
  const { stderr } = staged;
  expect(stderr.match(/\[WARNING\]/g)).toHaveLength(4);
  expect(stderr).toContain(" ../src/loaded.ts:13:9:");
  expect(stderr).toContain(" ../src/found.ts:13:43:");
  expect(stderr).toContain(" ../src/lib/root.ts:2:20:");
  expect(stderr).toContain(" ../src/views.ts:17:22:");
  expect(stderr).toContain("Write its files and folders into `assets` in build.mjs.");
  const taken = Object.keys(readFolder(image));
  expect(taken).toEqual(
    expect.arrayContaining(["src/mark.txt", "views/a.txt", "texts/a.txt", "node_modules/spare/package.json"]),
  );
  expect(
    taken.filter((path) =>
      /^(?:\.env|src\/\.env|apart|src\/.*\.ts|node_modules\/(?:\.made\/)?idle|server\/(?:src|generated|node_modules\/zod))/.test(
        path,
      ),
    ),
  ).toEqual([]);

  // Nothing of the project is left to help out.
  renameSync(project, join(scratch, "gone"));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ["dist/server.js"],
    cwd: join(image, "server"),
    stderr: "pipe",
  });
  let log = "";
  transport.stderr?.on("data", (data: Buffer) => (log += data.toString()));
  const client = await connectOver(transport);
  const call = async (name: string, given: Record<string, unknown>) => {
    const { content } = await client.callTool({ name, arguments: given });
    return (content as readonly { text: string }[]).map(({ text }) => text).join("");
  };
  expect(await call("loud", { text: "hey" })).toBe("HEY?!#own");
  expect(await call("view", { name: "a" })).toBe("view text");
  expect(await call("loaded", {})).toBe("light blue");
  expect(await call("depths", {})).toBe("stored 3");
  expect(await call("hasSettings", {})).toBe("false");
  expect(await call("count", { limit: 2 })).toBe("3");
  for (const kind of ["beside", "own", "scripted"])
    expect(await call("ask", { kind, text: "hey" })).toBe(`${kind} hey`);
  expect(await call("fail", {})).toContain("failed unexpectedly");
  await client.close();
  expect(log).toMatch(/src\/loud\.ts:16:9/);
});

/** A copy, as an installation is: what a container has leads nowhere else. */
function install(folder: string, ...names: readonly string[]): void {
  for (const name of names) {
    const target = join(folder, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(repository, "node_modules", name), target, { recursive: true });
  }
}

/** Everything lies flat in the repository's own node_modules. */
function withDependencies(names: readonly string[]): readonly string[] {
  const found = new Set(names);
  for (const name of found) {
    const folder = join(repository, "node_modules", name);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    for (const each of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }))
      if (existsSync(join(repository, "node_modules", each))) found.add(each);
  }
  const binaries = readdirSync(join(repository, "node_modules/@esbuild")).map((name) => `@esbuild/${name}`);
  return [...found, ...binaries];
}

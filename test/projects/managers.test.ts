/** The package manager of the project around it is the one that a generated project speaks of, and is installed by. */
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emptyPlace } from "../support/fixtures/workspace.js";
import { writeFiles } from "../support/folder.js";
import { askMcpgen } from "../support/resident/ask.js";

const suite = emptyPlace("managers");
const source = "/** Adds. */\nexport function add(a: number, b: number): number {\n  return a + b;\n}\n";

function build(name: string, files: Readonly<Record<string, string>>, place = ".") {
  const folder = join(suite, name);
  writeFiles(folder, {
    "package.json": `{ "name": "root", "private": true }`,
    [join(place, "package.json")]: `{ "name": "one", "private": true }`,
    [join(place, "src/add.ts")]: source,
    ...files,
  });
  const { status, stdout, stderr } = askMcpgen({ cwd: join(folder, place) }, "build", "src", "--out", "server");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const output = join(folder, place, "server");
  const read = (path: string) =>
    existsSync(join(output, path)) ? readFileSync(join(output, path), "utf8") : undefined;
  return { stdout, read };
}

test.each([
  ["npm", { "package-lock.json": "{}" }, "npm install", "npm run build", []],
  ["pnpm", { "pnpm-lock.yaml": "" }, "pnpm install", "pnpm build", ["pnpm-workspace.yaml"]],
  ["yarn", { "yarn.lock": "" }, "yarn install", "yarn build", ["yarn.lock", ".yarnrc.yml"]],
  ["bun", { "bun.lock": "" }, "bun install", "bun run build", []],
  ["asked for", { "package.json": `{ "packageManager": "pnpm@10.1.0" }` }, "pnpm install", "pnpm build", []],
] as const)("%s", (name, files, install, script, own) => {
  const { stdout, read } = build(name, files);
  expect(stdout).toContain(`  ${install}\n`);
  expect(stdout).toContain(`  ${script} && `);
  expect(read("README.md")).toContain(`${install}\n${script}`);
  for (const path of own) expect(read(path)).toBeDefined();
});

test("of a workspace, which is what the image is built from", () => {
  const { read } = build("workspace", { "pnpm-workspace.yaml": "packages:\n  - packages/*\n" }, "packages/one");
  expect(read("README.md")).toContain("pnpm install");
  expect(read("Dockerfile")).toContain("WORKDIR /project/packages/one/server\n");
  expect(JSON.parse(read("generated/build/project.json") ?? "")).toMatchObject({ root: "..", context: "../../.." });
});

test("a project that comes to need a package says that it has to be installed", () => {
  build("later", { "package-lock.json": "{}" });
  writeFiles(join(suite, "later"), {
    "src/add.ts": `import type { Database } from "mcpgen";
/** Counts. */
export async function count(db: Database): Promise<number> {
  return (await db.query("SELECT 1")).length;
}
`,
  });
  const { stdout } = askMcpgen({ cwd: join(suite, "later") }, "build", "src", "--out", "server");
  expect(stdout).toContain("The server needs packages that are new:\n  cd server\n  npm install\n");
});

test("a project whose scripts alone have changed has nothing to install", () => {
  build("moved", { "package-lock.json": "{}" });
  renameSync(join(suite, "moved/src"), join(suite, "moved/lib"));
  const { stdout } = askMcpgen({ cwd: join(suite, "moved") }, "build", "lib", "--out", "server");
  expect(stdout).toContain("merged into README.md and package.json");
  expect(stdout).not.toContain("npm install");
});

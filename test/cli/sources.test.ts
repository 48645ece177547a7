/** A file, a barrel, or several files and folders as the source: what stands beside them is neither served nor read. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { askMcpgen } from "../support/resident/ask.js";

const folder = join(emptySuite("sources"), "project");
const server = ["--out", "server"];

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  writeText(join(folder, "package.json"), '{ "name": "project", "type": "module" }\n');
  writeText(join(folder, "src/a.ts"), functionsOf("addA", "hideA"));
  writeText(join(folder, "src/[id]/b.ts"), functionsOf("addB"));
  writeText(join(folder, "src/index.ts"), 'export { addA } from "./a.js";\nexport * from "./[id]/b.js";\n');
  writeText(join(folder, "lib/c.ts"), functionsOf("addC"));
  writeText(join(folder, "lib/broken.ts"), "export function (");
});

function functionsOf(...names: readonly string[]): string {
  return names.map((name) => `/** Adds. */\nexport function ${name}(a: number): number { return a; }\n`).join("");
}

const run = (...args: readonly string[]) => askMcpgen({ cwd: folder }, ...args);

function listed(): readonly string[] {
  const { tools } = JSON.parse(run("list", "--json").stdout) as {
    readonly tools: readonly { readonly name: string }[];
  };
  return tools.map(({ name }) => name);
}

test("a barrel: what it exports, and nothing else of the folder", () => {
  expect(run("build", "src/index.ts", ...server)).toMatchObject({ status: 0, stderr: "" });
  expect(listed()).toEqual(["addA", "addB"]);
});

test("files and folders: each, though another file of their folder is broken, and the output stands beside them", () => {
  expect(run("build", "lib/c.ts", "src/[id]", ...server)).toMatchObject({ status: 0, stderr: "" });
  expect(listed()).toEqual(["addB", "addC"]);
  // The manifest knows what was named.
  expect(run("check")).toMatchObject({ status: 0, stdout: expect.stringContaining("up to date") });
  writeText(join(folder, "src/a.ts"), functionsOf("another"));
  expect(run("check")).toMatchObject({ status: 0, stdout: expect.stringContaining("up to date") });
  writeText(join(folder, "src/[id]/more.ts"), functionsOf("addMore"));
  expect(run("check")).toMatchObject({ status: 1, stderr: expect.stringContaining("MG604") });
  expect(run("build", "--src", "src/a.ts", "--src", "lib/c.ts", ...server)).toMatchObject({ status: 0 });
  expect(listed()).toEqual(["addC", "another"]);
});

test.each([
  [["src", "src/gone.ts"], "error MG101: there is no folder `src/gone.ts`\n"],
  [["src/a.ts/below"], "error MG101: there is no folder `src/a.ts/below`\n"],
  [["package.json"], "error MG101: `package.json` is neither a folder nor TypeScript\n"],
  [
    ["lib/c.ts", "server/generated"],
    "error MG106: the output `server` would write its `generated` folder over the source",
  ],
])("%s is refused", (sources, message) => {
  writeText(join(folder, "server/generated/x.ts"), "");
  const { status, stderr } = run("build", ...sources, ...server);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(message) });
});

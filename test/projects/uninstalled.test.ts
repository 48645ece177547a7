/** A bundle of functions whose packages are not there: esbuild's message, the command that installs them, and no stack. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { runNode } from "../support/fixtures/process.js";
import { emptySuite } from "../support/fixtures/workspace.js";
import { writeFiles } from "../support/folder.js";
import { askMcpgen } from "../support/resident/ask.js";

test("packages that are not installed are named with the command that installs them", { timeout: 60_000 }, () => {
  const folder = join(emptySuite("uninstalled"), "app");
  const imports = [
    "asked-for",
    "asked-for/part",
    "@nobody/asks/deep",
    "installed/lacking",
    "./absent.json",
    "@/lib",
    "lib/rates",
  ];
  writeFiles(folder, {
    "package.json": `{ "name": "uninstalled", "type": "module", "devDependencies": { "asked-for": "1.0.0" } }`,
    "node_modules/installed/package.json": `{ "name": "installed", "version": "1.0.0" }`,
    "src/lib/rates.ts": "export {};\n",
    "src/add.ts": `${imports.map((name) => `import ${JSON.stringify(name)};\n`).join("")}
/** Adds. */
export function add(a: number, b: number): number { return a + b; }
`,
  });
  expect(askMcpgen({ cwd: folder }, "build", "src").status).toBe(0);
  const { status, stderr } = runNode({ cwd: join(folder, "server") }, "build.mjs");
  expect(status).toBe(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  const told = stderr.split("\n").filter((line) => line.includes(" is not installed"));
  expect(told).toEqual([
    "asked-for is not installed: npm install, in ..",
    "@nobody/asks is not installed, and package.json in .. does not ask for it: if it is a package, npm install @nobody/asks",
  ]);
  for (const name of imports) expect(stderr).toContain(`Could not resolve ${JSON.stringify(name)}`);
});

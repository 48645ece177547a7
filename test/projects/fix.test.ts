/** `mcpgen build --fix` makes the edit that MG114 names: the user's own compiler no longer sees the output. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";
import { runMcpgen, runNode } from "../support/fixtures/process.js";
import { emptyPlace } from "../support/fixtures/workspace.js";
import { writeFiles } from "../support/folder.js";

const folder = emptyPlace("fix");

test("a tsconfig that includes the output excludes it, and keeps its comments", { timeout: 60_000 }, () => {
  writeFiles(folder, {
    "package.json": `{ "name": "fix", "private": true, "type": "module" }`,
    "tsconfig.json": `{
  // Ours since the first day.
  "compilerOptions": { "target": "es2016", "module": "nodenext", "strict": true, "types": [], "noEmit": true },
  "exclude": ["dist"]
}
`,
    "src/add.ts": "/** Adds. */\nexport function add(a: number, b: number): number {\n  return a + b;\n}\n",
  });
  const place = { cwd: folder };
  expect(runMcpgen(place, "build", "src").stderr).toContain("MG114");
  const tsc = join(repository, "node_modules/typescript/bin/tsc");
  expect(runNode(place, tsc).status).not.toBe(0);

  const fixed = runMcpgen(place, "build", "src", "--fix");
  expect(fixed).toMatchObject({ status: 0, stderr: "" });
  expect(fixed.stdout).toContain("mended tsconfig.json");
  const text = readFileSync(join(folder, "tsconfig.json"), "utf8");
  expect(text).toContain("// Ours since the first day.");
  expect(text.replace(/\s+/g, " ")).toMatch(/"exclude": \[ ?"dist", "server" ?\]/);
  expect(runNode(place, tsc)).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(runMcpgen(place, "build", "src")).toMatchObject({ status: 0, stderr: "" });
});

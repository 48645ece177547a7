/** Several builds of one project at the same time, as an editor's watcher, a hook and a person start them. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";
import { runMcpgen } from "../support/fixtures/process.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";

const cwd = join(emptySuite("at-once"), "project");
const source = (...names: readonly string[]): string =>
  names.map((name) => `/** Adds. */\nexport function ${name}(a: number): number { return a; }\n`).join("");

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

async function build(): Promise<Ended> {
  const child = spawn(process.execPath, [join(repository, "bin/mcpgen.js"), "build", "src"], { cwd });
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  child.stdout.resume();
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, stderr };
}

test.each([
  ["a first build", source("add")],
  ["a build after an edit", source("add", "another")],
])("%s: each succeeds or says that another was faster, and one build's work stands there", async (_, text) => {
  writeText(join(cwd, "package.json"), '{ "name": "project", "type": "module" }\n');
  writeText(join(cwd, "src/add.ts"), text);
  const ended = await Promise.all([build(), build(), build()]);
  expect(ended.some(({ status }) => status === 0)).toBe(true);
  for (const { status, stderr } of ended) if (status !== 0) expect(stderr).toContain("error MG608: ");
  expect(runMcpgen({ cwd }, "check")).toMatchObject({ status: 0, stdout: expect.stringContaining("up to date") });
  expect(existsSync(join(cwd, "server/.mcpgen/stage"))).toBe(false);
  expect(readdirSync(join(cwd, "server/.mcpgen")).filter((name) => name.startsWith("lock"))).toEqual([]);
});

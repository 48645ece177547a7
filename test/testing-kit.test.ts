/** A project's own tests with the kit of `generated/testing.ts`: type-checked and run as a user would. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCase } from "./support/fixtures/cases.js";
import { runMcpgen, runNode } from "./support/fixtures/process.js";
import { copyCase, emptySuite, writeText } from "./support/fixtures/workspace.js";

test("a clock, chance and a mock of its own govern a project's server", { timeout: 120_000 }, () => {
  const found = readCase("testing-kit");
  const { folder, output } = copyCase(found, emptySuite("testing-kit"));
  expect(runMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
  writeText(join(output, "test/kit.test.ts"), readFileSync(join(found.folder, "test/kit.test.ts"), "utf8"));
  expect(runNode({ cwd: output }, "build.mjs", "--check")).toMatchObject({ status: 0 });
  const { status, stdout } = runNode({ cwd: output }, "build.mjs", "--test");
  expect([status, stdout]).toEqual([0, expect.stringMatching(/# pass 5\n# fail 0/)]);
  expect(stdout).toMatch(/^ok \d+ - a failure is tried again after a pause/m);
});

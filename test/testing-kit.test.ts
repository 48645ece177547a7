/** A project's own tests with the kit of `generated/testing.ts`: type-checked and run as a user would. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCase } from "./support/fixtures/cases.js";
import { runMcpgen, runNode } from "./support/fixtures/process.js";
import { copyCase, emptySuite, writeText } from "./support/fixtures/workspace.js";

/** What the tests of a fixture print, run in the project that is built of it. */
function runTests(name: string, file: string, ...options: string[]): string {
  const found = readCase(name);
  const { folder, output } = copyCase(found, emptySuite([name, ...options].join("")));
  expect(runMcpgen({ cwd: folder }, "build", "src", "--out", "server", ...options)).toMatchObject({ status: 0 });
  writeText(join(output, "test", file), readFileSync(join(found.folder, "test", file), "utf8"));
  expect(runNode({ cwd: output }, "build.mjs", "--check")).toMatchObject({ status: 0, stdout: "" });
  const { status, stdout } = runNode({ cwd: output }, "build.mjs", "--test");
  expect([status, stdout]).toEqual([0, expect.stringContaining("# fail 0")]);
  return stdout;
}

test("a clock, chance and a mock of its own govern a project's server", { timeout: 120_000 }, () => {
  const stdout = runTests("testing-kit", "kit.test.ts");
  expect(stdout).toContain("# pass 5\n");
  expect(stdout).toMatch(/^ok \d+ - a failure is tried again after a pause/m);
});

test.each(["v1", "v2"])(
  "a project's tests drive it over each transport with a client of %s",
  { timeout: 120_000 },
  (sdk) => {
    const stdout = runTests("testing-transports", "transports.test.ts", "--sdk", sdk);
    expect(stdout).toMatch(/^ok \d+ - a question is answered over http/m);
    expect(stdout).toMatch(/^ok \d+ - over stdio the server has a process of its own/m);
  },
);

test.each(["v1", "v2"])(
  "a project's typed client gives the functions' own values over a client of %s",
  { timeout: 120_000 },
  (sdk) => {
    const stdout = runTests("config-client", "client.test.ts", "--sdk", sdk);
    expect(stdout).toMatch(/^ok \d+ - a Date is a Date on both sides/m);
    expect(stdout).toMatch(/^ok \d+ - an answer that is not of the result's type is refused/m);
  },
);

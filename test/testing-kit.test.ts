/** A project's own tests with the kit of `generated/testing.ts`: type-checked and run as a user would. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readCase } from "./support/fixtures/cases.js";
import { runNode } from "./support/fixtures/process.js";
import { copyCase, emptySuite, writeText } from "./support/fixtures/workspace.js";
import { startResident } from "./support/resident/programs.js";

/** The compilers of all builds and checks. */
const resident = startResident();
afterAll(() => resident.end());

/** What the tests of a fixture print, run in the project that is built of it. */
async function runTests(name: string, file: string, ...options: string[]): Promise<string> {
  const found = readCase(name);
  const { folder, output } = copyCase(found, emptySuite([name, ...options].join("")));
  const built = await resident.run({ cwd: folder }, "mcpgen", "build", "src", "--out", "server", ...options);
  expect(built).toMatchObject({ status: 0 });
  writeText(join(output, "test", file), readFileSync(join(found.folder, "test", file), "utf8"));
  const checked = await resident.run({ cwd: output }, join(output, "build.mjs"), "--check");
  expect(checked).toMatchObject({ status: 0, stdout: "" });
  const { status, stdout } = runNode({ cwd: output }, "build.mjs", "--test");
  expect([status, stdout]).toEqual([0, expect.stringContaining("# fail 0")]);
  return stdout;
}

test("a clock, chance and a mock of its own govern a project's server", { timeout: 120_000 }, async () => {
  const stdout = await runTests("testing-kit", "kit.test.ts");
  expect(stdout).toContain("# pass 5\n");
  expect(stdout).toMatch(/^ok \d+ - a failure is tried again after a pause/m);
});

test.each(["v1", "v2"])(
  "a project's tests drive it over each transport with a client of %s",
  { timeout: 120_000 },
  async (sdk) => {
    const stdout = await runTests("testing-transports", "transports.test.ts", "--sdk", sdk);
    expect(stdout).toMatch(/^ok \d+ - a question is answered over http/m);
    expect(stdout).toMatch(/^ok \d+ - over stdio the server has a process of its own/m);
  },
);

test.each(["v1", "v2"])(
  "a project's typed client gives the functions' own values over a client of %s",
  { timeout: 120_000 },
  async (sdk) => {
    const stdout = await runTests("config-client", "client.test.ts", "--sdk", sdk);
    expect(stdout).toMatch(/^ok \d+ - a Date is a Date on both sides/m);
    expect(stdout).toMatch(/^ok \d+ - an answer that is not of the result's type is refused/m);
  },
);

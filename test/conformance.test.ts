/**
 * The official conformance suite against a server generated from plain functions. What the features so far cover has
 * to pass; the rest is listed in the case's expected-failures.yml, which goes red when one of them starts to pass.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCase, repository } from "./support/fixtures/cases.js";
import { runMcpgen, runNode, serveHttp } from "./support/fixtures/process.js";
import { copyCase, emptySuite, writeText } from "./support/fixtures/workspace.js";

/** The scenarios that revision 2025-11-25 of the specification requires of a server. */
const requirements = "2025-11-25";
const conformance = readCase("conformance");
const { folder, output } = copyCase(conformance, emptySuite("conformance"));
const results = mkdtempSync(join(tmpdir(), "mcpgen-conformance-"));
const suite = join(repository, "node_modules/.cache/mcpgen-conformance");
let server: Awaited<ReturnType<typeof serveHttp>>;

beforeAll(async () => {
  installSuite();
  expect(runMcpgen({ cwd: folder }, "build")).toMatchObject({ status: 0, stderr: "" });
  expect(runNode({ cwd: output }, "build.mjs")).toMatchObject({ status: 0 });
  server = await serveHttp(output);
}, 60_000);

afterAll(() => {
  server.process.kill();
  rmSync(results, { recursive: true, force: true });
});

describe("conformance", () => {
  test(`requirements of ${requirements}`, { timeout: 120_000 }, () => {
    const { status, report } = runSuite(join(conformance.folder, "expected-failures.yml"));
    expect(report).toContain("tools-call-simple-text");
    expect(status, report).toBe(0);
  });

  test("a failure that is not expected is one", { timeout: 120_000 }, () => {
    const fewer = join(results, "fewer.yml");
    writeText(fewer, "server:\n  - resources-list\n");
    expect(runSuite(fewer).status).toBe(1);
  });
});

function runSuite(expectedFailures: string): { readonly status: number | null; readonly report: string } {
  const url = server.url.href.replace("127.0.0.1", "localhost");
  const options = ["--requirements", requirements, "--expected-failures", expectedFailures, "--output-dir", results];
  const command = [join(suite, "dist/index.js"), "server", "--url", url, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
  return { status, report: stdout + stderr };
}

/** The suite wants Node 22 for one function of `fs` that its server scenarios do not call. */
function installSuite(): void {
  cpSync(join(repository, "node_modules/@modelcontextprotocol/conformance"), suite, { recursive: true });
  const path = join(suite, "dist/index.js");
  const program = readFileSync(path, "utf8");
  const imported = /\bglobSync as (\w+),/.exec(program);
  if (!imported) return;
  const patched = program.replace(imported[0], "").replace("\n", `\nconst ${imported[1] ?? ""} = () => [];`);
  writeText(path, patched);
}

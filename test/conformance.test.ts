/**
 * The official conformance suite against a server generated from plain functions: all that it requires of servers, of
 * the last revision with a handshake and of the first without one, at one address.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCase, repository } from "./support/fixtures/cases.js";
import { runNode, serveHttp } from "./support/fixtures/process.js";
import { copyCase, emptySuite, writeText } from "./support/fixtures/workspace.js";
import { askMcpgen } from "./support/resident/ask.js";

const { folder, output } = copyCase(readCase("conformance"), emptySuite("conformance"));
const results = mkdtempSync(join(tmpdir(), "mcpgen-conformance-"));
const suite = join(repository, "node_modules/.cache/mcpgen-conformance");
let server: Awaited<ReturnType<typeof serveHttp>>;

beforeAll(async () => {
  installSuite();
  expect(askMcpgen({ cwd: folder }, "build")).toMatchObject({ status: 0, stderr: "" });
  expect(runNode({ cwd: output }, "build.mjs")).toMatchObject({ status: 0 });
  server = await serveHttp(output);
}, 60_000);

afterAll(() => {
  server.process.kill();
  rmSync(results, { recursive: true, force: true });
});

describe("conformance", { timeout: 120_000 }, () => {
  test.each([
    ["2025-11-25", 30],
    ["2026-07-28", 37],
  ])("all that revision %s requires: %i scenarios", (revision, count) => {
    const { status, report } = runSuite(revision);
    expect(status, report).toBe(0);
    const notScored = report.split("Not scored for")[1]?.match(/^ {2}[✓✗]/gm)?.length ?? 0;
    expect(report.match(/^✓ [\w-]+: [1-9]\d* passed, 0 failed/gm)?.length).toBeGreaterThanOrEqual(count);
    expect(report.match(/^[✓✗] [\w-]+: /gm)).toHaveLength(count + notScored);
  });

  test("what is not required: arguments that stand in headers", () => {
    const { status, report } = run("--scenario", "http-custom-header-server-validation");
    expect(status, report).toBe(0);
    expect(report).toMatch(/Passed: 10\/10, 0 failed, 0 warnings/);
  });

  test("a report of anything else is not taken for a pass", () => {
    const wrong = join(results, "wrong.yml");
    writeText(wrong, "server:\n  - ping\n");
    expect(runSuite("2025-11-25", "--expected-failures", wrong).status).toBe(1);
  });
});

function runSuite(
  revision: string,
  ...more: readonly string[]
): { readonly status: number | null; readonly report: string } {
  return run("--requirements", revision, ...more);
}

function run(...more: readonly string[]): { readonly status: number | null; readonly report: string } {
  const url = server.url.href.replace("127.0.0.1", "localhost");
  const command = [join(suite, "dist/index.js"), "server", "--url", url, "--output-dir", results, ...more];
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

/** `mcpgen doctor`: each thing that can keep a client from an answer, and a server that is well. */
import { appendFileSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Finding } from "../../src/cli/doctor/finding.js";
import { lookAtNode, lookAtSdk } from "../../src/cli/doctor/project-findings.js";
import { runMcpgen, runNode } from "../support/fixtures/process.js";
import { emptyPlace, emptySuite, writeText } from "../support/fixtures/workspace.js";
import { askMcpgen } from "../support/resident/ask.js";

const folder = join(emptySuite("doctor"), "project");
const output = join(folder, "server");
const source = `/** @config */
export interface Settings {
  /** @env MAIL_HOST */
  host: string;
}

/** Where mail goes. */
export function findHost(settings: Settings): string {
  return settings.host;
}
`;

beforeAll(() => {
  writeText(join(folder, "package.json"), '{ "type": "module" }\n');
  writeText(join(folder, "src/mail.ts"), source);
});

function doctor(environment: Readonly<Record<string, string>> = {}): readonly [number | null, readonly string[]] {
  const { status, stdout, stderr } = runMcpgen(
    { cwd: folder, environment },
    "doctor",
    "src",
    "--out",
    "server",
    "--json",
  );
  expect(stderr).toBe("");
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  return [status, findings.filter(({ state }) => state !== "ok").map(({ about, fact }) => `${about}: ${fact}`)];
}

test("before a build, and before its packages and its bundle", { timeout: 60_000 }, () => {
  expect(doctor()).toEqual([1, ["output: nothing is built there yet"]]);
  expect(askMcpgen({ cwd: folder }, "build", "src", "--out", "server")).toMatchObject({ status: 0 });
  expect(doctor()).toEqual([1, ["bundle: there is no dist/server.js", "server: it was not started"]]);
  const packages = join(output, "package.json");
  const text = readFileSync(packages, "utf8");
  writeFileSync(packages, text.replace('"zod":', '"nobody-has-this": "1.0.0", "zod":'));
  expect(doctor()[1]).toContain("packages: not installed: `nobody-has-this`");
  writeFileSync(packages, text);
});

test("a server that is well, and one that lacks a setting", { timeout: 60_000 }, () => {
  expect(runNode({ cwd: output }, "build.mjs")).toMatchObject({ status: 0 });
  expect(doctor({ MAIL_HOST: "mail.example" })).toEqual([0, []]);
  const [status, [said = ""]] = doctor();
  expect([status, said]).toEqual([1, expect.stringContaining("server: it does not start: ")]);
  expect(said).toContain("MAIL_HOST is missing");
  const { stdout } = runMcpgen({ cwd: folder, environment: { MAIL_HOST: "a" } }, "doctor", "src", "--out", "server");
  expect(stdout).toMatch(
    /^ok {7}server {4}it starts over stdio with 1 tool, and speaks 2026-07-28 and, with a handshake, /m,
  );
});

test("what has changed since, and what ends at once", { timeout: 60_000 }, () => {
  const bundle = join(output, "dist/server.js");
  utimesSync(bundle, 1, 1);
  appendFileSync(bundle, "\nthrow new Error('broken by hand');\n");
  utimesSync(bundle, 1, 1);
  const [, said] = doctor({ MAIL_HOST: "a", LOG_LEVEL: "error" });
  expect(said).toEqual([
    "bundle: dist/server.js is older than generated/manifest.json",
    expect.stringMatching(/^server: it does not start: it has ended \(exit code 1\)\n[^]*broken by hand/),
  ]);
  const path = join(folder, "src/mail.ts");
  writeText(path, source.replace("findHost", "findMailHost"));
  expect(doctor({ MAIL_HOST: "a" })[1][0]).toMatch(
    /^output: the output differs from what the source gives in \d+ files$/,
  );
  writeText(path, `${source}export function broken(f: () => void): void { f(); }\n`);
  expect(doctor({ MAIL_HOST: "a" })[1][0]).toMatch(/^source: MG3\d\d: /);
  rmSync(join(output, "dist"), { recursive: true });
});

test("another mcpgen, an old Node.js, a line of the SDK without fixes", () => {
  const manifest = join(output, "generated/manifest.json");
  writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/"mcpgen": "[^"]*"/, '"mcpgen": "0.0.1"'));
  expect(doctor()[1]).toContainEqual(expect.stringContaining("output: it was written by mcpgen 0.0.1, and this is "));
  expect(["20.18.9", "20.19.0", "24.1.0"].map((running) => lookAtNode(running).state)).toEqual(["problem", "ok", "ok"]);
  expect(["2027-01-27", "2027-01-28"].map((today) => lookAtSdk(output, today).state)).toEqual(["ok", "problem"]);
  const other = emptyPlace("doctor-sdk");
  expect(lookAtSdk(other, "2026-01-01").state).toBe("problem");
  writeText(join(other, "package.json"), '{ "devDependencies": { "@modelcontextprotocol/client": "1.0.0" } }');
  expect(lookAtSdk(other, "2030-01-01")).toMatchObject({ state: "ok", fact: expect.stringContaining("v2") });
});

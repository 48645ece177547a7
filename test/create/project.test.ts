/** create-mcp-server as a process: what it makes, what it refuses, and that it leaves nothing half-made behind. */
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { templates } from "../../src/create/answers.js";
import { engine } from "../support/engine.js";
import { startResident, type Resident } from "../support/resident/programs.js";

const root = join(import.meta.dirname, "../..");
const bin = join(root, "bin/create-mcp-server.js");
// Inside node_modules, so that a project's zod and SDK resolve without an installation.
const cache = join(root, "node_modules/.cache/mcpgen-test");
mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, "create-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const quick = ["--yes", "--no-install", "--no-git"];

// What the two projects are asked is the same: the compiler is loaded once, and reads what libraries declare once.
let resident: Resident;
beforeAll(() => {
  resident = startResident();
});
afterAll(() => {
  resident.end();
});

describe.each(templates)("the %s starter", (template) => {
  const project = join(work, template);

  test("becomes one npm project: functions and server side by side", { timeout: 30_000 }, () => {
    const { status, output } = create(template, "--template", template, ...quick);
    expect({ status, output }).toMatchObject({ status: 0 });
    const found = readdirSync(project);
    for (const entry of ["src", "generated", "test", "mcpgen.json", "package.json", "tsconfig.json"])
      expect(found).toContain(entry);
    const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as {
      name: string;
      scripts: Record<string, string>;
    };
    expect(manifest.name).toBe(template);
    for (const script of ["build", "start", "test", "dev", "bench", "generate"])
      expect(manifest.scripts).toHaveProperty(script);
    expect(output).toContain(JSON.stringify(join(project, "dist", "server.js")));
  });

  test("is up to date, and gives no warning", { timeout: 30_000 }, async () => {
    expect(await resident.run({ cwd: project }, "mcpgen", "check")).toMatchObject({ status: 0 });
    rmSync(join(project, "generated"), { recursive: true });
    const { stdout, stderr } = await resident.run({ cwd: project }, "mcpgen", "build");
    expect(stdout + stderr).not.toMatch(/warning|error/);
  });

  test("type-checks under the options that it brings", { timeout: 60_000 }, async () => {
    expect(await resident.run({ cwd: project }, "tsc", "-p", ".")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("passes the tests that are generated for it", { timeout: 60_000 }, () => {
    const { status, output } = node(join(project, "build.mjs"), ["--test"], project);
    expect({ status, output }).toMatchObject({
      status: 0,
      output: expect.stringMatching(/[#ℹ] pass [1-9]\d*\n[#ℹ] fail 0/) as string,
    });
  });
});

describe("refusals", () => {
  test("a folder with something in it stays as it was", () => {
    mkdirSync(join(work, "full"));
    writeFileSync(join(work, "full/mine.txt"), "mine");
    const { status, output } = create("full", ...quick);
    expect({ status, output }).toMatchObject({ status: 1, output: expect.stringContaining("MG610") as string });
    expect(readdirSync(join(work, "full"))).toEqual(["mine.txt"]);
  });

  test("a file", () => {
    writeFileSync(join(work, "file"), "mine");
    expect(create("file", ...quick)).toMatchObject({ status: 1, output: expect.stringContaining("MG610") as string });
    expect(readFileSync(join(work, "file"), "utf8")).toBe("mine");
  });

  test.each([
    [[], "name the project"],
    [["--yes"], "name the project"],
    [["Upper", "--yes"], "lower-case"],
    [["a b", "--yes"], "`a b` is refused"],
    [["one", "two"], "too many arguments"],
    [["x", "--template", "none"], "minimal"],
    [["x", "--package-manager", "none"], "pnpm"],
    [["x", "--colour"], "unknown option"],
  ])("wrong usage: %s", (args, reason) => {
    const before = readdirSync(work);
    expect(create(...args)).toMatchObject({ status: 2, output: expect.stringContaining(reason) as string });
    expect(readdirSync(work)).toEqual(before);
  });
});

describe("installation", () => {
  test("that fails leaves the project, and says what failed", { timeout: 30_000 }, () => {
    const env = programs({ npm: "echo no such registry >&2; exit 7" });
    const { status, output } = node(bin, ["unlucky", "--yes", "--no-git"], work, env);
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining("no such registry") as string,
    });
    expect(existsSync(join(work, "unlucky/package.json"))).toBe(true);
  });

  test("by a package manager that is not there", { timeout: 30_000 }, () => {
    const env = { PATH: join(work, "nowhere") };
    const { status, output } = node(bin, ["alone", "--yes", "--package-manager", "bun"], work, env);
    expect({ status, output }).toMatchObject({
      status: 1,
      output: expect.stringContaining("bun is not installed") as string,
    });
  });

  test("that is interrupted takes everything with it", { timeout: 30_000 }, async () => {
    const env = programs({ npm: "touch late; exec sleep 20" });
    const child = spawn(process.execPath, [bin, "nested/deep/gone", "--yes", "--no-git"], {
      cwd: work,
      env: { ...process.env, ...env },
    });
    child.stdout.on("data", (text: Buffer) => {
      if (text.includes("npm install")) setTimeout(() => child.kill("SIGINT"), 300);
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(status).toBe(130);
    expect(existsSync(join(work, "nested"))).toBe(false);
  });
});

// `script` gives the process a terminal; it belongs to every Debian and is absent on some other systems.
describe.skipIf(spawnSync("script", ["--version"]).status !== 0)("on a terminal", () => {
  const [enter, down, interrupt] = ["\r", "\u001b[B", "\u0003"];

  test("every question is asked, and answered", { timeout: 60_000 }, async () => {
    const seen = await typeInto(
      ["asked\r", `${down}${enter}`, enter, `${down}${enter}`, "n", "n"],
      ["Name", "Which functions", "Which package", "Which line", "git", "Install"],
    );
    expect(seen.status).toBe(0);
    expect(readdirSync(join(work, "asked/src"))).toContain("forecast.ts");
    expect(existsSync(join(work, "asked/.git"))).toBe(false);
    expect(readFileSync(join(work, "asked/mcpgen.json"), "utf8")).toContain('"sdk": "v2"');
  });

  test.each([0, 1, 3, 4])("cancelled at question %d, nothing is there", { timeout: 30_000 }, async (question) => {
    const answers = ["dropped\r", enter, enter, enter, enter].slice(0, question);
    const questions = ["Name", "Which functions", "Which package", "Which line", "git"];
    const seen = await typeInto([...answers, interrupt], questions);
    expect(seen.status).toBe(130);
    expect(existsSync(join(work, "dropped"))).toBe(false);
  });

  /** Types each answer once its question is on the screen. */
  function typeInto(
    answers: readonly string[],
    questions: readonly string[],
  ): Promise<{ status: number | null; screen: string }> {
    const child = spawn("script", ["-qec", `stty cols 100 rows 40; exec '${process.execPath}' '${bin}'`, "/dev/null"], {
      cwd: work,
    });
    let screen = "";
    let next = 0;
    child.stdout.on("data", (text: Buffer) => {
      screen += text.toString();
      const question = questions[next];
      if (question === undefined || next >= answers.length || !screen.includes(question)) return;
      const answer = answers[next] ?? "";
      next += 1;
      screen = screen.slice(screen.indexOf(question) + question.length);
      child.stdin.write(answer);
    });
    const patience = setTimeout(() => child.kill("SIGKILL"), 20_000);
    return new Promise((resolve) => {
      child.on("close", (status) => {
        clearTimeout(patience);
        resolve({ status, screen });
      });
    });
  }
});

function create(...args: readonly string[]) {
  return node(bin, args, work);
}

function node(script: string, args: readonly string[], cwd: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...engine, script, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  return { status, output: `${stdout}${stderr}` };
}

/** A PATH on which shell scripts stand for programs. */
function programs(scripts: Record<string, string>): { PATH: string } {
  const folder = mkdtempSync(join(work, "path-"));
  for (const [name, body] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
}

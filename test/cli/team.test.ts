/** Two branches that both regenerated meet, with real git: a build alone puts right what mcpgen wrote. */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { repository } from "../support/fixtures/cases.js";
import { readFolder } from "../support/folder.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { askMcpgen } from "../support/resident/ask.js";

const folder = join(emptySuite("team"), "project");
const build = () => askMcpgen({ cwd: folder }, "build", "src", "--out", "server");

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  const { stdout, stderr } = spawnSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8" });
  return stdout + stderr;
}

function addFunction(name: string, more = ""): void {
  const text = `${more}/** Does ${name}. */\nexport const ${name} = (value: number): number => value;\n`;
  writeText(join(folder, `src/${name}.ts`), text);
  expect(build().status).toBe(0);
}

function commit(): void {
  git("add", "-A");
  git("commit", "-qm", "work");
}

/** Without what is kept of the user's work. */
function output(of = "server"): Record<string, string> {
  const files = Object.entries(readFolder(join(folder, of)));
  return Object.fromEntries(files.filter(([path]) => !/^\.mcpgen\/(backup|memory|\.gitignore)/.test(path)));
}

/** main has `mid`; the branch `one` gains `alpha`, the branch `two` `beta`, and both change `mid`'s surroundings. */
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  writeText(join(folder, "package.json"), '{ "type": "module" }\n');
  writeText(join(folder, "src/mid.ts"), "/** Is there. */\nexport const mid = (value: number): number => value;\n");
  git("init", "-q", "-b", "main");
  expect(build().status).toBe(0);
  commit();
}, 60_000);

function meet(edits: { readonly one?: () => void; readonly two?: () => void } = {}): void {
  git("checkout", "-qb", "one");
  addFunction("alpha");
  edits.one?.();
  commit();
  git("checkout", "-q", "main");
  git("checkout", "-qb", "two");
  addFunction("beta");
  edits.two?.();
  commit();
  expect(git("merge", "one")).toContain("CONFLICT");
}

function edit(path: string, change: (text: string) => string): void {
  const file = join(folder, "server", path);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

/** The nth block of code of docs/team.md, with this mcpgen in the place of an installed one. */
function recipe(number: number): string {
  const text = readFileSync(join(repository, "docs/team.md"), "utf8");
  const block = [...text.matchAll(/```sh\n([\s\S]*?)```/g)][number]?.[1] ?? "";
  return block.replaceAll("npx mcpgen", `"${process.execPath}" "${join(repository, "bin/mcpgen.js")}"`);
}

describe("recipes", { timeout: 120_000 }, () => {
  test("a hook refuses a commit whose output is out of date", () => {
    writeFileSync(join(folder, ".git/hooks/pre-commit"), recipe(0), { mode: 0o755 });
    writeText(join(folder, "src/mid.ts"), "/** Is new. */\nexport const mid = (value: number): number => value;\n");
    git("add", "-A");
    expect(git("commit", "-qm", "stale")).toContain("MG604");
    expect(git("log", "--oneline")).not.toContain("stale");
    expect(build().status).toBe(0);
    git("add", "-A");
    git("commit", "-qm", "fresh");
    expect(git("log", "--oneline")).toContain("fresh");
  });

  test("CI refuses what breaks clients", () => {
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    const check = () => spawnSync("bash", ["-ec", recipe(1)], { cwd: folder, encoding: "utf8" });
    addFunction("alpha");
    expect(check()).toMatchObject({ status: 0 });
    const text =
      "/** Is there. */\nexport const mid = (value: number, more: string): string => more + String(value);\n";
    writeText(join(folder, "src/mid.ts"), text);
    expect(build().status).toBe(0);
    const { status, stdout } = check();
    expect(status).toBe(1);
    expect(stdout).toContain("breaking");
  });
});

describe("after a merge", { timeout: 120_000 }, () => {
  test("a build alone gives what a build into an empty folder gives", () => {
    meet();
    expect(readFileSync(join(folder, "server/generated/manifest.json"), "utf8")).toContain("<<<<<<<");
    expect(build()).toMatchObject({ status: 0, stderr: "" });
    const merged = output();
    rmSync(join(folder, "server"), { recursive: true });
    expect(build().status).toBe(0);
    expect(merged).toEqual(output());
  });

  test("edits of scaffold files on both branches are kept", () => {
    meet({
      one: () => {
        edit("README.md", (text) => text.replace("# mcp-server", "# Our server"));
      },
      two: () => {
        edit("Dockerfile", (text) => `${text}# ours\n`);
      },
    });
    expect(build()).toMatchObject({ status: 0, stderr: "" });
    const { "README.md": readme, Dockerfile: dockerfile } = output();
    expect(readme).toContain("# Our server");
    expect(readme).toContain("`alpha`");
    expect(readme).toContain("`beta`");
    expect(readme).not.toContain("<<<<<<<");
    expect(dockerfile).toContain("# ours");
  });

  test("an edit that met another is left with git's marks, and told", () => {
    meet({
      one: () => {
        edit("Dockerfile", (text) => `# one\n${text}`);
      },
      two: () => {
        edit("Dockerfile", (text) => `# two\n${text}`);
      },
    });
    const built = build();
    expect(built.status).toBe(0);
    expect(built.stderr).toContain("MG615");
    expect(output()["Dockerfile"]).toContain("<<<<<<<");
    expect(output()["generated/server.ts"]).not.toContain("<<<<<<<");
  });

  test.each(["generated/manifest.json", "generated/surface.json"])("a broken %s stops no build", (path) => {
    edit(path, () => "{ broken\n");
    const before = output();
    expect(build().status).toBe(0);
    expect(Object.keys(output())).toEqual(Object.keys(before));
    expect(output()[path]).not.toContain("broken");
    expect(readFileSync(join(folder, "server/.mcpgen/backup/1", path), "utf8")).toBe("{ broken\n");
  });
});

/** `mcpgen diff` and `build --fail-on`: what a person, a pull request and a program are told, with a real git. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { runMcpgen, type Ran } from "../support/fixtures/process.js";
import { emptySuite, writeText } from "../support/fixtures/workspace.js";
import { askMcpgen } from "../support/resident/ask.js";

const folder = join(emptySuite("surface-diff"), "shop");
const old = `
/** Adds two numbers. */
export function add(a: number, b = 1): { sum: number } { return { sum: a + b }; }
/** Finds an order. */
export function findOrder(id: string, deep?: boolean): { total: number } { return { total: deep ? id.length : 0 }; }
/**
 * Says hello.
 * @prompt
 */
export function hello(name: string, tone?: string): string { return name + (tone ?? ""); }
/**
 * A note.
 * @resource notes://{id}
 */
export function note(id: string): string { return id; }
`;
const changed = old
  .replace("b = 1", "b: number")
  .replace("findOrder", "searchOrder")
  .replace("tone?: string", "tone: string")
  .replace('(tone ?? "")', "tone")
  .replace("notes://{id}", "note://{id}");

function mcpgen(...args: readonly string[]): Ran {
  return askMcpgen({ cwd: folder }, ...args);
}

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.email=shop@example.com", "-c", "user.name=Shop"];
  expect(spawnSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8" })).toMatchObject({ status: 0 });
}

beforeAll(() => {
  writeText(join(folder, "package.json"), '{ "name": "shop", "type": "module" }\n');
  writeText(join(folder, "mcpgen.json"), '{ "source": "src", "out": "server" }\n');
  writeText(join(folder, "src/shop.ts"), old);
  git("init", "-q", "--initial-branch=main");
});

test("without a surface there is nothing to compare with", () => {
  const { status, stdout, stderr } = runMcpgen({ cwd: folder }, "diff");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toBe(
    "error: there is nothing to compare with: git knows no commit `HEAD`, and no `server/generated/surface.json` on disk; run mcpgen build\n",
  );
});

test("where none is committed, the one on disk is compared with", () => {
  expect(mcpgen("build")).toMatchObject({ status: 0 });
  expect(mcpgen("diff")).toMatchObject({
    status: 0,
    stdout: "nothing that clients see has changed since server/generated/surface.json\n",
  });
});

const told = `removed     tool \`findOrder\` is renamed: the same is served as \`searchOrder\` (src/shop.ts:5)
            help: keep the old name with \`@name findOrder\`
breaking    argument \`tone\` of prompt \`hello\` is required now (src/shop.ts:10)
breaking    resource \`note\` has another URI (src/shop.ts:15)
breaking    argument \`b\` of tool \`add\` is required now (src/shop.ts:3)
added       tool \`searchOrder\` is new (src/shop.ts:5)
`;

test("against a commit: for people, for a pull request, for programs", () => {
  git("add", "-A");
  git("commit", "-qm", "one");
  git("tag", "v1");
  writeText(join(folder, "src/shop.ts"), changed);
  const counts = "1 tool removed, 3 breaking changes, 1 tool added";
  expect(mcpgen("diff")).toEqual({ status: 0, stderr: "", stdout: `${told}\n${counts}; next version: major\n` });
  const { stdout } = mcpgen("diff", "v1", "--markdown");
  expect(stdout).toContain(`### Surface\n\n${counts}; next version: **major**\n\n| Removed | |\n| --- | --- |\n`);
  expect(stdout).toContain("| argument `b` of tool `add` is required now | `src/shop.ts:3` |");
  const { status, changes, step } = JSON.parse(mcpgen("diff", "v1", "--json").stdout);
  expect({ status, step }).toEqual({ status: "changed", step: "major" });
  expect(changes).toHaveLength(5);
  expect(changes[3]).toMatchObject({
    ...{ kind: "breaking", part: "argument", path: "b", subject: { kind: "tool", name: "add" } },
    place: { file: "src/shop.ts", line: 3 },
  });
});

test("--fail-on decides the exit code, and what git does not know is wrong usage", () => {
  for (const [kind, count] of [
    ["breaking", "4 changes"],
    ["removed", "1 change"],
    ["any", "5 changes"],
  ] as const)
    expect(mcpgen("diff", "--fail-on", kind)).toMatchObject({
      status: 1,
      stderr: `--fail-on ${kind} refuses ${count}\n`,
    });
  expect(mcpgen("diff", "v2")).toEqual({ status: 2, stdout: "", stderr: "error: git knows no commit `v2`\n" });
  expect(mcpgen("diff", "--fail-on", "all")).toMatchObject({ status: 2 });
});

test("a build refuses with MG620 and writes nothing, or tells what it overwrote", () => {
  const surface = () => readFileSync(join(folder, "server/generated/surface.json"), "utf8");
  const before = surface();
  const refused = mcpgen("build", "--fail-on", "breaking");
  expect(refused.status).toBe(1);
  expect(refused.stderr.match(/^error MG620: .*$/gm)).toHaveLength(4);
  expect(refused.stderr).toContain("4 errors, 1 warning; nothing was written\n");
  expect(surface()).toBe(before);
  const built = mcpgen("build");
  expect(built.status).toBe(0);
  expect(built.stdout).toContain("      surface: 1 tool removed, 3 breaking changes, 1 tool added\n");
  expect(built.stdout).toContain("  breaking    argument `b` of tool `add` is required now (src/shop.ts:3)\n");
  expect(surface()).not.toBe(before);
  expect(mcpgen("build", "--fail-on", "any")).toMatchObject({ status: 0 });
});

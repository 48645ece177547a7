/** The user's files are edited together or not at all, and stay as they are laid out. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { collectEdits, type FileEdit } from "../../src/cli/init/edits.js";
import { nameEdits, showEdits } from "../../src/cli/init/show-edits.js";
import { writeEdits } from "../../src/cli/init/write-edits.js";
import { emptyPlace, writeText } from "../support/fixtures/workspace.js";

const disk = vi.hoisted(() => ({ refusesMoveTo: "" }));
vi.mock("node:fs", async (load) => {
  const real = await load<typeof import("node:fs")>();
  const renameSync: typeof real.renameSync = (from, to) => {
    if (disk.refusesMoveTo !== "" && String(to).endsWith(disk.refusesMoveTo))
      throw Object.assign(new Error("EPERM: operation not permitted"), { code: "EPERM" });
    real.renameSync(from, to);
  };
  return { ...real, renameSync };
});

const suite = emptyPlace("init-edits");
const manifest = '{\n\t"name": "a",\n\t"devDependencies": { "b": "1" }\n}\n';
let count = 0;

function start(): { readonly cwd: string; readonly list: readonly FileEdit[] } {
  const cwd = join(suite, String(count++));
  writeText(join(cwd, "package.json"), manifest);
  const edits = collectEdits(cwd);
  edits.set("mcpgen.json", ["source"], "src");
  edits.set("package.json", ["scripts", "x"], "y");
  return { cwd, list: edits.list() };
}

const textOf = (cwd: string) => readFileSync(join(cwd, "package.json"), "utf8");
afterEach(() => void (disk.refusesMoveTo = ""));

test("all are written, nothing is left beside them, tabs stay tabs", () => {
  const { cwd, list } = start();
  expect(writeEdits(cwd, list)).toBeUndefined();
  expect(readdirSync(cwd).sort()).toEqual(["mcpgen.json", "package.json"]);
  expect(textOf(cwd)).toContain('\n\t"scripts": {\n\t\t"x": "y"\n\t}');
  expect(nameEdits(list)).toEqual(["new mcpgen.json   source", "package.json   scripts.x"]);
  expect(showEdits(list).slice(0, 4)).toEqual(["new mcpgen.json", "  +{", '  +  "source": "src"', "  +}"]);
});

describe("none is written", () => {
  test("where a file has changed meanwhile", () => {
    const { cwd, list } = start();
    writeFileSync(join(cwd, "package.json"), "{}");
    expect(writeEdits(cwd, list)).toBe("`package.json` has changed meanwhile");
    expect(readdirSync(cwd)).toEqual(["package.json"]);
    expect(textOf(cwd)).toBe("{}");
  });

  test("where a folder is in the way", () => {
    const { cwd, list } = start();
    mkdirSync(join(cwd, "mcpgen.json"));
    expect(writeEdits(cwd, list)).toContain("EISDIR");
    expect(textOf(cwd)).toBe(manifest);
  });

  test("where a file is in place of a folder", () => {
    const { cwd, list } = start();
    writeText(join(cwd, "config"), "");
    const further = { path: "config/jest.json", before: undefined, after: "{}", values: [] };
    expect(writeEdits(cwd, [...list, further])).toMatch(/EEXIST|ENOTDIR/);
    expect(readdirSync(cwd).sort()).toEqual(["config", "package.json"]);
  });

  test.each(["mcpgen.json", "package.json"])("where the disk refuses to move %s into place", (refused) => {
    const { cwd, list } = start();
    disk.refusesMoveTo = refused;
    expect(writeEdits(cwd, list)).toContain("EPERM");
    expect(readdirSync(cwd)).toEqual(["package.json"]);
    expect(textOf(cwd)).toBe(manifest);
  });
});

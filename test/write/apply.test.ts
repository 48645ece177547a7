/** Changes on a real disk: all or nothing, nothing outside, nobody's work lost. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Change } from "../../src/model/files.js";
import { hashText } from "../../src/model/hash.js";
import { applyChanges, recoverOutput } from "../../src/write/apply.js";
import { makeFolder, readFolder, writeFiles } from "../support/folder.js";

const owner = { pid: process.pid, isAlive: () => true, patienceMs: 300 };
const create = (path: string, text = "new"): Change => ({ kind: "create", path, text, owner: "generated" });
const update = (path: string, before = "old"): Change => ({
  kind: "update",
  path,
  text: "new",
  before,
  owner: "generated",
});
const remove = (path: string, before = "old"): Change => ({ kind: "delete", path, before });

/** Applied to a folder with these files; what was said, and what is there afterwards. */
async function apply(name: string, files: Record<string, string>, changes: readonly Change[]) {
  const output = makeFolder(`apply/${name}`, files);
  const { value, diagnostics } = await applyChanges({ output, changes, owner });
  const said = diagnostics.map(({ code, message }) => `${code}: ${message}`);
  return { output, said, backup: value.backup, files: readFolder(output) };
}

describe("applyChanges", () => {
  test("creates, updates, deletes, and leaves nothing of its own", async () => {
    const changes = [
      create("generated/tools/a.ts"),
      update("b.ts"),
      remove("generated/old/c.ts"),
      { kind: "unchanged", path: "d.ts" },
    ] as const;
    const { output, said, files } = await apply(
      "all-kinds",
      { "b.ts": "old", "generated/old/c.ts": "old", "d.ts": "same" },
      changes,
    );
    expect(said).toEqual([]);
    expect(files).toEqual({ "b.ts": "new", "d.ts": "same", "generated/tools/a.ts": "new" });
    expect(existsSync(join(output, "generated/old"))).toBe(false);
    expect(existsSync(join(output, ".mcpgen"))).toBe(false);
  });

  test("does not touch a folder for nothing", async () => {
    const output = join(makeFolder("apply/nothing"), "absent");
    await applyChanges({ output, changes: [{ kind: "unchanged", path: "a.ts" }], owner });
    expect(existsSync(output)).toBe(false);
  });

  test("makes the output folder", async () => {
    const output = join(makeFolder("apply/fresh"), "deep/server");
    expect((await applyChanges({ output, changes: [create("a.ts")], owner })).diagnostics).toEqual([]);
    expect(readFolder(output)).toEqual({ "a.ts": "new" });
  });

  test("leaves the time of files that do not change alone, and the permissions of those that do", async () => {
    const output = makeFolder("apply/times", { "a.ts": "same", "b.sh": "old" });
    utimesSync(join(output, "a.ts"), 1000, 1000);
    chmodSync(join(output, "b.sh"), 0o755);
    await applyChanges({ output, changes: [{ kind: "unchanged", path: "a.ts" }, update("b.sh")], owner });
    expect(statSync(join(output, "a.ts")).mtimeMs).toBe(1_000_000);
    expect(statSync(join(output, "b.sh")).mode & 0o777).toBe(0o755);
  });

  test("keeps what it overwrites of the user's, each time in a new folder", async () => {
    const precious = {
      kind: "update",
      path: "generated/a.ts",
      text: "new",
      before: "mine",
      owner: "generated",
      backup: true,
    } as const;
    const { output, backup } = await apply("backup", { "generated/a.ts": "mine", "b.ts": "old" }, [
      precious,
      update("b.ts"),
    ]);
    expect(backup).toBe(".mcpgen/backup/1");
    writeFiles(output, { "generated/a.ts": "mine again" });
    const again = await applyChanges({ output, changes: [{ ...precious, before: "mine again" }], owner });
    expect(again.value.backup).toBe(".mcpgen/backup/2");
    expect(readFolder(join(output, ".mcpgen"))).toEqual({
      "backup/1/generated/a.ts": "mine",
      "backup/2/generated/a.ts": "mine again",
    });
  });

  test("loses no edit that was made while it was building", async () => {
    const { said, files } = await apply("meanwhile", { "a.ts": "edited just now", "b.ts": "old" }, [
      update("a.ts"),
      update("b.ts"),
    ]);
    expect(said).toEqual(["MG608: `a.ts` changed while mcpgen was building"]);
    expect(files).toEqual({ "a.ts": "edited just now", "b.ts": "old" });
  });

  test("is content with what another build has done already", async () => {
    const { said, files } = await apply("done", { "a.ts": "new", "b.ts": "old" }, [
      create("a.ts"),
      update("b.ts"),
      remove("c.ts"),
    ]);
    expect(said).toEqual([]);
    expect(files).toEqual({ "a.ts": "new", "b.ts": "new" });
  });

  test("puts everything back when a file cannot be written", async () => {
    const long = `generated/${"x".repeat(300)}.ts`;
    const { said, files, output } = await apply("too-long", { "a.ts": "old" }, [
      update("a.ts"),
      create("b/c.ts"),
      create(long),
    ]);
    expect(said).toEqual(["MG606: nothing was written: ENAMETOOLONG: name too long"]);
    expect(files).toEqual({ "a.ts": "old" });
    expect(existsSync(join(output, "b"))).toBe(false);
  });

  test("puts everything back when a file cannot be moved into place", async () => {
    // The folder in the way is found only after the files before it have been moved.
    const output = makeFolder("apply/blocked", { "a.ts": "old", "z.ts/in the way": "x", "c.ts": "old" });
    const changes = [update("a.ts"), create("b/b.ts"), remove("c.ts"), create("z.ts")];
    const { diagnostics } = await applyChanges({ output, changes, owner });
    expect(diagnostics).toMatchObject([{ code: "MG606" }]);
    expect(readFolder(output)).toEqual({ "a.ts": "old", "c.ts": "old", "z.ts/in the way": "x" });
    expect(existsSync(join(output, "b"))).toBe(false);
  });

  test("has an answer when its work folder cannot be made", async () => {
    const { said, files } = await apply("work-folder", { ".mcpgen": "a file", "a.ts": "old" }, [update("a.ts")]);
    expect(said).toEqual(["MG606: nothing was written: EEXIST: file already exists"]);
    expect(files).toEqual({ ".mcpgen": "a file", "a.ts": "old" });
  });
});

describe("links", () => {
  test.each([
    [
      "the file",
      "generated/a.ts",
      (output: string, outside: string) => {
        mkdirSync(join(output, "generated"));
        symlinkSync(join(outside, "secret"), join(output, "generated/a.ts"));
      },
    ],
    [
      "a folder on the way",
      "generated/a.ts",
      (output: string, outside: string) => {
        symlinkSync(outside, join(output, "generated"));
      },
    ],
    [
      "the work folder",
      "a.ts",
      (output: string, outside: string) => {
        symlinkSync(outside, join(output, ".mcpgen"));
      },
    ],
  ])("%s: nothing is written through it", async (name, path, link) => {
    const outside = makeFolder(`apply/outside-${name.replaceAll(" ", "-")}`, { secret: "s" });
    const output = makeFolder(`apply/link-${name.replaceAll(" ", "-")}`);
    link(output, outside);
    const { diagnostics } = await applyChanges({ output, changes: [create(path)], owner });
    expect(diagnostics).toHaveLength(1);
    expect(readFolder(outside)).toEqual({ secret: "s" });
  });

  test.each(["../a.ts", "/a.ts", "a/../../b.ts", "a\\b.ts", "", "a//b", "C:/a.ts"])(
    "the path %j is our bug",
    async (path) => {
      const output = makeFolder("apply/unsafe");
      await expect(applyChanges({ output, changes: [create(path)], owner })).rejects.toThrow("unsafe output path");
      expect(existsSync(join(output, ".mcpgen"))).toBe(false);
    },
  );
});

describe("locks", () => {
  const lock = (output: string, name: string, host = hostname()) => {
    writeFiles(output, { [`.mcpgen/${name}`]: host });
  };

  test("of a dead process is cleared away", async () => {
    const output = makeFolder("apply/lock-dead");
    lock(output, "lock-999999-1");
    const dead = { ...owner, isAlive: () => false };
    expect((await applyChanges({ output, changes: [create("a.ts")], owner: dead })).diagnostics).toEqual([]);
    expect(readFolder(output)).toEqual({ "a.ts": "new" });
  });

  test("of this very process number, from before, is cleared away", async () => {
    const output = makeFolder("apply/lock-number");
    lock(output, `lock-${String(process.pid)}-1`);
    expect((await applyChanges({ output, changes: [create("a.ts")], owner })).diagnostics).toEqual([]);
  });

  test("that is old is cleared away, whoever has its number by now", async () => {
    const output = makeFolder("apply/lock-old");
    lock(output, "lock-999999-1");
    utimesSync(join(output, ".mcpgen/lock-999999-1"), 1000, 1000);
    expect((await applyChanges({ output, changes: [create("a.ts")], owner })).diagnostics).toEqual([]);
  });

  test.each([
    ["a living process", hostname()],
    ["a process of another machine", "elsewhere"],
  ])("of %s holds", { timeout: 15_000 }, async (name, host) => {
    const output = makeFolder(`apply/lock-${name.replaceAll(" ", "-")}`);
    lock(output, "lock-999999-1", host);
    const asked = { ...owner, isAlive: () => host !== "elsewhere" };
    const { diagnostics } = await applyChanges({ output, changes: [create("a.ts")], owner: asked });
    expect(diagnostics).toMatchObject([
      { code: "MG608", notes: [{ message: "its lock is .mcpgen/lock-999999-1 in the output folder" }] },
    ]);
    expect(Object.keys(readFolder(output))).toEqual([".mcpgen/lock-999999-1"]);
  });

  test("waits for one that goes", async () => {
    const output = makeFolder("apply/lock-waits");
    lock(output, "lock-999999-1");
    setTimeout(() => {
      rmSync(join(output, ".mcpgen/lock-999999-1"));
    }, 200);
    expect((await applyChanges({ output, changes: [create("a.ts")], owner })).diagnostics).toEqual([]);
  });

  test("many builds of one process take turns", async () => {
    const output = makeFolder("apply/turns");
    const patient = { ...owner, patienceMs: 10_000 };
    const builds = Array.from({ length: 8 }, () =>
      applyChanges({ output, changes: [create("a.ts"), create("b/c.ts")], owner: patient }),
    );
    expect((await Promise.all(builds)).flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(readFolder(output)).toEqual({ "a.ts": "new", "b/c.ts": "new" });
  });
});

describe("recovery", () => {
  const journal = (steps: readonly object[]) => ({ ".mcpgen/stage/journal.json": JSON.stringify(steps) });
  const hashOfNew = hashText("new");

  test("puts old files back, and takes new ones away", async () => {
    const output = makeFolder("apply/recover", {
      "moved.ts": "new",
      "created/a.ts": "new",
      "untouched.ts": "old",
      ".mcpgen/stage/old/moved.ts": "old",
      ".mcpgen/stage/old/untouched.ts": "old",
      ".mcpgen/stage/old/gone.ts": "old",
      ...journal([
        { kind: "update", path: "moved.ts", hash: hashOfNew },
        { kind: "create", path: "created/a.ts", hash: hashOfNew },
        { kind: "update", path: "untouched.ts", hash: hashOfNew },
        { kind: "delete", path: "gone.ts" },
        { kind: "create", path: "never.ts", hash: hashOfNew },
      ]),
    });
    expect(await recoverOutput(output, owner)).toEqual([]);
    expect(readFolder(output)).toEqual({ "moved.ts": "old", "untouched.ts": "old", "gone.ts": "old" });
    expect(existsSync(join(output, "created"))).toBe(false);
  });

  test("leaves alone what was edited since", async () => {
    const output = makeFolder("apply/recover-edited", {
      "a.ts": "edited after the crash",
      "b.ts": "mine",
      ".mcpgen/stage/old/a.ts": "old",
      ...journal([
        { kind: "update", path: "a.ts", hash: hashOfNew },
        { kind: "create", path: "b.ts", hash: hashOfNew },
      ]),
    });
    await recoverOutput(output, owner);
    expect(readFolder(output)).toEqual({ "a.ts": "edited after the crash", "b.ts": "mine" });
  });

  test("believes no journal that leads out", async () => {
    const outside = makeFolder("apply/recover-outside", { "a.ts": "new" });
    const output = makeFolder(
      "apply/recover-unsafe",
      journal([{ kind: "create", path: "../recover-outside/a.ts", hash: hashOfNew }]),
    );
    await recoverOutput(output, owner);
    expect(readFileSync(join(outside, "a.ts"), "utf8")).toBe("new");
  });

  test("throws away a stage without a journal: nothing was moved yet", async () => {
    const output = makeFolder("apply/recover-stage", { "a.ts": "old", ".mcpgen/stage/new/a.ts": "new" });
    await applyChanges({ output, changes: [update("a.ts"), create("b.ts")], owner });
    expect(readFolder(output)).toEqual({ "a.ts": "new", "b.ts": "new" });
  });
});

/** Planned files against an output folder in memory: what has to change, and what may not. */
import { describe, expect, test } from "vitest";
import { manifestPath } from "../../src/model/files.js";
import { hashText } from "../../src/model/hash.js";
import { compareFiles } from "../../src/write/compare.js";
import { parseManifest } from "../../src/write/manifest.js";
import { hashTokens } from "../../src/write/tokens.js";
import { compare, file, generated, origin, scaffold } from "../support/compared.js";

describe("generated files", () => {
  const planned = [generated("generated/a.ts", "new\n")];

  test("absent: created", () => {
    expect(compare({ planned }).kinds).toEqual(["create generated/a.ts"]);
  });
  test("the same: untouched, whoever wrote it", () => {
    expect(compare({ planned, disk: { "generated/a.ts": file("new\n") } }).kinds).toEqual(["unchanged generated/a.ts"]);
  });
  test("the same but for line ends: untouched", () => {
    expect(compare({ planned, disk: { "generated/a.ts": file("new\r\n") } }).kinds).toEqual([
      "unchanged generated/a.ts",
    ]);
  });
  test("ours and as we wrote it: updated", () => {
    const { kinds } = compare({
      planned,
      disk: { "generated/a.ts": file("old\n") },
      written: { "generated/a.ts": "old\n" },
    });
    expect(kinds).toEqual(["update generated/a.ts"]);
  });
  test("ours, checked out with CRLF: updated", () => {
    const { changes } = compare({
      planned,
      disk: { "generated/a.ts": file("old\r\n") },
      written: { "generated/a.ts": "old\n" },
    });
    expect(changes).toMatchObject([{ kind: "update", text: "new\n", before: "old\r\n" }]);
  });
  test("deleted by hand: written again", () => {
    expect(compare({ planned, written: { "generated/a.ts": "new\n" } }).kinds).toEqual(["create generated/a.ts"]);
  });

  test.each([
    ["ours of before", "const b = {\n    a: 1\n}\n", 'const b = { "a": 1, };\n'],
    ["what is to be written", "import { a } from 'a'\n", "const b = 1;\n"],
  ])("a formatter ran over %s: updated", (_, onDisk, written) => {
    const now = [generated("generated/a.ts", 'import { a } from "a";\n')];
    const { changes, codes } = compare({
      planned: now,
      disk: { "generated/a.ts": file(onDisk) },
      written: { "generated/a.ts": written },
    });
    expect(codes).toEqual([]);
    expect(changes).toEqual([
      { kind: "update", path: "generated/a.ts", text: now[0]?.text, before: onDisk, owner: "generated" },
    ]);
  });
  test.each([
    ["marks of git", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n"],
    ["nothing, as a power failure leaves it,", ""],
  ])("with %s in it: rewritten", (_, onDisk) => {
    const { changes, codes } = compare({
      planned,
      disk: { "generated/a.ts": file(onDisk) },
      written: { "generated/a.ts": "old\n" },
    });
    expect({ changes, codes }).toEqual({ changes: [{ kind: "update", ...planned[0], before: onDisk }], codes: [] });
  });

  test("edited: refused, with the edit", () => {
    const disk = { "generated/a.ts": file("new\nmine\n") };
    const { changes, codes, diagnostics } = compare({ planned, disk, written: { "generated/a.ts": "old\n" } });
    expect(codes).toEqual(["MG601"]);
    expect(changes).toEqual([]);
    expect(diagnostics[0]?.notes[0]?.message).toBe(
      "- as mcpgen writes it, + as it is on disk\n@@ -1,1 +1,2 @@\n new\n+mine",
    );
  });
  test("edited and forced: overwritten, with a backup", () => {
    const disk = { "generated/a.ts": file("mine\n") };
    const { changes, codes } = compare({
      planned,
      disk,
      written: { "generated/a.ts": "old\n" },
      conflicts: "overwrite",
    });
    expect(codes).toEqual([]);
    expect(changes).toMatchObject([{ kind: "update", text: "new\n", before: "mine\n", backup: true }]);
  });
  test("not ours: refused; forced: overwritten, with a backup", () => {
    const disk = { "generated/a.ts": file("theirs\n") };
    expect(compare({ planned, disk }).codes).toEqual(["MG602"]);
    expect(compare({ planned, disk, conflicts: "overwrite" }).changes).toMatchObject([{ backup: true }]);
  });

  test.each([
    [{ kind: "folder" }, "MG602"],
    [{ kind: "obstacle", at: "generated" }, "MG602"],
    [{ kind: "link", at: "generated" }, "MG108"],
    [{ kind: "unreadable", reason: "EACCES: permission denied" }, "MG606"],
  ] as const)("%j in the way: %s, forced or not", (entry, code) => {
    expect(compare({ planned, disk: { "generated/a.ts": entry } }).codes).toEqual([code]);
    expect(compare({ planned, disk: { "generated/a.ts": entry }, conflicts: "overwrite" }).codes).toEqual([code]);
  });

  test("all conflicts are reported, and one is enough to change nothing", () => {
    const files = ["b", "a", "c"].map((name) => generated(`generated/${name}.ts`, "new\n"));
    const disk = { "generated/a.ts": file("x"), "generated/b.ts": file("y") };
    const { kinds, codes, manifest } = compare({ planned: files, disk });
    expect(codes).toEqual(["MG602", "MG602"]);
    expect(kinds).toEqual([]);
    expect(manifest).toBeUndefined();
  });

  test("a long diff is cut", () => {
    const lines = Array.from({ length: 200 }, (_, index) => `line ${String(index)}\n`).join("");
    const { diagnostics } = compare({ planned, disk: { "generated/a.ts": file(lines) } });
    expect(diagnostics[0]?.notes[0]?.message.split("\n")).toHaveLength(62);
    expect(diagnostics[0]?.notes[0]?.message).toMatch(/… \d+ more lines$/);
  });
});

describe("orphans", () => {
  const written = { "generated/old.ts": "old\n" };
  test("as we wrote them: deleted", () => {
    expect(compare({ planned: [], disk: { "generated/old.ts": file("old\r\n") }, written }).kinds).toEqual([
      "delete generated/old.ts",
    ]);
  });
  test("edited: refused; forced: deleted, with a backup", () => {
    const disk = { "generated/old.ts": file("mine\n") };
    expect(compare({ planned: [], disk, written }).codes).toEqual(["MG603"]);
    expect(compare({ planned: [], disk, written, conflicts: "overwrite" }).changes).toEqual([
      { kind: "delete", path: "generated/old.ts", before: "mine\n", backup: true },
    ]);
  });
  test.each([{ kind: "missing" }, { kind: "folder" }, { kind: "link", at: "generated/old.ts" }] as const)(
    "%j: nothing to do",
    (entry) => {
      expect(compare({ planned: [], disk: { "generated/old.ts": entry }, written })).toMatchObject({
        kinds: [],
        codes: [],
      });
    },
  );
});

describe("scaffold files", () => {
  const planned = [scaffold("test/a.test.ts", "ours\n")];
  test("never written: created", () => {
    expect(compare({ planned }).kinds).toEqual(["create test/a.test.ts"]);
  });
  test("there: the user's, whatever is in it", () => {
    expect(compare({ planned, disk: { "test/a.test.ts": file("mine") } }).kinds).toEqual(["unchanged test/a.test.ts"]);
    expect(compare({ planned, disk: { "test/a.test.ts": file("mine") }, conflicts: "overwrite" }).kinds).toEqual([
      "unchanged test/a.test.ts",
    ]);
  });
  test("deleted: written again, which is told apart from that of a new tool", () => {
    const both = [...planned, scaffold("test/b.test.ts", "ours\n")];
    const { changes, manifest } = compare({ planned: both, written: {}, scaffold: ["test/a.test.ts"] });
    expect(changes).toMatchObject([
      { kind: "create", path: "test/a.test.ts", again: true },
      { kind: "create", path: "test/b.test.ts" },
    ]);
    expect(changes[1]).not.toHaveProperty("again");
    expect(manifestOf(manifest)?.scaffold).toEqual(["test/a.test.ts", "test/b.test.ts"]);
  });
  test("emptied by the user: stays empty", () => {
    expect(compare({ planned, disk: { "test/a.test.ts": file("") }, scaffold: ["test/a.test.ts"] }).kinds).toEqual([
      "unchanged test/a.test.ts",
    ]);
  });
  test.each([{ kind: "link", at: "test/a.test.ts" }, { kind: "folder" }] as const)(
    "%j in its place: the user's",
    (entry) => {
      expect(compare({ planned, disk: { "test/a.test.ts": entry } })).toMatchObject({
        kinds: ["unchanged test/a.test.ts"],
        codes: [],
      });
    },
  );
  test("behind a link: refused", () => {
    expect(compare({ planned, disk: { "test/a.test.ts": { kind: "link", at: "test" } } }).codes).toEqual(["MG108"]);
  });
  describe("there, with a base", () => {
    const path = "Dockerfile";
    const both = (base: string, user: string) => ({ disk: { [path]: file(user) }, base: { [path]: base } });
    const now = [scaffold(path, "one\ntwo\nfour\n")];

    test("as mcpgen wrote it: brought up to date", () => {
      const { changes, bases } = compare({ planned: now, ...both("one\ntwo\n", "one\ntwo\n"), written: {} });
      expect(changes).toMatchObject([{ kind: "update", text: "one\ntwo\nfour\n", merge: "merged" }]);
      expect(bases).toEqual(["update Dockerfile"]);
    });
    test("edited: both edits", () => {
      const { changes, codes } = compare({ planned: now, ...both("one\ntwo\n", "zero\none\ntwo\n"), written: {} });
      expect(changes).toMatchObject([{ kind: "update", text: "zero\none\ntwo\nfour\n", merge: "merged" }]);
      expect(codes).toEqual([]);
    });
    test("edited in the same place: the user's lines, and both are told, once", () => {
      const old = both("one\nthree\nfour\n", "one\nmine\nfour\n");
      const { changes, codes, diagnostics, bases } = compare({ planned: now, ...old, written: {} });
      expect(changes).toEqual([{ kind: "unchanged", path, merge: "conflict" }]);
      expect(codes).toEqual(["MG613"]);
      expect(diagnostics[0]?.notes[0]?.message).toBe(
        "- as mcpgen writes it, + as it is on disk\n@@ line 2 @@\n-two\n+mine",
      );
      expect(bases).toEqual(["update Dockerfile"]);
      const again = compare({ planned: now, ...both("one\ntwo\nfour\n", "one\nmine\nfour\n"), written: {} });
      expect(again).toMatchObject({ kinds: [`unchanged ${path}`], codes: [], bases: [`unchanged ${path}`] });
    });
    test("emptied: stays empty", () => {
      const { changes, codes } = compare({ planned: now, ...both("one\n", ""), written: {} });
      expect({ kinds: changes.map(({ kind }) => kind), codes }).toEqual({ kinds: ["unchanged"], codes: [] });
    });
    test("with marks of git in it: left alone, and told", () => {
      const marked = "one\n<<<<<<< HEAD\nmine\n=======\nyours\n>>>>>>> other\n";
      const { changes, codes } = compare({ planned: now, ...both("one\n", marked), written: {} });
      expect(changes).toEqual([{ kind: "unchanged", path, merge: "conflict" }]);
      expect(codes).toEqual(["MG615"]);
    });
    test("of a tool that is gone: the base goes, the file stays", () => {
      const { kinds, bases } = compare({ planned: [], ...both("one\n", "one\n"), written: {} });
      expect({ kinds, bases }).toEqual({ kinds: [], bases: ["delete Dockerfile"] });
    });
  });

  describe("there, without a base", () => {
    const mine = { "test/a.test.ts": file("mine") };
    test("before mcpgen was: never merged", () => {
      expect(compare({ planned, disk: mine })).toMatchObject({ codes: [], bases: [] });
      const next = compare({
        planned,
        disk: mine,
        base: { "README.md": "r\n" },
        written: {},
        scaffold: ["test/a.test.ts"],
      });
      expect(next).toMatchObject({ codes: [], kinds: ["unchanged test/a.test.ts"], bases: ["delete README.md"] });
    });
    test("as mcpgen would write it: merged from now on", () => {
      expect(compare({ planned, disk: { "test/a.test.ts": file("ours\r\n") } }).bases).toEqual([
        "create test/a.test.ts",
      ]);
    });
    test("written by mcpgen, and all bases are gone: stays, is told, and is merged from now on", () => {
      const { kinds, codes, bases } = compare({ planned, disk: mine, written: {}, scaffold: ["test/a.test.ts"] });
      expect({ kinds, codes, bases }).toEqual({
        kinds: ["unchanged test/a.test.ts"],
        codes: ["MG614"],
        bases: ["create test/a.test.ts"],
      });
    });
  });

  test("of a tool that is gone: nobody's business but the user's", () => {
    const { kinds, manifest } = compare({
      planned,
      disk: { "test/a.test.ts": file("mine"), "test/z.test.ts": file("mine") },
      written: {},
      scaffold: ["test/a.test.ts", "test/z.test.ts"],
    });
    expect(kinds).toEqual(["unchanged test/a.test.ts"]);
    expect(manifestOf(manifest)?.scaffold).toEqual(["test/a.test.ts"]);
  });
});

describe("the manifest", () => {
  test("is last, sorted, and names everything", () => {
    const planned = [
      generated("generated/b.ts", "b\n"),
      generated("generated/a.ts", "a\n"),
      scaffold("README.md", "r\n"),
    ];
    const manifest = manifestOf(compare({ planned }).manifest);
    expect(manifest).toEqual({
      mcpgen: "1.0.0",
      config: "c",
      inputs: { "src/a.ts": "h" },
      files: { "generated/a.ts": hashText("a\n"), "generated/b.ts": hashText("b\n") },
      tokens: { "generated/a.ts": hashTokens("a\n"), "generated/b.ts": hashTokens("b\n") },
      scaffold: ["README.md"],
      dependencies: [],
      variables: [],
    });
    expect(Object.keys(manifest?.files ?? {})).toEqual(["generated/a.ts", "generated/b.ts"]);
  });
  test("is unchanged when nothing changed", () => {
    const planned = [generated("generated/a.ts", "a\n")];
    const { manifest } = compare({
      planned,
      disk: { "generated/a.ts": file("a\n") },
      written: { "generated/a.ts": "a\n" },
    });
    expect(manifest).toEqual({ kind: "unchanged", path: manifestPath });
  });

  const good = {
    mcpgen: "1",
    config: "c",
    inputs: {},
    files: {},
    tokens: {},
    scaffold: [],
    dependencies: [],
    variables: [],
  };
  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a missing part", JSON.stringify({ ...good, files: undefined })],
    ["a hash that is none", JSON.stringify({ ...good, files: { "generated/a.ts": 1 } })],
    ["a path that leads out", JSON.stringify({ ...good, files: { "../../etc/passwd": "x" } })],
    ["an absolute path", JSON.stringify({ ...good, files: { "/etc/passwd": "x" } })],
    ["a path of another system", JSON.stringify({ ...good, files: { "..\\x": "x", "C:/x": "x" } })],
  ])("%s cannot be used", (_, text) => {
    const { value, diagnostics } = parseManifest(text);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "MG607" }]);
  });
  test("from before .env.example was added to and tokens were kept names none", () => {
    expect(parseManifest(JSON.stringify({ ...good, variables: undefined, tokens: undefined })).value).toEqual(good);
  });
  test("says so when a merge left its marks", () => {
    expect(parseManifest("{\n<<<<<<< HEAD\n").diagnostics[0]?.message).toContain("merge conflict");
  });

  test("unusable: what differs is overwritten and kept, as what is no longer needed is", () => {
    const planned = [generated("generated/a.ts", "a\n"), generated("generated/b.ts", "b\n")];
    const [broken] = parseManifest("{").diagnostics;
    const strays = ["generated/runtime/c.ts"];
    const entries = new Map([
      [manifestPath, file("{")],
      ["generated/b.ts", file("mine\n")],
      ["generated/runtime/c.ts", file("ours\n")],
    ]);
    const snapshot = { entries, bases: new Map(), strays, isUnsettled: false, ...(broken && { broken }) };
    const { value, diagnostics } = compareFiles({ files: planned, snapshot, origin, conflicts: "refuse" });
    expect(diagnostics).toMatchObject([{ code: "MG607" }]);
    expect(value).toMatchObject([
      { kind: "create", path: "generated/a.ts" },
      { kind: "update", path: "generated/b.ts", backup: true },
      { kind: "delete", path: "generated/runtime/c.ts", backup: true },
      { kind: "update", path: manifestPath, backup: true },
    ]);
  });
});

function manifestOf(change: ReturnType<typeof compare>["manifest"]) {
  return change && "text" in change ? parseManifest(change.text).value : undefined;
}

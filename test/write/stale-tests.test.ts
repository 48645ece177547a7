/** The tests of a project are the user's: they are named where they call what is gone, and changed only as long as nobody has edited them. */
import { describe, expect, test } from "vitest";
import type { Entry } from "../../src/write/snapshot.js";
import { mergeScaffold } from "../../src/write/merge/scaffold.js";
import { tellStaleTests } from "../../src/write/stale-tests.js";

const surface = (...names: readonly string[]) => JSON.stringify({ tools: names.map((name) => ({ name })) });
const calls = (name: string) => `await client.callTool({ name: "${name}", arguments: {} });\n`;

/** What is said of tests, by path, when the second surface takes the place of the first. */
function tell(before: string, after: string, tests: Readonly<Record<string, string>>): readonly string[] {
  const texts = Object.entries({ "generated/surface.json": before, ...tests });
  const entries = new Map(texts.map(([path, text]): [string, Entry] => [path, { kind: "file", text }]));
  const planned = [{ path: "generated/surface.json", text: after, owner: "generated" as const }];
  const told = tellStaleTests(planned, { entries, bases: new Map(), strays: [], isUnsettled: false });
  return told.map(({ code, message }) => `${code} ${message}`);
}

describe("a tool that is gone", () => {
  test("is named with the tests that call it", () => {
    const tests = {
      "test/stays.test.ts": calls("stays"),
      "test/mine/all.test.ts": calls("a.go"),
      "test/a.go.test.ts": calls("a.go"),
    };
    expect(tell(surface("a.go", "stays"), surface("stays"), tests)).toEqual([
      "MG616 `test/a.go.test.ts` calls `a.go`, which is no longer a tool",
      "MG616 `test/mine/all.test.ts` calls `a.go`, which is no longer a tool",
    ]);
  });
  test("is named once: not by the next build", () => {
    expect(tell(surface("stays"), surface("stays"), { "test/goes.test.ts": calls("goes") })).toEqual([]);
  });
  test("is not named with tests that say its name of something else", () => {
    const text = `const goes = "goes";\n${calls("goes2")}`;
    expect(tell(surface("goes"), surface(), { "test/mine.test.ts": text })).toEqual([]);
  });
  test("is not known from a surface that is none", () => {
    expect(tell("{", surface(), { "test/goes.test.ts": calls("goes") })).toEqual([]);
  });
});

describe("the test of a tool", () => {
  const merge = (user: string) =>
    mergeScaffold({
      path: "test/a.test.ts",
      bases: ["old\n", "old\n"],
      user,
      planned: "new\n",
      known: { dependencies: [], variables: [] },
    });
  test("that nobody has edited follows the function", () => {
    expect(merge("old\n")).toEqual({ kind: "merged", text: "new\n", conflicts: [] });
  });
  test("that the user has edited stays, without a word", () => {
    expect(merge("mine\n")).toEqual({ kind: "merged", text: "mine\n", conflicts: [] });
  });
  test("with marks of git in it is told", () => {
    expect(merge("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n")).toEqual({ kind: "marked" });
  });
});

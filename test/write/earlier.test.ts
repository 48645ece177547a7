/** Texts of an earlier build are left where they stand only as long as nobody has touched them, and taken only as they were written. */
import { renameSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { isStanding, manifestPath, type Change, type OutputFile } from "../../src/model/files.js";
import { basePath, printBases } from "../../src/write/base.js";
import { describeTexts, openTexts } from "../../src/write/earlier.js";
import { textOrNothing } from "../../src/write/texts.js";
import { makeFolder, writeFiles } from "../support/folder.js";

const tool = "generated/tools/add.ts";
const suite = "test/add.test.ts";
const texts = { [tool]: "export {};\n", [suite]: "// a test\n" };
const files: readonly OutputFile[] = [
  { path: tool, text: texts[tool], owner: "generated", origin: { key: "k", imports: ["zod"] } },
  { path: suite, text: texts[suite], owner: "scaffold", origin: { key: "k", imports: [] } },
];

/** The manifest is written last, after the clock of the disk has gone on. */
async function build(name: string, changes: readonly Change[] = []) {
  const output = makeFolder(`earlier/${name}`, {
    ...texts,
    [basePath]: printBases(new Map([[suite, texts[suite]]])),
  });
  await sleep(60);
  writeFiles(output, { [manifestPath]: "{}" });
  const known = describeTexts({ output, files, changes });
  /** What a build finds of the two, in a word each. */
  const find = (isIntact = true): readonly string[] =>
    files.map(({ path, owner }) => {
      const found = openTexts({ output, known, isIntact }).take({ path, owner }, "k");
      return found === undefined ? "gone" : "standing" in found ? "stands" : "read";
    });
  return { output, known, find };
}

test("what is untouched is not read", async () => {
  const { output, known, find } = await build("untouched");
  expect(find()).toEqual(["stands", "stands"]);
  const texts = openTexts({ output, known, isIntact: true });
  expect(texts.take({ path: tool, owner: "generated" }, "another key")).toBeUndefined();
  expect(texts.read({ path: tool, owner: "generated" }, "k")?.text).toBe("export {};\n");
  const standing = files.map((file) => texts.take(file, "k"));
  const again = standing.flatMap((file) => (file && "standing" in file && isStanding(file) ? [file] : []));
  expect(describeTexts({ output, files: again, changes: [] })).toEqual(known);
});

test("the user's file that differs from ours is read each time", async () => {
  const kept: Change = { kind: "unchanged", path: suite, merge: "kept" };
  expect((await build("kept", [kept])).find()).toEqual(["stands", "read"]);
});

test("beside another manifest all is read", async () => {
  expect((await build("other")).find(false)).toEqual(["read", "read"]);
});

test.each<[string, (output: string) => void, readonly string[]]>([
  ["edited", (output) => writeFileSync(join(output, tool), "export const mine = 1;\n"), ["gone", "stands"]],
  ["saved again as it is", (output) => writeFileSync(join(output, tool), "export {};\n"), ["read", "stands"]],
  [
    "edited to the same length, with the time set back",
    (output) => {
      writeFileSync(join(output, tool), "export []\n\n");
      utimesSync(join(output, tool), new Date(0), new Date(0));
    },
    ["gone", "stands"],
  ],
  ["away", (output) => unlinkSync(join(output, tool)), ["gone", "stands"]],
  [
    "behind a link",
    (output) => {
      renameSync(join(output, "generated/tools"), join(output, "elsewhere"));
      symlinkSync(join(output, "elsewhere"), join(output, "generated/tools"));
    },
    ["read", "stands"],
  ],
  ["without its base", (output) => writeFileSync(join(output, basePath), "{}\n"), ["stands", "gone"]],
])("a file that is %s", async (name, change, expected) => {
  const { output, find } = await build(name);
  await sleep(30);
  change(output);
  expect(find()).toEqual(expected);
});

test("what was written in the same moment as the manifest is read once more", () => {
  const output = makeFolder("earlier/moment", { ...texts, [manifestPath]: "{}" });
  const known = describeTexts({ output, files, changes: [] });
  expect(openTexts({ output, known, isIntact: true }).take({ path: tool, owner: "generated" }, "k")).toMatchObject({
    text: "export {};\n",
  });
});

test("a long text is read again after a change that keeps its size and its time", async () => {
  const output = makeFolder("earlier/again", {});
  const path = join(output, "long.json");
  const write = (letter: string): void => {
    writeFileSync(path, letter.repeat(200_000));
    utimesSync(path, 1, 1);
  };
  for (const letter of "abc") {
    write(letter);
    await sleep(60);
    expect(textOrNothing(output, "long.json")?.[0]).toBe(letter);
  }
});

/** The bases of scaffold files, in the one file that git merges. */
import { expect, test } from "vitest";
import { compareBases, parseBases, printBases } from "../../src/write/base.js";

const texts = new Map([
  ["test/b.test.ts", "b\n"],
  ["README.md", "read\nme\n"],
]);
const printed = printBases(texts);

test("a line a line, sorted", () => {
  const [readme, tested] = ['    "read",\n    "me",\n    ""', '    "b",\n    ""'];
  expect(printed).toBe(`{\n  "README.md": [\n${readme}\n  ],\n  "test/b.test.ts": [\n${tested}\n  ]\n}\n`);
  expect(Object.fromEntries(parseBases(printed))).toEqual({
    "README.md": ["read\nme\n", "read\nme\n"],
    "test/b.test.ts": ["b\n", "b\n"],
  });
});

test("of two branches that met in it: what each knows, and it is written anew", () => {
  const [ours, theirs] = ['    "ours"\n  ],\n  "a.ts": [\n    "a"', '    "theirs"\n  ],\n  "b.ts": [\n    "b"'];
  const met = `{\n  "README.md": [\n    "r",\n<<<<<<< HEAD\n${ours}\n=======\n${theirs}\n>>>>>>> other\n  ]\n}\n`;
  const found = parseBases(met);
  expect(Object.fromEntries(found)).toEqual({
    "README.md": ["r\nours", "r\ntheirs"],
    "a.ts": ["a", "a"],
    "b.ts": ["b", "b"],
  });
  const next = new Map([...found].map(([path, [text]]) => [path, text]));
  expect(compareBases(next, found, met)).toMatchObject([{ kind: "update", text: printBases(next) }]);
});

test.each([
  ["laid out anew by a formatter: the same", JSON.stringify(JSON.parse(printed)), "unchanged"],
  ["cut off: written anew", printed.slice(0, 20), "update"],
])("%s", (_name, before, kind) => {
  expect(compareBases(texts, parseBases(before), before)).toMatchObject([{ kind }]);
});

test("nothing to merge: no file", () => {
  expect(compareBases(new Map(), new Map(), undefined)).toEqual([]);
  expect(compareBases(new Map(), parseBases(printed), printed)).toMatchObject([{ kind: "delete" }]);
});

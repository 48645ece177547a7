/** The bases of scaffold files, in the one file that git merges. */
import { expect, test } from "vitest";
import { compareBases, parseBases, printBases } from "../../src/write/base.js";

const bases = new Map([
  ["test/b.test.ts", "b\n"],
  ["README.md", "read\nme\n"],
]);
const text = printBases(bases);

test("a line a file, sorted", () => {
  expect(text).toBe('{\n  "README.md": "read\\nme\\n",\n  "test/b.test.ts": "b\\n"\n}\n');
  expect(parseBases(text)).toEqual(bases);
});

test("of two branches that met in it: what both know, and it is written anew", () => {
  const met = `{\n  "README.md": "r\\n",\n<<<<<<< HEAD\n  "a.ts": "a\\n"\n=======\n  "b.ts": "b\\n"\n>>>>>>> other\n}\n`;
  const found = parseBases(met);
  expect(Object.fromEntries(found)).toEqual({ "README.md": "r\n", "a.ts": "a\n", "b.ts": "b\n" });
  expect(compareBases(found, found, met)).toMatchObject([{ kind: "update", text: printBases(found) }]);
});

test.each([
  ["laid out anew by a formatter: the same", JSON.stringify(Object.fromEntries(bases), null, 4), "unchanged"],
  ["cut off: written anew", text.slice(0, 20), "update"],
])("%s", (_name, before, kind) => {
  expect(compareBases(bases, parseBases(before), before)).toMatchObject([{ kind }]);
});

test("nothing to merge: no file", () => {
  expect(compareBases(new Map(), new Map(), undefined)).toEqual([]);
  expect(compareBases(new Map(), bases, text)).toMatchObject([{ kind: "delete" }]);
});

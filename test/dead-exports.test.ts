/**
 * What is exported is used by another file. Names are compared as words, in code and templates alike, so that
 * `await import(...)`, generated text and type imports count; a name that two files declare can hide one of them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const checked = ["src", "templates/bench", "templates/runtime", "test", "bench"];
const readers = [...checked, "templates/frames", "templates/project", "bin"];

/** Called by the bundles in bin/, or by users of the package. */
const doors = /^src\/(?:index|cli\/main|create\/main)\.ts$/;
/** Application code that stands for a user's, whose exports are the tools; test files and the pages of policies quote such code. */
const samples =
  /^(?:bench\/sample|templates\/starters)\/|^src\/cli\/explain\/(?:from-page|function-pages|source-pages|worker-page)\.ts$|^src\/language\/policies\/(?!polic)|^(?:test\/projects\/(?:sources|loaded)|test\/support\/applications|bench\/applications)\.ts$|\.test\.ts$/;

test("every export is used elsewhere", () => {
  const texts = new Map(readers.flatMap(filesOf).map((path) => [path, readFileSync(join(root, path), "utf8")]));
  const files = [...texts.keys()].filter(
    (path) => /\.ts$/.test(path) && checked.some((folder) => path.startsWith(`${folder}/`)),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(
    files.filter((path) => !doors.test(path) && !samples.test(path)).flatMap((path) => deadExports(path, texts)),
  ).toEqual([]);
});

test("a dead export is found, a living one is not", () => {
  const texts = new Map([
    [
      "src/a.ts",
      "export function used() {}\nexport const unused = 1;\nexport interface Shape {}\nexport type Unused = Shape;",
    ],
    ["src/b.ts", `const { used } = await import("./a.js");\ntype A = import("./a.js").Shape;`],
  ]);
  expect(deadExports("src/a.ts", texts)).toEqual(["src/a.ts: unused"]);
});

/** Types are part of the signatures of what is exported beside them: only values are asked for. */
function deadExports(path: string, texts: ReadonlyMap<string, string>): readonly string[] {
  const names = [...(texts.get(path) ?? "").matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm)].map(
    ([, name = ""]) => name,
  );
  const readersOf = readersByWord(texts);
  return names
    .filter((name) => [...(readersOf.get(name) ?? [])].every((reader) => reader === path))
    .map((name) => `${path}: ${name}`);
}

const known = new WeakMap<ReadonlyMap<string, string>, ReadonlyMap<string, ReadonlySet<string>>>();

/** Each text is taken apart once, however many names are asked for. */
function readersByWord(texts: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = known.get(texts);
  if (found) return found;
  const readersOf = new Map<string, Set<string>>();
  for (const [path, text] of texts)
    for (const word of new Set(text.match(/\w+/g)))
      readersOf.set(word, (readersOf.get(word) ?? new Set<string>()).add(path));
  known.set(texts, readersOf);
  return readersOf;
}

function filesOf(folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

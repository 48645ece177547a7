/** What a generated project carries of the runtime: all that it imports, nothing else, and never more than it does today. */
import { join } from "node:path";
import { expect, test } from "vitest";
import type { OutputFile } from "../src/model/files.js";
import { carriedBy, idleFiles, type Carried } from "./support/fixtures/carried.js";
import { readCase } from "./support/fixtures/cases.js";
import { generateFiles } from "./support/fixtures/generate.js";
import { copyCase, emptySuite, openWorkspace, writeText } from "./support/fixtures/workspace.js";

const suite = emptySuite("carried");

/** At most: who makes one of them smaller writes it down here. */
const most = {
  add: { files: 56, lines: 5_474 },
  shop: { files: 97, lines: 8_152 },
} as const satisfies Record<string, Carried>;

function expectAtMost(files: readonly OutputFile[], most: Carried): void {
  const carried = carriedBy(files);
  expect(carried.files).toBeGreaterThan(0);
  expect(carried.files).toBeLessThanOrEqual(most.files);
  expect(carried.lines).toBeLessThanOrEqual(most.lines);
}

async function generateOf(name: string, source: string): Promise<readonly OutputFile[]> {
  const folder = join(suite, name);
  writeText(join(folder, "src/functions.ts"), source);
  const { files } = await generateFiles(openWorkspace(name, folder), {});
  expect(idleFiles(files)).toEqual([]);
  return files;
}

const add = "export function add(a: number, b: number): number {\n  return a + b;\n}\n";

test("a server of one pure function carries what serves it", async () => {
  const files = await generateOf("add", add);
  expectAtMost(files, most.add);
  const absent = /\/runtime\/(?:bench|context|client|container|contracts\/(?:cache|client|database|http))\b(?=\/|\.ts)/;
  expect(files.map(({ path }) => path).filter((path) => absent.test(path))).toEqual([]);
});

/** Of the files of the runtime, what only some servers need, and a function that brings it along. */
test.each([
  [
    "errors/classify.ts",
    "export async function load(url: string): Promise<string> {\n  return (await fetch(url)).text();\n}\n",
  ],
  [
    "errors/classify.ts",
    'import { readFileSync } from "node:fs";\nexport const load = (path: string): string => readFileSync(path, "utf8");\n',
  ],
  ["errors/classify.ts", "/** @retry 2 */\nexport const half = (n: number): number => n / 2;\n"],
  ["http/argument-headers.ts", "/** @header region Region */\nexport const at = (region: string): string => region;\n"],
  [
    "http/sessions.ts",
    'import type { Elicit } from "mcpgen";\nexport const ask = async (elicit: Elicit<{ name: string }>): Promise<string> => (await elicit("Who?")).action;\n',
  ],
])("%s comes with a function that needs it", async (file, source) => {
  const carries = (files: readonly OutputFile[]): boolean =>
    files.some(({ path }) => path === `generated/runtime/${file}`);
  expect(carries(await generateOf("without", add))).toBe(false);
  expect(carries(await generateOf("with", add + source))).toBe(true);
});

test("a shop carries what serves it", async () => {
  const { files } = await generateFiles(copyCase(readCase("shop"), suite), readCase("shop").settings);
  expectAtMost(files, most.shop);
});

test("a file that nothing imports is found", () => {
  const file = (path: string, text: string) => ({ path, text, owner: "generated" as const });
  const files = [
    file("generated/main.ts", 'const { main } = await import("./runtime/main.js");'),
    file("generated/runtime/main.ts", 'import type { A } from "./a.js";'),
    file("generated/runtime/a.ts", "export type A = 1;"),
    file("generated/runtime/b.ts", 'import type { A } from "./a.js";'),
  ];
  expect(idleFiles(files)).toEqual(["generated/runtime/b.ts"]);
});

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
  add: { files: 80, lines: 6_017 },
  shop: { files: 116, lines: 8_144 },
} as const satisfies Record<string, Carried>;

function expectAtMost(files: readonly OutputFile[], most: Carried): void {
  const carried = carriedBy(files);
  expect(carried.files).toBeGreaterThan(0);
  expect(carried.files).toBeLessThanOrEqual(most.files);
  expect(carried.lines).toBeLessThanOrEqual(most.lines);
}

test("a server of one pure function carries what serves it", async () => {
  const folder = join(suite, "add");
  writeText(join(folder, "src/add.ts"), "export function add(a: number, b: number): number {\n  return a + b;\n}\n");
  const { files } = await generateFiles(openWorkspace("add", folder), {});
  expectAtMost(files, most.add);
  expect(idleFiles(files)).toEqual([]);
  const absent = /\/runtime\/(?:bench|context|client|container|contracts\/(?:cache|client|database|http))\b(?=\/|\.ts)/;
  expect(files.map(({ path }) => path).filter((path) => absent.test(path))).toEqual([]);
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

/**
 * Every folder under fixtures/ is built and compared with what it expects. UPDATE_GOLDEN=1 records instead, but
 * only what type-checks and answers its calls. CI never sets it.
 */
import { describe, expect, test } from "vitest";
import type { TypeNode } from "../src/model/types.js";
import { hashTokens } from "../src/write/tokens.js";
import { idleFiles } from "./support/fixtures/carried.js";
import { readCase, readCases, type Case } from "./support/fixtures/cases.js";
import { generateFiles, toFiles, type Generated } from "./support/fixtures/generate.js";
import {
  compareCase,
  describeDifference,
  entryCases,
  entryFile,
  houseProblems,
  nameProblems,
  recordCase,
} from "./support/fixtures/golden.js";
import { verify } from "./support/fixtures/verify.js";
import { copyCase, emptySuite, materialize } from "./support/fixtures/workspace.js";
import { parseLibrariesOnce } from "./support/parsed-libraries.js";

parseLibrariesOnce();

const recording = process.env["UPDATE_GOLDEN"] === "1";
const suite = emptySuite("golden");
const cases = readCases();
const built = new Map<string, Generated>();
const surfacePath = "generated/surface.json";

describe("golden", { timeout: 30_000 }, () => {
  test.each(cases.map((found) => [found.name, found] as const))("%s", async (_, found) => {
    const workspace = copyCase(found, suite);
    const generated = await generateFiles(workspace, found.settings);
    const house = [...nameProblems(found, generated), ...(await houseProblems(generated.files, workspace.folder))];
    if (house.length === 0) built.set(found.name, generated);
    const problems = [...house, ...(recording ? [] : describeDifference(found, compareCase(found, generated)))];
    if (problems.length > 0) throw new Error(problems.join("\n"));
  });

  test("no project carries a file that nothing in it imports", () => {
    const idle = [...built].map(([name, { files }]) => [name, idleFiles(files)] as const);
    expect(idle.filter(([, paths]) => paths.length > 0)).toEqual([]);
  });

  test("what is known of a file's tokens is what they are", () => {
    const surfaces = [...built.values()].flatMap(({ files }) => files.filter(({ path }) => path === surfacePath));
    expect(surfaces.length).toBeGreaterThan(200);
    for (const { text, tokens } of surfaces) expect(hashTokens(text)).toBe(tokens);
  });

  test.skipIf(recording)("the entry has one of seven forms, and a golden of each", () => {
    const texts = [...built.values()].flatMap(({ files }) => files.filter(({ path }) => path === entryFile));
    const goldens = entryCases.map((name) => readCase(name).expected?.get(entryFile));
    expect(new Set(texts.map(({ text }) => text))).toEqual(new Set(goldens));
  });
});

/** The compiler keeps this list complete. */
const kinds: Readonly<Record<TypeNode["kind"], true>> = {
  array: true,
  boolean: true,
  codec: true,
  content: true,
  enum: true,
  literal: true,
  map: true,
  null: true,
  number: true,
  object: true,
  record: true,
  reference: true,
  set: true,
  string: true,
  template: true,
  tuple: true,
  union: true,
  unknown: true,
  void: true,
  wide: true,
};

test("every kind of type occurs in a case", () => {
  const found = new Set([...built.values()].flatMap((generated) => [...generated.kinds]));
  expect(Object.keys(kinds).filter((kind) => !found.has(kind))).toEqual([]);
});

describe.runIf(recording)("recording", () => {
  test("takes what type-checks and answers its calls", { timeout: 300_000 }, async () => {
    const records = emptySuite("records");
    const changed = cases.filter((found) => built.has(found.name) && compareCase(found, generatedOf(found)).length > 0);
    const candidates = changed
      .filter((found) => generatedOf(found).files.length > 0)
      .map((found) => ({
        workspace: materialize(found, toFiles(generatedOf(found).files), records),
        calls: found.calls,
        settings: found.settings,
      }));
    const problems = await verify(candidates, records);
    for (const found of changed.filter(({ name }) => !problems.has(name))) recordCase(found, generatedOf(found));
    const refused = [...problems].map(([name, texts]) => `refused ${name}:\n${texts.join("\n")}`);
    if (refused.length > 0) throw new Error(refused.join("\n\n"));
  });
});

function generatedOf({ name }: Case): Generated {
  const generated = built.get(name);
  if (!generated) throw new Error(`${name} was not built`);
  return generated;
}

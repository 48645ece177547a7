/** What the cases expect is TypeScript that compiles, under the strictest options of a user and under the laxest. */
import { expect, test } from "vitest";
import { readCases } from "./support/fixtures/cases.js";
import { compileProblems } from "./support/fixtures/compile.js";
import { withConstants } from "./support/fixtures/golden.js";
import { emptySuite, materialize, writeText } from "./support/fixtures/workspace.js";

const suite = emptySuite("compiles");
const workspaces = readCases().flatMap((found) =>
  found.expected ? [materialize(found, withConstants(found.expected), suite)] : [],
);

test.each(["strict", "lax"] as const)("every expected project compiles: %s", { timeout: 120_000 }, (variant) => {
  expect(workspaces.length).toBeGreaterThan(50);
  expect(Object.fromEntries(compileProblems(workspaces, variant))).toEqual({});
});

test("a wrong file is noticed", { timeout: 30_000 }, () => {
  const [workspace] = workspaces;
  if (!workspace) throw new Error("no case");
  const broken = { ...workspace, output: `${workspace.folder}/broken` };
  writeText(`${broken.output}/generated/server.ts`, "export const server: number = 'text';\n");
  expect([...compileProblems([broken], "strict")].flat().join()).toContain("TS2322");
});

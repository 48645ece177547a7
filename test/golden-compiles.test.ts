/** What the cases expect is TypeScript that compiles, under the strictest options of a user and under the laxest. */
import { expect, test } from "vitest";
import { readCases } from "./support/fixtures/cases.js";
import { compileProblems } from "./support/fixtures/compile.js";
import { withConstants } from "./support/fixtures/golden.js";
import { emptySuite, materialize, writeText } from "./support/fixtures/workspace.js";

const suite = emptySuite("compiles");
const projects = readCases().flatMap((found) =>
  found.expected
    ? [{ loose: found.settings.loose === true, workspace: materialize(found, withConstants(found.expected), suite) }]
    : [],
);

test.each([
  { variant: "strict", atLeast: 50 },
  { variant: "lax", atLeast: 50 },
  { variant: "loose", atLeast: 1 },
] as const)("every expected project compiles: $variant", { timeout: 120_000 }, ({ variant, atLeast }) => {
  const chosen = projects.filter(({ loose }) => loose === (variant === "loose")).map(({ workspace }) => workspace);
  expect(chosen.length).toBeGreaterThanOrEqual(atLeast);
  expect(Object.fromEntries(compileProblems(chosen, variant))).toEqual({});
});

test("a wrong file is noticed", { timeout: 30_000 }, () => {
  const [project] = projects;
  if (!project) throw new Error("no case");
  const broken = { ...project.workspace, output: `${project.workspace.folder}/broken` };
  writeText(`${broken.output}/generated/server.ts`, "export const server: number = 'text';\n");
  expect([...compileProblems([broken], "strict")].flat().join()).toContain("TS2322");
});

/** Each test file belongs to exactly one of the projects that `npm run test:quick` and its kin run. */
import { expect, test } from "vitest";
import { dearest, entryOf, testFiles, testProjects } from "./support/test-projects.js";

test("every file belongs to a project", () => {
  expect(testFiles().length).toBeGreaterThan(100);
  expect(testFiles().filter((file) => entryOf(file) === undefined)).toEqual([]);
});

test("no entry is left over, and none stands in two projects", () => {
  const entries = Object.values(testProjects).flat();
  expect(entries.filter((entry, index) => entries.indexOf(entry) !== index)).toEqual([]);
  const used = new Set(testFiles().map((file) => entryOf(file)?.[1]));
  expect(entries.filter((entry) => !used.has(entry))).toEqual([]);
});

test("what begins first is there, once, and is not quick", () => {
  expect(dearest.filter((file, index) => dearest.indexOf(file) !== index)).toEqual([]);
  expect(dearest.filter((file) => !testFiles().includes(file))).toEqual([]);
  expect(dearest.filter((file) => /^quick/.test(entryOf(file)?.[0] ?? ""))).toEqual([]);
});

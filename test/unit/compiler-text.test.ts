/** What TypeScript says names files by paths of this machine: diagnostics name them from the project root. */
import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { toText } from "../../src/discover/disk/spans.js";

test.each([
  ["Cannot find module 'a/b'.", "Cannot find module 'a/b'."],
  ["Module './x' was resolved to '/work/app/src/x.tsx'.", "Module './x' was resolved to 'src/x.tsx'."],
  ["'/work/lib/index.js' implicitly has an 'any' type.", "'../lib/index.js' implicitly has an 'any' type."],
  ["Type '/' is not assignable to type '\"/\"'.", "Type '/' is not assignable to type '\"/\"'."],
])("%s", (said, told) => {
  expect(toText("/work/app", said)).toBe(told);
});

test("what explains a message follows it in the same line", () => {
  const more = { messageText: "Because of '/work/app/b.ts'.", category: ts.DiagnosticCategory.Error, code: 2 };
  expect(
    toText("/work/app", { messageText: "No.", category: ts.DiagnosticCategory.Error, code: 1, next: [more] }),
  ).toBe("No. Because of 'b.ts'.");
});

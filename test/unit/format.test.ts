/** Diagnostics as people and programs read them. */
import { describe, expect, test } from "vitest";
import { diagnostic } from "../../src/diagnostics/diagnostic.js";
import { countDiagnostics, diagnosticToJson, formatDiagnostic } from "../../src/diagnostics/format.js";
import { closest } from "../../src/diagnostics/suggest.js";

const span = { file: "src/orders.ts", start: { line: 2, column: 22 }, end: { line: 2, column: 34 } };
const text = "/** Lists a customer's orders. */\nexport function list(db: Database, customerId: string) {\n";
const read = (file: string) => (file === "src/orders.ts" ? text : undefined);
const missing = diagnostic("MG201", "no provider for `Database`", {
  span,
  notes: [{ message: "needed by tool `list`" }, { message: "declared here", span: { ...span, file: "src/db.ts" } }],
  help: "export a function returning `Database`",
});

describe("formatDiagnostic", () => {
  test("has title, place, frame, notes, help", () => {
    expect(formatDiagnostic(missing, { colour: "never", read })).toBe(
      [
        "error MG201: no provider for `Database`",
        "  src/orders.ts:2:22",
        "    1 │ /** Lists a customer's orders. */",
        "    2 │ export function list(db: Database, customerId: string) {",
        "      │                      ~~~~~~~~~~~~",
        "  needed by tool `list`",
        "  declared here (src/db.ts:2:22)",
        "  help: export a function returning `Database`",
      ].join("\n"),
    );
  });

  test("coloured, it is the same text", () => {
    const coloured = formatDiagnostic(missing, { colour: "always", read });
    expect(coloured).toContain("\u001b[31merror MG201:\u001b[39m");
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(formatDiagnostic(missing, { colour: "never", read }));
  });

  test("does without a frame when the file cannot be read", () => {
    const lines = formatDiagnostic(missing, { colour: "never", read: () => undefined }).split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "error MG201: no provider for `Database`",
      "  src/orders.ts:2:22",
      "  needed by tool `list`",
    ]);
  });

  test("sets the lines of a diff in", () => {
    const edited = diagnostic("MG601", "`a.ts` was edited", {
      notes: [{ message: "the edit\n-a\n\n+b" }],
      help: "undo it",
    });
    expect(formatDiagnostic(edited, { colour: "never", read })).toBe(
      "error MG601: `a.ts` was edited\n  the edit\n    -a\n\n    +b\n  help: undo it",
    );
  });

  test("calls a warning a warning", () => {
    expect(formatDiagnostic(diagnostic("MG504", "x"), { colour: "never", read })).toMatch(
      /^warning MG504: x\n {2}help: /,
    );
  });
});

test("JSON carries severity and title of the catalog, and nothing undefined", () => {
  expect(diagnosticToJson(missing)).toEqual({
    code: "MG201",
    severity: "error",
    title: "no provider",
    message: "no provider for `Database`",
    span,
    notes: missing.notes,
    help: "export a function returning `Database`",
  });
  expect(Object.keys(diagnosticToJson(diagnostic("MG101", "x")))).toEqual([
    "code",
    "severity",
    "title",
    "message",
    "notes",
    "help",
  ]);
});

test.each([
  [[], ""],
  [["MG101"], "1 error"],
  [["MG101", "MG504", "MG102", "MG505"], "2 errors, 2 warnings"],
  [["MG504"], "1 warning"],
] as const)("%j is %s", (codes, expected) => {
  expect(countDiagnostics(codes.map((code) => diagnostic(code, "x")))).toBe(expected);
});

describe("closest", () => {
  const words = ["source", "expose", "exclude", "naming", "out", "title"];
  test.each([
    ["expsoe", "expose"],
    ["sorce", "source"],
    ["Exclude", "exclude"],
    ["nameing", "naming"],
    ["oout", "out"],
    ["tilte", "title"],
  ])("%s is %s", (word, expected) => {
    expect(closest(word, words)).toBe(expected);
  });
  test.each(["retries", "x", "", "colour", "toolbox"])("%s is nothing of it", (word) => {
    expect(closest(word, words)).toBeUndefined();
  });
});

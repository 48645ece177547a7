/** Source lines with a span underlined: what a terminal shows is what is measured. */
import { describe, expect, test } from "vitest";
import { renderFrame } from "../../src/diagnostics/frame.js";

/** The frame of the first place where `part` stands in `text`. */
function frameOf(text: string, part: string): readonly string[] {
  const offset = text.indexOf(part);
  const lines = text.slice(0, offset).split("\n");
  const start = { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
  const partLines = part.split("\n");
  const last = (partLines.at(-1) ?? "").length + 1;
  const end = {
    line: start.line + partLines.length - 1,
    column: partLines.length > 1 ? last : start.column + part.length,
  };
  return renderFrame(text, { file: "a.ts", start, end });
}

describe("renderFrame", () => {
  test("shows the line before, the line, and the underline", () => {
    const text = `${"\n".repeat(12)}/** Lists. */\nexport function list(db: Database) {}\n`;
    expect(frameOf(text, "db: Database")).toEqual([
      "    13 │ /** Lists. */",
      "    14 │ export function list(db: Database) {}",
      "       │                      ~~~~~~~~~~~~",
    ]);
  });

  test("leaves out an empty line before", () => {
    expect(frameOf("\nabc", "b")).toEqual(["    2 │ abc", "      │  ~"]);
  });

  test("keeps both numbers aligned where they gain a digit", () => {
    const [before, line] = frameOf(`${"\n".repeat(8)}x\nbad`, "bad");
    expect(before).toBe("     9 │ x");
    expect(line).toBe("    10 │ bad");
  });

  test.each([
    ["tabs", "\t\tbad", "        bad", "        ~~~"],
    ["tab stops", "ab\tbad", "ab  bad", "    ~~~"],
    ["wide characters before", "日本 bad", "日本 bad", "     ~~~"],
    ["wide characters marked", "x 日本 y", "x 日本 y", "  ~~~~"],
    ["an emoji of several code points", "👩‍👩‍👧 bad", "👩‍👩‍👧 bad", "   ~~~"],
    ["a combining accent", "e\u0301 bad", "e\u0301 bad", "  ~~~"],
    ["control characters", "\u001b[31m bad", "␛[31m bad", "      ~~~"],
    ["text direction", "a\u202e bad", "a\ufffd bad", "   ~~~"],
    ["line separators", "a\u2028 bad", "a\ufffd bad", "   ~~~"],
  ])("measures %s", (_, text, shown, underline) => {
    const part = text.includes("bad") ? "bad" : "日本";
    expect(frameOf(text, part)).toEqual([`    1 │ ${shown}`, `      │ ${underline}`]);
  });

  test("underlines at least one column: a place between two characters is a place", () => {
    const span = { file: "a.ts", start: { line: 1, column: 4 }, end: { line: 1, column: 4 } };
    expect(renderFrame("abc", span)).toEqual(["    1 │ abc", "      │    ~"]);
  });

  test("underlines a span of several lines to the end of its first", () => {
    expect(frameOf("type A = {\n  b: 1;\n};", "{\n  b: 1;\n}")).toEqual(["    1 │ type A = {", "      │          ~"]);
  });

  test.each([
    ["before", `${"a".repeat(300)} bad`],
    ["after", `bad ${"b".repeat(300)}`],
    ["around", `${"a".repeat(300)} bad ${"b".repeat(300)}`],
    ["both, a megabyte long", `${"a".repeat(500_000)} bad ${"b".repeat(500_000)}`],
  ])("cuts what is too long %s", (_, text) => {
    const [line = "", underline = ""] = frameOf(text, "bad");
    expect(line.length).toBeLessThanOrEqual(100);
    expect(line.slice(underline.indexOf("~"), underline.lastIndexOf("~") + 1)).toBe("bad");
    expect(line).toContain("…");
  });

  test("has no frame for a line that is gone", () => {
    expect(
      renderFrame("one line", { file: "a.ts", start: { line: 7, column: 1 }, end: { line: 7, column: 2 } }),
    ).toEqual([]);
  });

  test("reads CRLF as an editor does", () => {
    expect(frameOf("a\r\nbad\r\n", "bad")).toEqual(["    1 │ a", "    2 │ bad", "      │ ~~~"]);
  });
});

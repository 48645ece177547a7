/** What one cause brings about is told once, whatever its code. */
import { describe, expect, test } from "vitest";
import { diagnostic, type Diagnostic } from "../../src/diagnostics/diagnostic.js";
import { formatGathered } from "../../src/diagnostics/format.js";
import { gatherDiagnostics } from "../../src/diagnostics/gather.js";
import type { Span } from "../../src/model/span.js";

const at = (line: number, file = "src/a.ts"): Span => ({
  file,
  start: { line, column: 1 },
  end: { line, column: 4 },
});

const bare = (name: string, line: number) =>
  diagnostic("MG504", `\`${name}\` has no description`, { span: at(line), help: "write one" });

function told(diagnostics: readonly Diagnostic[], columns?: number): readonly string[] {
  const style = { colour: "never", read: () => undefined, ...(columns !== undefined && { columns }) } as const;
  return gatherDiagnostics(diagnostics).map((gathered) => formatGathered(gathered, style));
}

describe("gathered", () => {
  test("errors come first", () => {
    const [first, second] = gatherDiagnostics([bare("a", 1), diagnostic("MG201", "no provider for `Db`")]);
    expect([first?.first.code, second?.first.code]).toEqual(["MG201", "MG504"]);
  });

  test("one alone is told as ever", () => {
    expect(told([bare("a", 1)])).toEqual(["warning MG504: `a` has no description\n  src/a.ts:1:1\n  help: write one"]);
  });

  test("the same message at several places: the first three, and how many there are", () => {
    const found = [1, 2, 3, 4, 5].map((line) =>
      diagnostic("MG201", "no provider for `Db`", { span: at(line), help: "x" }),
    );
    expect(told(found)).toEqual([
      [
        "error MG201: no provider for `Db`, at 5 places",
        ...["  src/a.ts:1:1", "  src/a.ts:2:1", "  src/a.ts:3:1"],
        "  and 2 more (--verbose shows all)",
        "  help: x",
      ].join("\n"),
    ]);
  });

  test("warnings that differ in a name alone: the names", () => {
    expect(told([bare("a", 1), bare("b", 2)])).toEqual([
      "warning MG504: no description, 2 times\n  `a`, `b`\n  src/a.ts:1:1\n  src/a.ts:2:1\n  help: write one",
    ]);
  });

  test("errors that differ in a name are two mistakes, and so are warnings with another way out", () => {
    const missing = (name: string) => diagnostic("MG201", `no provider for \`${name}\``);
    expect(gatherDiagnostics([missing("A"), missing("B")])).toHaveLength(2);
    const slip = (tag: string, help: string) => diagnostic("MG401", `unknown tag \`@${tag}\``, { help });
    expect(gatherDiagnostics([slip("cahce", "write `@cache`"), slip("rety", "write `@retry`")])).toHaveLength(2);
  });

  test("a cause is worth more than what the messages say", () => {
    const shared = (text: string, line: number) =>
      diagnostic("MG440", `\`${text}\` is shared`, { span: at(line), cause: "notes" });
    expect(told([shared("notes.set", 1), shared("notes.delete", 2)])[0]).toContain(
      "`notes.set` is shared, at 2 places",
    );
  });

  test("names are laid out for the terminal", () => {
    const names = Array.from({ length: 20 }, (_, index) => bare(`listOrders${String(index)}`, index + 1));
    const widths = told(names, 60).flatMap((text) => text.split("\n").map((line) => line.length));
    expect(Math.max(...widths)).toBeLessThanOrEqual(60);
    expect(told(names)[0]).toContain("and 8 more");
  });
});

/** What a formatter does to code is no edit of it, and everything else is. */
import { describe, expect, test } from "vitest";
import * as prettier from "prettier";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { hashText } from "../../src/model/hash.js";
import { repository } from "../support/fixtures/cases.js";
import { hashTokens } from "../../src/write/tokens.js";

describe("the same", () => {
  test.each([
    ["spaces and lines", "const a=1", "const a\n  = 1"],
    ["quotes", `f('it\\'s "so"')`, String.raw`f("it's \"so\"")`],
    ["semicolons", "a();\nb();", "a()\nb()"],
    ["last commas", "f([1, 2], { a })", "f([1, 2,], { a, },)"],
    ["parentheses of one parameter", "(x) => x", "x => x"],
    ["quoted keys", '{ "a": 1, b: 2 }', "{ a: 1, b: 2 }"],
    ["first bars", "type A = | 1 | 2", "type A = 1 | 2"],
    ["comments moved in", "/**\n * One.\n */", "  /**\n   * One.\n   */"],
    ["line ends", "a\r\nb", "a\nb"],
  ])("%s", (_, a, b) => {
    expect(hashTokens(a)).toBe(hashTokens(b));
  });

  const folder = join(repository, "fixtures/scaffold-full/expected/generated");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(ts|json)$/.test(name));
  test.each(names)("%s in another style", async (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const style = { singleQuote: true, semi: false, tabWidth: 4, printWidth: 60, arrowParens: "avoid" } as const;
    const other = await prettier.format(text, { filepath: name, trailingComma: "none", ...style });
    expect(hashTokens(other)).toBe(hashTokens(text));
  });
});

describe("not the same", () => {
  test.each([
    ["a name", "const a = 1", "const b = 1"],
    ["spaces in a string", 'f("a b")', 'f("a  b")'],
    ["spaces in a template", "f(`a b`)", "f(`a  b`)"],
    ["a comment", "// one", "// two"],
    ["a string for a name", 'x ? "b" : c', "x ? b : c"],
    ["joined words", "return a", "returna"],
    ["parentheses of a call", "f((a, b))", "f(a, b)"],
  ])("%s", (_, a, b) => {
    expect(hashTokens(a)).not.toBe(hashTokens(b));
  });
});

/** One after another, as the builds of one process write them: what is known of a tool is taken over. */
test("a surface, whatever was read before it", () => {
  const surfaces = ["shop", "conformance"].flatMap((name) => {
    const text = readFileSync(join(repository, `fixtures/${name}/expected/generated/surface.json`), "utf8");
    const [first = ""] = /"name": "\w+"/.exec(text) ?? [];
    const edited = text.replace(first, '"name": "another"');
    return [text, edited, text.replace("\n    {", "\n\n    {"), text.replace(first, `${first} `)];
  });
  for (const text of [...surfaces, ...surfaces.toReversed()]) {
    const { tools, ...others } = JSON.parse(text) as { readonly tools: readonly object[] };
    const said = { tools: tools.map((tool) => hashText(JSON.stringify(tool))), ...others };
    expect(hashTokens(text)).toBe(hashText(JSON.stringify(said)).slice(0, 16));
  }
  expect(hashTokens(surfaces[0]?.replace("\n  ]", "\n  ") ?? "")).not.toBe(hashTokens(surfaces[0] ?? ""));
});

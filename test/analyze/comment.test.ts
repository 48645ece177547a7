/** JSDoc comments as text: prose, tags, links, inline constraints. No compiler is needed. */
import { describe, expect, it } from "vitest";
import { parseComment, type Comment } from "../../src/analyze/comments/comment.js";
import { splitInlineTags } from "../../src/analyze/comments/inline-tags.js";
import { flattenLinks } from "../../src/analyze/comments/links.js";

function read(comment: string): Comment {
  return parseComment(comment, 0, comment.length);
}

function tagsOf(comment: string): string[] {
  return read(comment).tags.map(({ name, text }) => `${name}: ${text}`);
}

describe("prose", () => {
  it.each([
    ["/** One line. */", "One line."],
    ["/**One line.*/", "One line."],
    ["/**\n * One.\n * Two.\n */", "One.\nTwo."],
    ["/**\n * Summary.\n *\n * Body.\n */", "Summary.\n\nBody."],
    ["/**\n *   - item\n *     more\n */", "- item\n  more"],
    ["/**\n * List:\n *   - item\n */", "List:\n  - item"],
    ["/**\n   Without asterisks.\n     Indented.\n*/", "Without asterisks.\n  Indented."],
    ["/**\n * **bold** and * star\n */", "**bold** and * star"],
    ["/** Mail me@example.com about @things. */", "Mail me@example.com about @things."],
    ["/**\n * ```ts\n * @decorator()\n * class A {}\n * ```\n */", "```ts\n@decorator()\nclass A {}\n```"],
    ["/** A\u2028B\u2029C */", "A\u2028B\u2029C"],
    ["/**\n * \u2028\n */", "\u2028"],
    ["/** Use `@minimum` here. */", "Use `@minimum` here."],
    ["/***/", ""],
    ["/** */", ""],
  ])("%j", (comment, expected) => {
    expect(read(comment).text).toBe(expected);
  });

  it("is read in linear time", () => {
    const text = "word @ {@link } ` * ".repeat(50_000);
    expect(read(`/** ${text}*/`).text).toHaveLength(text.trimEnd().length);
  });
});

describe("tags", () => {
  it.each([
    ["/** @internal */", ["internal: "]],
    ["/** Text. @internal */", ["internal: "]],
    ["/** How many. @minimum 1 @maximum 10 */", ["minimum: 1", "maximum: 10"]],
    ["/** @pattern ^@int [a-z] @int$ */", ["pattern: ^@int [a-z] @int$"]],
    ["/**\n * @param a One\n *   and more.\n * @returns b\n */", ["param: a One\nand more.", "returns: b"]],
    ["/**\n * @example\n * ```ts\n * @x\n * f();\n * ```\n * @tool\n */", ["example: ```ts\n@x\nf();\n```", "tool: "]],
    ["/**\n * @example ```\n * @x\n * ```\n */", ["example: ```\n@x\n```"]],
    ["/**\n * ``` never closed\n * @tool\n */", ["tool: "]],
    [`/** @cache 5m tags="user:{userId}" */`, [`cache: 5m tags="user:{userId}"`]],
    ["/**\n * @example\n *     indented\n *       more\n */", ["example: indented\n  more"]],
  ])("%j", (comment, expected) => {
    expect(tagsOf(comment)).toEqual(expected);
  });

  it("know their place, to the last character", () => {
    const file = "x\n/**\n * Text.\n * @default 5  \n * @example a\n *   b\n */";
    const places = parseComment(file, 2, file.length).tags.map(({ range }) => file.slice(...range));
    expect(places).toEqual(["@default 5", "@example a\n *   b"]);
  });
});

describe("links", () => {
  it.each([
    ["See {@link Order}.", "See Order."],
    ["See {@link Order the order}.", "See the order."],
    ["See {@link Order|the order}.", "See the order."],
    ["See {@link Order.total() | total}.", "See total."],
    ["See {@link https://a.example/x}.", "See https://a.example/x."],
    ["See {@link https://a.example/x the site}.", "See the site (https://a.example/x)."],
    ["See {@linkcode Order}.", "See `Order`."],
    ["See {@linkplain Order | orders}.", "See orders."],
    ["{@link\n Order}", "Order"],
    ["Not {@unknown x} or {link}.", "Not {@unknown x} or {link}."],
  ])("%j", (text, expected) => {
    expect(flattenLinks(text)).toBe(expected);
  });
});

describe("inline constraints", () => {
  it.each([
    ["How many. {@minimum 1} {@maximum 5}", "How many.", ["minimum 1", "maximum 5"]],
    ["{@int} How many.", "How many.", ["int "]],
    ["Code {@pattern ^[a-z]{2}\\d{3}$} of it.", "Code of it.", ["pattern ^[a-z]{2}\\d{3}$"]],
    ["{@pattern ^\\{x$}", "", ["pattern ^\\{x$"]],
    ["{@minimum 1", "{@minimum 1", []],
    ["{@link x} {@other 1}", "{@link x} {@other 1}", []],
  ])("%j", (text, rest, tags) => {
    const split = splitInlineTags(text);
    expect(split.text).toBe(rest);
    expect(split.tags.map((tag) => `${tag.name} ${tag.text}`)).toEqual(tags);
  });
});

it.each([
  "param a of two. {@minimum 0}",
  "returns the sum",
  "title Add",
  "pure",
  "pool max=2",
  "batch max=5 as=saveTrips",
  "worker",
  "stream page",
  "cache 5m",
])("`@%s` may stand behind a text", (tag) => {
  const text = `/** Saves one trip. @${tag} */`;
  const { tags, text: prose } = parseComment(text, 0, text.length);
  expect([prose, ...tags.map((each) => `${each.name} ${each.text}`.trim())]).toEqual(["Saves one trip.", tag]);
});

/** Which URIs fit a template, and what its variables are then. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTemplate } from "../../../templates/runtime/resources/uri-template.js";

describe("a URI template", () => {
  test.each([
    ["users://{id}", "users://7", { id: "7" }],
    ["users://{id}", "users://a%2Fb%20c", { id: "a/b c" }],
    ["users://{id}", "users://", undefined],
    ["users://{id}", "users://a/b", undefined],
    ["users://{id}", "users://%zz", undefined],
    ["users://{id}/posts/{post}", "users://7/posts/8", { id: "7", post: "8" }],
    ["files:///{+path}", "files:///a/b.txt", { path: "a/b.txt" }],
    ["search://all{?q,limit}", "search://all", {}],
    ["search://all{?q,limit}", "search://all?limit=3&q=a+b%26c&other=1", { q: "a b&c", limit: "3" }],
    ["search://{kind}{?q}", "search://books?q=x", { kind: "books", q: "x" }],
    ["a.b://x(1)/{id}", "a.b://x(1)/2", { id: "2" }],
    ["a.b://x/{id}", "aXb://x/2", undefined],
    ["fixed://one", "fixed://one", {}],
    ["fixed://one", "fixed://two", undefined],
    ["users://{id}", "users://__proto__", { id: "__proto__" }],
  ])("%s and %s", (template, uri, expected) => {
    expect(parseTemplate(template).read(uri)).toEqual(expected);
  });

  test("knows how much of it is fixed", () => {
    expect(parseTemplate("users://{id}").fixed).toBeLessThan(parseTemplate("users://{id}/posts").fixed);
  });

  test("gives back what was put into it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), fc.string({ unit: "grapheme" }), (id, q) => {
        const uri = `users://${encodeURIComponent(id)}?q=${encodeURIComponent(q)}`;
        expect(parseTemplate("users://{id}{?q}").read(uri)).toEqual({ id, q });
      }),
    );
  });
});

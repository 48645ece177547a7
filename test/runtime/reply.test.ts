/** What a reply is as text: the same JSON whichever way it is written. */
import { expect, test } from "vitest";
import { renderReply } from "../../templates/runtime/dispatch/reply.js";

const text = (of: string) => ({ type: "text", text: of });

test.each<[string, object]>([
  ["one text", { content: [text('a "b"\n\\ ø 😀')] }],
  ["an empty text", { content: [text("")] }],
  ["an error", { content: [text("no")], isError: true }],
  ["text beside its structure", { content: [text('{"a":1}')], structuredContent: { a: 1 } }],
  ["_meta of the result", { content: [text("a")], _meta: { b: 1 } }],
  ["_meta of the text", { content: [{ ...text("a"), _meta: { b: 1 } }] }],
  ["an annotated text", { content: [{ ...text("a"), annotations: { audience: ["user"] } }] }],
  ["two texts", { content: [text("a"), text("b")] }],
  ["no content", { content: [] }],
  ["an image", { content: [{ type: "image", data: "AA==", mimeType: "image/png" }] }],
  ["a text that is none", { content: [{ type: "text", text: 5 }] }],
  ["content that is no list", { content: "a" }],
  ["another result", { tools: [] }],
])("%s", (_, result) => {
  expect(JSON.parse(renderReply(7, { kind: "result", result }) ?? "")).toEqual({ jsonrpc: "2.0", id: 7, result });
});

test.each(["one text", "more"])(
  "half a character and a line separator are no text that every reader takes: %s",
  (what) => {
    const result = { content: [text("a\ud83d\u2028")], ...(what === "more" && { isError: false }) };
    const written = renderReply("x", { kind: "result", result }) ?? "";
    expect(written).toContain('"text":"a\ufffd\\u2028"');
    expect(written).not.toContain("\u2028");
  },
);

// What a model answers that was given tools, where it is not what the protocol has.
import { expect, test } from "vitest";
import { readToolsSample } from "../../../templates/runtime/client/model.js";

const request = {
  messages: "Coat?",
  maxTokens: 10,
  tools: [{ name: "weather", inputSchema: { type: "object" } }],
} as const;
const use = { type: "tool_use", id: "a", name: "weather", input: {} };

function read(content: unknown): unknown {
  return readToolsSample({ role: "assistant", model: "small", content }, request);
}

test("one content is a list of one, and texts of several are joined", () => {
  expect(read(use)).toMatchObject({ content: [use], toolUses: [use], text: "" });
  const texts = ["It ", "rains."].map((text) => ({ type: "text", text }));
  expect(read(texts)).toMatchObject({ content: texts, toolUses: [], text: "It rains." });
  expect(read([])).toMatchObject({ content: [], toolUses: [], text: "" });
});

test.each([
  [{ ...use, id: 1 }, "`id` of a tool use is not a string"],
  [{ ...use, name: "rain" }, "`name` of a tool use is none of the given tools"],
  [{ ...use, input: "Bern" }, "`input` of a tool use is not an object"],
  [[use, { type: "tool_result", toolUseId: "a", content: [] }], "`content` is neither text nor an image nor audio"],
  [undefined, "`content` is neither text nor an image nor audio"],
])("%j is not what was asked for", (content, problem) => {
  expect(() => read(content)).toThrow(`The client's answer is not what was asked for: ${problem}.`);
});

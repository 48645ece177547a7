/** Whether a text is a string or JSON: what a typed client reads it as. */
import { expect, test } from "vitest";
import type { TypeNode } from "../../src/model/types.js";
import { docComment } from "../../src/render/code/text.js";
import { textFormOf } from "../../src/render/client/text-form.js";

const string: TypeNode = { kind: "string" };
const number: TypeNode = { kind: "number" };
const union = (...members: readonly TypeNode[]): TypeNode => ({ kind: "union", members });
const list: TypeNode = union(number, { kind: "array", element: { kind: "reference", name: "List" } });

test.each([
  ["string", string],
  ["string", { kind: "codec", codec: "date" }],
  ["string", union(string, { kind: "void" })],
  ["string", { kind: "enum", values: ["a", "b"] }],
  ["json", number],
  ["json", union({ kind: "object", properties: [] }, { kind: "null" })],
  ["json", { kind: "wide", accepts: "object" }],
  ["json", { kind: "reference", name: "List" }],
  ["either", union(string, number)],
  ["either", union(string, { kind: "null" })],
  ["either", { kind: "enum", values: ["a", 1] }],
  ["either", { kind: "unknown" }],
  ["either", { kind: "wide", accepts: "value" }],
  ["either", { kind: "reference", name: "Named" }],
] as const satisfies readonly (readonly [string, TypeNode])[])("is %s for %j", (form, type) => {
  const definitions = { List: { type: list }, Named: { type: union(string, list) } };
  expect(textFormOf(type, definitions)).toBe(form);
});

test("a comment of documentation holds every line and ends where it ends", () => {
  expect(docComment("Finds it.", 2)).toBe("  /** Finds it. */\n");
  expect(docComment("Finds */ it.\r\n\nAgain.", 2)).toBe("  /**\n   * Finds *\\/ it.\n   *\n   * Again.\n   */\n");
  expect(docComment("", 2)).toBe("");
});

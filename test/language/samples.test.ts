/** What is made up for a call that a person is to fill in. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fits } from "../../src/language/fits.js";
import { sampleValue } from "../../src/language/samples.js";
import type { TypeNode } from "../../src/model/types.js";
import { randomObject } from "../types/random-types.js";

const text: TypeNode = { kind: "string" };
const tree: TypeNode = {
  kind: "object",
  properties: [
    { name: "name", type: text, optional: false },
    { name: "below", type: { kind: "array", element: { kind: "reference", name: "Tree" } }, optional: false },
  ],
};
const add: TypeNode = {
  kind: "object",
  properties: [{ name: "left", type: { kind: "reference", name: "Sum" }, optional: false }],
};
const named: Readonly<Record<string, TypeNode>> = {
  Tree: tree,
  Sum: { kind: "union", members: [add, { kind: "number" }] },
  Endless: {
    kind: "object",
    properties: [{ name: "next", type: { kind: "reference", name: "Endless" }, optional: false }],
  },
};
const sample = (type: TypeNode) => sampleValue(type, (name) => named[name]);

test("fits its type, whatever that is", () => {
  fc.assert(
    fc.property(randomObject, (type) => {
      const value = sample(type);
      expect(value).toSatisfy(() => value !== undefined && fits(value, type, (node) => node));
    }),
  );
});

describe("of types", () => {
  test.each<{ name: string; type: TypeNode; expected: unknown }>([
    { name: "recursive in a list", type: { kind: "reference", name: "Tree" }, expected: { name: "text", below: [] } },
    { name: "recursive in a union", type: { kind: "reference", name: "Sum" }, expected: 1 },
    { name: "without an end", type: { kind: "reference", name: "Endless" }, expected: undefined },
    {
      name: "a set of three",
      type: { kind: "set", element: text, constraints: { minItems: 3 } },
      expected: ["text", "text1", "text2"],
    },
    {
      name: "a record of all of its keys",
      type: { kind: "record", key: { kind: "enum", values: ["a", "b"] }, value: text },
      expected: { a: "text", b: "text" },
    },
    {
      name: "a property with an example",
      type: { kind: "object", properties: [{ name: "zip", type: text, optional: false, examples: ["0155"] }] },
      expected: { zip: "0155" },
    },
    {
      name: "a property that may be left out",
      type: { kind: "object", properties: [{ name: "zip", type: text, optional: true }] },
      expected: {},
    },
  ])("$name", ({ type, expected }) => {
    expect(sample(type)).toEqual(expected);
  });
});

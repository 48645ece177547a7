// Our layout of object types is prettier's: wherever all lines fit, formatting changes no byte.
import fc from "fast-check";
import { format } from "prettier";
import { expect, test } from "vitest";
import type { ObjectNode, TypeNode } from "../../src/model/types.js";
import { printWidth } from "../../src/render/code/layout.js";
import { layOutMembers } from "../../src/render/schemas/type-text.js";

const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,14}$/);
const scalar = fc.constantFrom<TypeNode>(
  { kind: "string" },
  { kind: "boolean" },
  { kind: "enum", values: ["EUR", "USD"] },
  { kind: "null" },
);

const { type } = fc.letrec<{ type: TypeNode; object: ObjectNode }>((tie) => ({
  object: fc
    .uniqueArray(fc.record({ name, optional: fc.boolean(), type: tie("type") }), {
      selector: (property) => property.name,
      minLength: 1,
      maxLength: 4,
    })
    .map((properties): ObjectNode => ({ kind: "object", properties })),
  type: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    tie("object"),
    tie("object").map((element): TypeNode => ({ kind: "array", element })),
    tie("object").map((element): TypeNode => ({ kind: "union", members: [element, { kind: "null" }] })),
  ),
}));

test("of nested objects, arrays of them and those that may be null", async () => {
  await fc.assert(
    fc.asyncProperty(fc.record({ name, type }), async (member) => {
      const holder: ObjectNode = { kind: "object", properties: [{ ...member, optional: false }] };
      const text = `interface Holder ${layOutMembers(holder, (reference) => reference, 0)}\n`;
      fc.pre(text.split("\n").every((line) => line.length <= printWidth));
      expect(text).toBe(await format(text, { parser: "typescript", printWidth }));
      const flat = text.replaceAll(/\n\s*/g, " ");
      expect(text).toBe(await format(flat.replace("Holder { ", "Holder {\n"), { parser: "typescript", printWidth }));
    }),
    { numRuns: 200 },
  );
});

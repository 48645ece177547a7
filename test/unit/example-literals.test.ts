/** Calls and answers as people write them above a function. */
import { expect, test } from "vitest";
import { parseAnswer, parseCall } from "../../src/plan/tools/example-literals.js";

const read = (text: string) => {
  const call = parseCall(text, "f");
  return call && { given: call.values, answer: parseAnswer(call.rest)?.value };
};
const five = [{ kind: "json", value: 5 }];

test.each([
  ["f(5)", undefined],
  ["f(5) // => 3", 3],
  ["await f(5); // → 'x'", "x"],
  ["const x = await f(5);\n// => [1, 2]", [1, 2]],
  ["f(5) → -1.5", -1.5],
  ["f(5) => null", null],
  ["f(5)\n// => {\n//   a: 1,\n//   b: [true],\n// }", { a: 1, b: [true] }],
  ['f(5) // => new Date("2026-01-31T09:30:00Z")', "2026-01-31T09:30:00.000Z"],
  ["f(5) // => { on: new Date('2026-01-31') }", { on: "2026-01-31T00:00:00.000Z" }],
  ["f(5) /* => 3 */", 3],
  ["f(5) // => 10n\nf(6) // => 11n", "10"],
])("%s", (text, answer) => {
  expect(read(text)).toEqual({ given: five, answer });
});

test.each([
  "f(5).a // => 3",
  "f(5) // => 3 miles",
  "f(5) // => x",
  "f(5) // => new Date('31 January')",
  "f(5) // 3",
  "f(5) // => undefined",
])("no answer: %s", (text) => {
  expect(read(text)).toEqual({ given: five, answer: undefined });
});

test("what travels in another form is read in arguments too", () => {
  expect(read('f(new Set(["a"]), new URL("https://a.example"))')?.given).toEqual([
    { kind: "json", value: ["a"] },
    { kind: "json", value: "https://a.example/" },
  ]);
  expect(read("f(new Thing(1))")).toBeUndefined();
});

// Two different sets of arguments never have the same name, whatever is in them.
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { scopeName, valueHash } from "../../../templates/runtime/cache/names.js";

/** What has been one key in other caches. */
const hostile = [
  ...["", "1", "null", "true", "{}", "[]", '"', "\\", "\\u0000", "\u0000", "1;b:2", "a,b", "é", "e\u0301", "\ud800"],
  ...["__proto__", "constructor", "toString", "length", "0", "-0", "\u2028", '{"a":1}', "😀", "�"],
];
const numbers = [0, -0, 1, -1, 1e21, 1e-7, 0.1, 0.30000000000000004, 2 ** 53, 5e-324, 1.7976931348623157e308];
const key = fc.oneof(fc.constantFrom(...hostile), fc.string({ maxLength: 3 }));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...hostile, ...numbers, null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const wire = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true });

/** Often two that are nearly the same: one member changed, left out or in another place. */
const pair = wire.chain((one) => {
  const names = Object.keys(one);
  const changed = fc.tuple(fc.constantFrom("", ...names), value).map(([name, member]) => ({ ...one, [name]: member }));
  const shorter = fc.constantFrom("", ...names).map((name) => {
    const { [name]: _, ...rest } = one;
    return rest;
  });
  const reversed = fc.constant(Object.fromEntries(Object.entries(one).reverse()));
  return fc.tuple(fc.constant(one), fc.oneof(wire, changed, shorter, reversed));
});

/** As they arrive: with what JSON leaves of them. */
const isSame = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(Object.entries(Object(one)).sort(byKey), Object.entries(Object(other)).sort(byKey));
const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

test("names are the same exactly when the arguments are", () => {
  fc.assert(
    fc.property(pair, ([one, other]) => {
      expect(valueHash(one) === valueHash(other)).toBe(isSame(one, other));
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  [{ a: 1 }, { a: "1" }],
  [{ a: 0 }, { a: -0 }],
  [{ a: "1;b:2" }, { a: "1", b: "2" }],
  [{ a: null }, {}],
  [{ a: [] }, { a: {} }],
  [{ a: [1, 2] }, { a: [[1], 2] }],
  [{ a: "\ud800" }, { a: "\ud801" }],
  [{ a: "\ud800" }, { a: "�" }],
  [JSON.parse('{"__proto__":1}'), {}],
  [{ a: 1e21 }, { a: "1e+21" }],
])("%j and %j are apart", (one, other) => expect(valueHash(one)).not.toBe(valueHash(other)));

test("no caller is everybody or nobody, whatever their name", () => {
  const names = ["public", "anonymous", "", "ada"].map((caller) => scopeName("private", caller));
  const all = [...names, scopeName("private", undefined), scopeName("public", "ada")];
  expect(new Set(all).size).toBe(all.length);
  expect(scopeName("public", "ada")).toBe(scopeName("public", undefined));
});

// Templates of keys and tags: readable, and never the same text for different arguments.
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../../templates/runtime/codecs/canonical.js";
import { fillTemplate } from "../../../templates/runtime/policies/template.js";
import type { JsonObject } from "../../../templates/runtime/call/tool-call.js";

test.each<[string, JsonObject, string]>([
  ["users", {}, "users"],
  ["user:{userId}", { userId: "42" }, 'user:"42"'],
  ["user:{userId}", { userId: 42 }, "user:42;"],
  ["user:{ userId }", { userId: null }, "user:null"],
  ["user:{userId}", {}, "user:-"],
  ["user:{userId}", { userId: "-" }, 'user:"-"'],
  ["{user.id}:{user.address.city}", { user: { id: true, address: { city: "Oslo" } } }, 'true:"Oslo"'],
  ["{user.id}", { user: "x" }, "-"],
  ["{user}", { user: { b: 1, a: [2] } }, '{"a":[2],"b":1}'],
  ["{toString}{a.length}", { a: [1] }, "-1;"],
  ["{constructor.name}", {}, "-"],
  ["{a}", { a: "{b}", b: "$1" }, '"{b}"'],
])("%s of %j", (template, wire, text) => expect(fillTemplate(template, wire)).toBe(text));

/** Few, so that some differ only in where one value ends and the next begins. */
const value = fc.option(
  fc.oneof(fc.constantFrom("", "1", "11", "1;", "-", '"', "null", 1, 11, 111, null, true), fc.jsonValue()),
  { nil: undefined },
);
/** What stands between the braces of a template is the same in both texts; it is there to confuse. */
const between = fc.constantFrom("", "", "1", ";", '"', "-", "null");
const values = fc.tuple(value, value, value);
/** Often the same values in another order, which is where texts without limits meet. */
const pair = values.chain((one) =>
  fc.tuple(fc.constant(one), fc.oneof(fc.shuffledSubarray(one, { minLength: 3 }), values)),
);

test("two different sets of arguments never give the same text", () => {
  const wireOf = (given: readonly unknown[]): JsonObject =>
    Object.fromEntries(given.flatMap((one, index) => (one === undefined ? [] : [["abc".charAt(index), one]])));
  fc.assert(
    fc.property(fc.tuple(between, between), pair, ([first, second], [one, other]) => {
      const template = `{a}${first}{b}${second}{c}`;
      const same = canonicalJson(wireOf(one)) === canonicalJson(wireOf(other));
      expect(fillTemplate(template, wireOf(one)) === fillTemplate(template, wireOf(other))).toBe(same);
    }),
    { numRuns: 5_000 },
  );
});

// Each codec in both directions, and what it refuses.
import fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import {
  arrayBufferCodec,
  bigintCodec,
  bufferCodec,
  dateCodec,
  distinct,
  endedTuple,
  mapCodec,
  pairsCodec,
  setCodec,
  uint8ArrayCodec,
  urlCodec,
} from "../../templates/runtime/codecs/index.js";

import { checkedBy } from "../../templates/runtime/codecs/checked-by.js";

const decodes = (codec: z.ZodType, wire: unknown): boolean => z.safeDecode(codec, wire).success;

test.each<[string, z.ZodType, unknown, unknown]>([
  ["bigint", bigintCodec, "-123456789012345678901234567890", -123456789012345678901234567890n],
  ["date", dateCodec, "2026-01-31T09:30:00.000Z", new Date("2026-01-31T09:30:00Z")],
  ["url", urlCodec, "https://example.com/a?b#c", new URL("https://example.com/a?b#c")],
  ["bytes", uint8ArrayCodec, "AP8=", new Uint8Array([0, 255])],
  ["buffer", bufferCodec, "AP8=", Buffer.from([0, 255])],
  ["array buffer", arrayBufferCodec, "AP8=", new Uint8Array([0, 255]).buffer],
  ["no bytes", uint8ArrayCodec, "", new Uint8Array()],
  [
    "map",
    mapCodec(z.string(), dateCodec),
    { "a b": "2026-01-31T09:30:00.000Z" },
    new Map([["a b", new Date("2026-01-31T09:30:00Z")]]),
  ],
  ["map by some keys", mapCodec(z.enum(["a", "b"]), z.number()), { b: 1 }, new Map([["b", 1]])],
  [
    "map by template",
    mapCodec(z.templateLiteral(["user-", z.number()]), z.number()),
    { "user-7": 1 },
    new Map([["user-7", 1]]),
  ],
  [
    "pairs",
    pairsCodec(dateCodec, bigintCodec),
    [["2026-01-31T09:30:00.000Z", "1"]],
    new Map([[new Date("2026-01-31T09:30:00Z"), 1n]]),
  ],
  ["set", setCodec(dateCodec), ["2026-01-31T09:30:00.000Z"], new Set([new Date("2026-01-31T09:30:00Z")])],
  ["set of sets", setCodec(setCodec(z.number())), [[1], [2]], new Set([new Set([1]), new Set([2])])],
  [
    "elements after a rest",
    endedTuple([z.string()], bigintCodec, [dateCodec]),
    ["a", "1", "2", "2026-01-31T09:30:00.000Z"],
    ["a", 1n, 2n, new Date("2026-01-31T09:30:00Z")],
  ],
  ["elements without a rest between them", endedTuple([], bigintCodec, [z.string()]), ["1"], ["1"]],
  ["distinct", distinct(z.array(dateCodec)), ["2026-01-31T09:30:00.000Z"], [new Date("2026-01-31T09:30:00Z")]],
])("%s there and back", (_what, codec, wire, value) => {
  expect(z.decode(codec, wire)).toEqual(value);
  expect(z.encode(codec, value)).toEqual(wire);
  // What arrives as JSON is what was meant.
  expect(JSON.parse(JSON.stringify(z.encode(codec, value)))).toEqual(wire);
});

test.each<[string, z.ZodType, unknown]>([
  ["a fraction as bigint", bigintCodec, 1.5],
  ["an integer that a double does not hold", bigintCodec, 2 ** 53],
  ["hexadecimal", bigintCodec, "0x10"],
  ["no digits", bigintCodec, ""],
  ["digits by the million", bigintCodec, "9".repeat(1_000_000)],
  ["a date without time", dateCodec, "2026-01-31"],
  ["a time without offset", dateCodec, "2026-01-31T09:30:00"],
  ["February 30", dateCodec, "2026-02-30T00:00:00Z"],
  ["milliseconds", dateCodec, 0],
  ["a relative URL", urlCodec, "/a"],
  ["base64 without padding", uint8ArrayCodec, "AP8"],
  ["base64url", uint8ArrayCodec, "_-8="],
  ["base64 with spaces", uint8ArrayCodec, "AP 8="],
  ["base64 with loose bits", uint8ArrayCodec, "AP9="],
  ["a repeated element", setCodec(z.number()), [1, 1]],
  [
    "objects that differ in the order of keys",
    distinct(z.array(z.unknown())),
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
  ],
  [
    "a repeated key",
    pairsCodec(z.number(), z.number()),
    [
      [1, 1],
      [1, 2],
    ],
  ],
  ["a key outside of the enum", mapCodec(z.enum(["a"]), z.number()), { b: 1 }],
  ["__proto__ as key", mapCodec(z.string(), z.number()), JSON.parse('{"__proto__":1}')],
  ["fewer elements than have to be there", endedTuple([z.string()], z.number(), [z.boolean()]), ["a"]],
  ["another type at the end", endedTuple([z.string()], z.number(), [z.boolean()]), ["a", 1, 2]],
  ["an object as tuple", endedTuple([], z.number(), [z.string()]), { 0: "a" }],
  ["an array as map", mapCodec(z.string(), z.number()), []],
  ["too few elements", setCodec(z.number(), { min: 2 }), [1]],
  ["too many elements", setCodec(z.number(), { max: 1 }), [1, 2]],
  ["NaN", z.number(), Number.NaN],
  ["infinity", z.number(), Number.POSITIVE_INFINITY],
])("refused: %s", (_what, codec, wire) => {
  expect(decodes(codec, wire)).toBe(false);
});

test.each<[string, z.ZodType, unknown]>([
  ["an invalid date", dateCodec, new Date(Number.NaN)],
  ["a date as text", dateCodec, "2026-01-31T09:30:00Z"],
  ["a map with __proto__", mapCodec(z.string(), z.number()), new Map([["__proto__", 1]])],
  ["an object instead of a map", mapCodec(z.string(), z.number()), { a: 1 }],
  ["infinity", z.array(z.number()), [Number.POSITIVE_INFINITY]],
  ["two sets that are one on the wire", setCodec(z.object({ a: z.number() })), new Set([{ a: 1 }, { a: 1 }])],
])("not encoded: %s", (_what, codec, value) => {
  expect(z.safeEncode(codec, value).success).toBe(false);
});

test("numbers that are safe integers are bigints too", () => {
  expect(z.decode(bigintCodec, 42)).toBe(42n);
});

test("a view of a part of a buffer encodes that part", () => {
  expect(z.encode(uint8ArrayCodec, new Uint8Array([1, 0, 255, 9]).subarray(1, 3))).toBe("AP8=");
});

describe("for all values", () => {
  const survives = (codec: z.ZodType) => (value: unknown) => {
    expect(z.decode(codec, z.encode(codec, value))).toEqual(value);
  };
  test("bytes", () => {
    const bytes = fc.uint8Array().map((items) => Uint8Array.from(items));
    fc.assert(fc.property(bytes, survives(uint8ArrayCodec)));
  });
  test("bigints", () => {
    fc.assert(fc.property(fc.bigInt(), survives(bigintCodec)));
  });
  test("dates of four-digit years", () => {
    const dates = fc.date({
      min: new Date("0000-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(fc.property(dates, survives(dateCodec)));
  });
  test("maps and sets", () => {
    const keys = fc.string().filter((key) => key !== "__proto__");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(keys, fc.bigInt())).map((pairs) => new Map(pairs)),
        survives(mapCodec(z.string(), bigintCodec)),
      ),
    );
    fc.assert(
      fc.property(
        fc.array(fc.string()).map((items) => new Set(items)),
        survives(setCodec(z.string())),
      ),
    );
  });
});

test("the types are those that functions are written with", () => {
  expectTypeOf<z.output<typeof dateCodec>>().toEqualTypeOf<Date>();
  expectTypeOf<z.output<typeof uint8ArrayCodec>>().toExtend<Uint8Array>();
  expectTypeOf(mapCodec(z.string(), dateCodec)).toExtend<z.ZodType<Map<string, Date>, Record<string, string>>>();
  expectTypeOf(pairsCodec(bigintCodec, setCodec(urlCodec))).toExtend<z.ZodType<Map<bigint, Set<URL>>>>();
  expectTypeOf(endedTuple([z.string()], dateCodec, [z.boolean()])).toExtend<
    z.ZodType<[string, ...Date[], boolean], [string, ...string[], boolean]>
  >();
  expectTypeOf(distinct(z.array(dateCodec))).toExtend<z.ZodType<Date[], string[]>>();
});

describe("a schema of the user's", () => {
  const own = z
    .object({ n: z.number().default(3), at: z.string().transform(Number) })
    .refine(({ at }) => at > 0, "below");
  const input = z.strictObject({ n: z.number().exactOptional(), at: z.string() }).transform(checkedBy(own));

  test("makes what the function gets", () => {
    expect(z.decode(input, { at: "7" })).toEqual({ n: 3, at: 7 });
    expectTypeOf<z.output<typeof input>>().toEqualTypeOf<{ n: number; at: number }>();
  });

  test("has the last word, in its own words", () => {
    expect(z.safeDecode(input, { at: "0" }).error?.issues).toMatchObject([
      { code: "custom", path: [], message: "below" },
    ]);
    const unknownKey: object = { at: "7", other: 1 };
    expect(input.safeParse(unknownKey).error?.issues).toMatchObject([{ code: "unrecognized_keys" }]);
  });

  test("may be of another version of zod", () => {
    const refusing = { safeParse: () => ({ success: false, error: { issues: [{ path: ["a", 0], message: "no" }] } }) };
    const checked = z.strictObject({ a: z.array(z.string()) }).transform(checkedBy(refusing));
    expect(z.safeDecode(checked, { a: [""] }).error?.issues).toMatchObject([{ path: ["a", 0], message: "no" }]);
  });
});

// What a client sends → what the function gets, or the text by which a model mends its call.
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { nearest } from "../../templates/runtime/arguments/problems.js";
import { createParser } from "../../templates/runtime/arguments/parse.js";
import {
  bigintCodec,
  dateCodec,
  distinct,
  mapCodec,
  pairsCodec,
  setCodec,
  urlCodec,
} from "../../templates/runtime/codecs/index.js";

const address = z.strictObject({
  street: z.string(),
  zip: z
    .string()
    .regex(/^\d{4}$/)
    .exactOptional(),
});
const shape = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("circle"), radius: z.number() }),
  z.strictObject({ kind: z.literal("square"), side: z.number(), label: z.string().exactOptional() }),
]);
interface Tree {
  value: number;
  children: Tree[];
}
const tree: z.ZodType<Tree> = z.strictObject({ value: z.number(), children: z.lazy(() => z.array(tree)) });

const input = z.strictObject({
  city: z.string().min(1).max(20),
  days: z.int().min(1).max(14).exactOptional(),
  unit: z.enum(["celsius", "fahrenheit"]).exactOptional(),
  verbose: z.boolean().exactOptional(),
  address: address.exactOptional(),
  stops: z.array(address).max(3).exactOptional(),
  shape: shape.exactOptional(),
  either: z.union([z.number(), z.string()]).exactOptional(),
  mixed: z.union([z.number(), address]).exactOptional(),
  note: z.string().nullable().exactOptional(),
  at: dateCodec.exactOptional(),
  link: urlCodec.exactOptional(),
  big: bigintCodec.exactOptional(),
  tags: setCodec(z.string()).exactOptional(),
  scores: mapCodec(z.string(), z.number()).exactOptional(),
  pairs: pairsCodec(z.number(), dateCodec).exactOptional(),
  unique: distinct(z.array(z.number())).exactOptional(),
  point: z.tuple([z.number(), z.number()]).exactOptional(),
  extra: z.unknown().exactOptional(),
  tree: tree.exactOptional(),
  prices: z.record(z.string(), z.number().multipleOf(0.5)).exactOptional(),
  apiToken: z.string().max(5).exactOptional(),
});

const { properties, ...rest } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });

/** As the generator prints it; zod has no words for what checks the wire only. */
const inputSchema = {
  ...rest,
  properties: {
    ...properties,
    link: { type: "string", format: "uri" },
    tags: { type: "array", items: { type: "string" }, uniqueItems: true },
    unique: { type: "array", items: { type: "number" }, uniqueItems: true },
    scores: { type: "object", additionalProperties: { type: "number" } },
  },
};

const parseArguments = createParser({ tool: "forecast", input, inputSchema });

function parse(given: unknown): unknown {
  const parsed = parseArguments(given);
  return parsed.kind === "valid" ? parsed.input : parsed.text.split("\n").slice(1);
}

describe("strict", () => {
  test.each([
    [{}, "- `city` is missing; expected a string of 1 to 20 characters"],
    [{ city: 5 }, "- `city`: expected a string of 1 to 20 characters, got 5"],
    [{ city: "" }, '- `city`: expected a string of 1 to 20 characters, got ""'],
    [{ city: "x".repeat(500) }, `- \`city\`: expected a string of 1 to 20 characters, got "${"x".repeat(80)}…"`],
    [{ city: "a", days: 15 }, "- `days`: expected an integer from 1 to 14, got 15"],
    [{ city: "a", days: 1.5 }, "- `days`: expected an integer from 1 to 14, got 1.5"],
    [{ city: "a", days: "three" }, '- `days`: expected an integer from 1 to 14, got "three"'],
    [{ city: "a", unit: "kelvin" }, '- `unit`: expected one of "celsius", "fahrenheit", got "kelvin"'],
    [{ city: "a", verbose: "yes" }, '- `verbose`: expected true or false, got "yes"'],
    [{ city: "a", citty: "b" }, "- `citty` is unknown; did you mean `city`?"],
    [{ city: "a", address: { street: "s", ziip: "1" } }, "- `address.ziip` is unknown; did you mean `zip`?"],
    [
      { city: "a", address: { street: "s", country: "1" } },
      "- `address.country` is unknown; known are `street`, `zip`",
    ],
    [
      { city: "a", address: { zip: "123" } },
      [
        "- `address.street` is missing; expected a string",
        '- `address.zip`: expected a string matching ^\\d{4}$, got "123"',
      ],
    ],
    [{ city: "a", stops: [{ street: "s" }, { street: 1 }] }, "- `stops[1].street`: expected a string, got 1"],
    [{ city: "a", stops: [1, 2, 3, 4] }, "- `stops`: expected an array of at most 3 items, got [1,2,3,4]"],
    [
      { city: "a", stops: [1, "x"] },
      [
        "- `stops[0]`: expected an object with `street`, `zip`, got 1",
        '- `stops[1]`: expected an object with `street`, `zip`, got "x"',
      ],
    ],
    [{ city: "a", shape: { kind: "triangle" } }, '- `shape.kind`: expected one of "circle", "square", got "triangle"'],
    [{ city: "a", shape: {} }, '- `shape.kind` is missing; expected one of "circle", "square"'],
    [
      { city: "a", shape: { kind: "circle", side: 1 } },
      ["- `shape.radius` is missing; expected a number", "- `shape.side` is unknown; known are `kind`, `radius`"],
    ],
    [{ city: "a", either: true }, "- `either`: expected a number or a string, got true"],
    [{ city: "a", mixed: { street: 1 } }, "- `mixed.street`: expected a string, got 1"],
    [{ city: "a", mixed: "x" }, '- `mixed`: expected a number or an object with `street`, `zip`, got "x"'],
    [
      { city: "a", at: "2026-02-30T00:00:00Z" },
      '- `at`: expected a date and time such as "2026-01-31T09:30:00Z", got "2026-02-30T00:00:00Z"',
    ],
    [{ city: "a", link: "no url" }, '- `link`: expected a URL such as "https://example.com/page", got "no url"'],
    [{ city: "a", tags: ["a", "a"] }, '- `tags`: expected items without repeats, got ["a","a"]'],
    [{ city: "a", scores: { x: "many" } }, '- `scores.x`: expected a number, got "many"'],
    [
      {
        city: "a",
        pairs: [
          [1, "2026-01-01T00:00:00Z"],
          [1, "2026-01-02T00:00:00Z"],
        ],
      },
      '- `pairs`: expected each key once, got [[1,"2026-01-01T00:00:00Z"],[1,"2026-01-02T00:00:00Z"]]',
    ],
    [{ city: "a", point: [1] }, "- `point`: expected an array of 2 items, got [1]"],
    [
      { city: "a", tree: { value: 1, children: [{ value: "x", children: [] }] } },
      '- `tree.children[0].value`: expected a number, got "x"',
    ],
    [{ city: "a", prices: { "a b": 0.3 } }, '- `prices["a b"]`: expected a number, a multiple of 0.5, got 0.3'],
    [{ city: "a", apiToken: "hunter2" }, "- `apiToken`: expected a string of at most 5 characters, got another string"],
    [{ city: null }, "- `city`: expected a string of 1 to 20 characters, got null"],
    [JSON.parse('{"city":-1e400}'), "- `city`: expected a string of 1 to 20 characters, got -Infinity"],
    [
      JSON.parse('{"city":"a","__proto__":{"x":1}}'),
      "- `__proto__` is unknown; known are `city`, `days`, `unit`, `verbose`, `address`, `stops`, `shape`, `either`, `mixed`, `note`, `at`, `link`, `big`, `tags`, `scores`, `pairs`, `unique`, `point`, `extra`, `tree` and 2 more",
    ],
    [
      JSON.parse('{"city":"a","scores":{"__proto__":1}}'),
      '- `scores`: expected no key named __proto__, got {"__proto__":1}',
    ],
    [
      JSON.parse('{"city":"a","prices":{"__proto__":1}}'),
      '- `prices`: expected no key named __proto__, got {"__proto__":1}',
    ],
    [
      [],
      "- the arguments: expected an object with `city`, `days`, `unit`, `verbose`, `address`, `stops`, `shape`, `either`, `mixed`, `note`, `at`, `link`, `big`, `tags`, `scores`, `pairs`, `unique`, `point`, `extra`, `tree` and 2 more, got []",
    ],
  ])("%j", (given, problems) => {
    expect(parse(given)).toEqual([problems].flat());
  });

  test("all problems at once, ten at most", () => {
    const given = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`unknown${String(index)}xyz`, 1]));
    const problems = parse({ city: "a", ...given }) as string[];
    expect(problems).toHaveLength(11);
    expect(problems.at(-1)).toBe("- and 5 more");
  });

  test("names and values cannot break out of their line", () => {
    const problems = parse({ city: "a\n- `x`", "evil`\nname": 1, days: "\u2028`" }) as string[];
    expect(problems).toEqual([
      '- `days`: expected an integer from 1 to 14, got "\u2028`"',
      expect.stringMatching(/^- `\["evil'\\nname"\]` is unknown; known are/),
    ]);
  });
});

describe("decoded", () => {
  test("values of TypeScript's types", () => {
    expect(
      parse({
        city: "a",
        at: "2026-01-31T09:30:00+01:00",
        big: "900719925474099300",
        link: "https://e.org",
        tags: ["a"],
        scores: { a: 1 },
      }),
    ).toEqual({
      city: "a",
      at: new Date("2026-01-31T08:30:00Z"),
      big: 900719925474099300n,
      link: new URL("https://e.org"),
      tags: new Set(["a"]),
      scores: new Map([["a", 1]]),
    });
  });

  test("code points, not UTF-16 units", () => {
    expect(parse({ city: "😀".repeat(20) })).toEqual({ city: "😀".repeat(20) });
    expect(parse({ city: "😀".repeat(21) })).toHaveLength(1);
  });
});

describe("lenient", () => {
  test.each([
    ["a number as text", { days: "3" }, { days: 3 }],
    ["true as text", { verbose: "true" }, { verbose: true }],
    ["an object as text", { address: '{"street":"s","zip":null}' }, { address: { street: "s" } }],
    ["an array as text", { stops: '[{"street":"s"}]' }, { stops: [{ street: "s" }] }],
    ["elements as text", { point: ["1", "2"] }, { point: [1, 2] }],
    ["a set as text", { tags: '["a"]' }, { tags: new Set(["a"]) }],
    ["a map's values as text", { scores: { a: "1" } }, { scores: new Map([["a", 1]]) }],
    ["a union's member as text", { shape: '{"kind":"square","side":"2"}' }, { shape: { kind: "square", side: 2 } }],
    ["a recursive value", { tree: '{"value":"1","children":"[]"}' }, { tree: { value: 1, children: [] } }],
    ["null for an optional argument", { days: null, at: null, tree: null }, {}],
    [
      "null for an optional property of one alternative",
      { shape: { kind: "square", side: 1, label: null } },
      { shape: { kind: "square", side: 1 } },
    ],
    ["null in elements", { stops: [{ street: "s", zip: null }] }, { stops: [{ street: "s" }] }],
  ])("%s", (_what, given, expected) => {
    expect(parse({ city: "a", ...given })).toEqual({ city: "a", ...expected });
  });

  test("all arguments as text", () => {
    expect(parse('{"city":"a","days":"2"}')).toEqual({ city: "a", days: 2 });
  });

  test.each([
    ["a string where strings are allowed", { either: "3" }],
    [
      "a string of JSON where strings are allowed",
      { city: "[1]", note: "null", days: "1" },
      { city: "[1]", note: "null", days: 1 },
    ],
    ["null where it is a value", { note: null, days: "1" }, { note: null, days: 1 }],
    ["anything where all is allowed", { extra: '{"a":null}', days: "1" }, { extra: '{"a":null}', days: 1 }],
    ["null inside of it", { extra: { a: null }, days: "1" }, { extra: { a: null }, days: 1 }],
  ])("left alone: %s", (_what, given, expected: Record<string, unknown> = given) => {
    expect(parse({ city: "a", ...given })).toEqual({ city: "a", ...expected });
  });

  test.each([
    ["parsed once only", { days: '"3"' }],
    ["of another type", { days: "[3]" }],
    ["words of other languages", { verbose: "True" }],
    ["not a number", { days: "3 days" }],
    ["null for a required property", { address: { street: null } }],
  ])("refused: %s", (_what, given) => {
    expect(parse({ city: "a", ...given })).toHaveLength(1);
  });
});

describe("did you mean", () => {
  test.each([
    ["citty", "city"],
    ["ctiy", "city"],
    ["City", "city"],
    ["user_id", "userId"],
    ["descripton", "description"],
    ["zzz", undefined],
    ["c", undefined],
    ["x".repeat(100_000), undefined],
  ])("%s → %s", (given, meant) => {
    expect(nearest(given, ["city", "userId", "description", "a"])).toBe(meant);
  });
});

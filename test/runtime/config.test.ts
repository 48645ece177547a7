// Configurations read from an environment: every kind of value back from its text, and what is said of wrong ones.
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { bigintCodec, dateCodec, distinct, urlCodec } from "../../templates/runtime/codecs/index.js";
import { defineConfig, optional, secret, variable } from "../../templates/runtime/config/define.js";
import type { Members } from "../../templates/runtime/config/define.js";
import { readConfig } from "../../templates/runtime/config/read.js";
import { asBoolean, asList, asNumber, asSet } from "../../templates/runtime/config/texts.js";

const read = (members: Members, environment: Record<string, string>) =>
  readConfig(defineConfig({ name: "C", source: "c.ts", members }), environment);
const readOne = (schema: z.ZodType, text?: string) => {
  const { value, problems } = read({ it: variable("IT", schema) }, text === undefined ? {} : { IT: text });
  return problems.length > 0 ? problems.join("\n") : (value as { it: unknown }).it;
};
const where = " (C.it in c.ts)";

test.each<[string, z.ZodType, string, unknown]>([
  ["a text stays as it is", z.string(), " a, b ", " a, b "],
  ["a number", asNumber(z.number()), " -1.5e3 ", -1500],
  ["yes", asBoolean(z.boolean()), "Yes", true],
  ["0", asBoolean(z.boolean()), "0", false],
  ["one of several", z.enum(["a", "b"]), "b", "b"],
  ["one of several numbers", asNumber(z.literal([1, 2])), "2", 2],
  ["a URL", urlCodec, "https://example.com/a", new URL("https://example.com/a")],
  ["a date", dateCodec, "2020-01-01T00:00:00Z", new Date("2020-01-01T00:00:00Z")],
  ["a bigint", bigintCodec, "9007199254740993", 9007199254740993n],
  ["a list", asList(z.array(z.string())), "a, b ,,c,", ["a", "b", "c"]],
  ["a list of items with commas", asList(z.array(z.string())), '["a, b", 1, true]', ["a, b", "1", "true"]],
  ["a text that looks like JSON", asList(z.array(z.string())), "[a, b", ["[a", "b"]],
  ["a set of bigints", asSet(z.array(bigintCodec)), "1,2,1", new Set([1n, 2n])],
  ["the default of what is empty", asNumber(z.number()).default(3), "", 3],
  ["a number before a text", z.union([asNumber(z.number()), z.string()]), "3", 3],
])("%s", (_what, schema, text, value) => expect(readOne(schema, text)).toEqual(value));

test.each<[z.ZodType, string | undefined, string]>([
  [z.string(), undefined, "IT is missing; expected a string"],
  [asNumber(z.int().min(1).max(9)), "ten", 'IT: expected an integer from 1 to 9, got "ten"'],
  [asNumber(z.number()).default(3), "0x10", 'IT: expected a number, got "0x10"'],
  [asNumber(z.number()), "Infinity", 'IT: expected a number, got "Infinity"'],
  [asBoolean(z.boolean()), "maybe", 'IT: expected true or false, got "maybe"'],
  [z.enum(["a", "b"]).nullable().default(null), "c", 'IT: expected one of "a", "b", got "c"'],
  [urlCodec, "example", 'IT: expected a URL such as "https://example.com/page", got "example"'],
  [
    urlCodec,
    "https://me:hunter2x@[bad",
    'IT: expected a URL such as "https://example.com/page", got "https://[redacted]@[bad"',
  ],
  [dateCodec, "today", 'IT: expected a date and time such as "2026-01-31T09:30:00Z", got "today"'],
  [bigintCodec, "1.5", 'IT: expected digits such as "42" or an integer, got "1.5"'],
  [asList(z.array(z.string()).min(2)), "a", 'IT: expected a list of at least 2 items separated by commas, got "a"'],
  [asList(z.array(asNumber(z.int()))), "1,x", 'IT: expected a list separated by commas, each an integer, got "1,x"'],
  [asSet(z.array(z.enum(["a"]))), "b", 'IT: expected a list separated by commas, each "a", got "b"'],
  [asList(distinct(z.array(z.string()))), "a,a", 'IT: expected items without repeats, got "a,a"'],
  [z.string().regex(/^x/), "y", 'IT: expected a string matching ^x, got "y"'],
  [z.string().min(3).optional(), "y", 'IT: expected a string of at least 3 characters, got "y"'],
])("what is wrong is named (%#)", (schema, text, problem) => expect(readOne(schema, text)).toBe(problem + where));

test("what is secret is not repeated, nor what has a telling name", () => {
  const members = { key: secret("KEY", z.string().min(20)), url: variable("TOKEN_URL", urlCodec) };
  const { problems } = read(members, { KEY: "hunter2", TOKEN_URL: "hunter3" });
  expect(problems).toEqual([
    "KEY: expected a string of at least 20 characters, got something else (C.key in c.ts)",
    expect.stringMatching(/^TOKEN_URL: expected .*, got something else \(C\.url in c\.ts\)$/) as string,
  ]);
});

test("groups: one that is optional is there once anything in it is set, and then whole", () => {
  const members = {
    db: { url: variable("DB_URL", z.string()), size: variable("DB_SIZE", asNumber(z.int()).default(5)) },
    s3: optional({ bucket: variable("S3_BUCKET", z.string()), region: variable("S3_REGION", z.string()) }),
    kind: optional(variable("KIND", z.string())),
  };
  const value = read(members, { DB_URL: "x", S3_BUCKET: "" }).value;
  expect(value).toEqual({ db: { url: "x", size: 5 } });
  expect(read(members, { S3_BUCKET: "b" }).problems).toEqual([
    "DB_URL is missing; expected a string (C.db.url in c.ts)",
    "S3_REGION is missing; expected a string (C.s3.region in c.ts)",
  ]);
});

test("it is frozen, to the last list", () => {
  const { value } = read({ a: { list: variable("LIST", asList(z.array(z.string()))) } }, { LIST: "x" });
  const { a } = value as { a: { list: string[] } };
  expect([value, a, a.list].map(Object.isFrozen)).toEqual([true, true, true]);
});

/** A schema, values of it, and how one is written. */
interface Kind {
  readonly schema: z.ZodType;
  readonly values: fc.Arbitrary<unknown>;
  readonly write: (value: never) => string;
}

const word = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes("\0"));
const kinds: readonly Kind[] = [
  { schema: z.string(), values: word, write: (value) => value },
  { schema: asNumber(z.number()), values: fc.double({ noNaN: true, noDefaultInfinity: true }), write: spellNumber },
  { schema: asNumber(z.int()), values: fc.maxSafeInteger(), write: String },
  { schema: asBoolean(z.boolean()), values: fc.boolean(), write: (value: boolean) => (value ? "yes" : "no") },
  { schema: z.enum(["a", "b b"]), values: fc.constantFrom("a", "b b"), write: (value) => value },
  { schema: bigintCodec, values: fc.bigInt(), write: String },
  {
    schema: dateCodec,
    values: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("9999-01-01") }),
    write: (value: Date) => value.toISOString(),
  },
  { schema: urlCodec, values: fc.webUrl().map((url) => new URL(url)), write: (value: URL) => value.href },
  { schema: asList(z.array(z.string())), values: fc.array(word, { minLength: 1 }), write: JSON.stringify },
  {
    schema: asList(z.array(asNumber(z.int()))),
    values: fc.array(fc.integer(), { minLength: 1 }),
    write: (value: number[]) => value.join(" , "),
  },
  {
    schema: asSet(z.array(asNumber(z.int()))),
    values: fc.array(fc.integer(), { minLength: 1 }).map((items) => new Set(items)),
    write: (value: Set<number>) => [...value].join(),
  },
];

function spellNumber(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

interface Leaf {
  readonly kind: Kind;
  readonly value: unknown;
  readonly presence: "required" | "set" | "unset";
}

type Group = readonly (Leaf | Group)[];

const leaf: fc.Arbitrary<Leaf> = fc
  .record({ kind: fc.constantFrom(...kinds), presence: fc.constantFrom("required", "set", "unset") })
  .chain(({ kind, presence }) => kind.values.map((value) => ({ kind, value, presence })));

const groups = (depth: number): fc.Arbitrary<Group> => {
  const part =
    depth === 0 ? leaf : fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: groups(depth - 1) });
  return fc.array(part, { minLength: 1, maxLength: 4 });
};

interface Written {
  readonly members: Members;
  readonly environment: Record<string, string>;
  readonly value: object;
}

/** Each variable has a name of its own: where it stands. */
function write(group: Group, prefix = ""): Written {
  const members: Record<string, Members[string]> = {};
  const environment: Record<string, string> = {};
  const value: Record<string, unknown> = {};
  group.forEach((part, index) => {
    const name = `m${String(index)}`;
    const path = `${prefix}${name}`;
    if (!("kind" in part)) {
      const inner = write(part, `${path}_`);
      members[name] = inner.members;
      value[name] = inner.value;
      Object.assign(environment, inner.environment);
      return;
    }
    const read = variable(path, part.kind.schema);
    members[name] = part.presence === "required" ? read : optional(read);
    if (part.presence === "unset") return;
    environment[path] = part.kind.write(part.value as never);
    value[name] = part.value;
  });
  return { members, environment, value };
}

test("whatever the shape: what is written into the environment is what is read", () => {
  fc.assert(
    fc.property(groups(2), (group) => {
      const { members, environment, value } = write(group);
      const found = read(members, environment);
      expect(found.problems).toEqual([]);
      expect(found.value).toEqual(value);
    }),
    { numRuns: 300 },
  );
});

// The rows against what is made of them: each constraint says the same to clients, to the server and of defaults, each
// codec comes back as it went, each tag has a fixture, a place in the documents and a file that reads it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { codecRow, codecs, type CodecKind } from "../../src/language/codecs.js";
import { anyNumber, count, flag, positive } from "../../src/language/constraint-row.js";
import { constraints, type Constraint } from "../../src/language/constraints.js";
import { readField } from "../../src/language/form-fields.js";
import { formatName, formats } from "../../src/language/formats.js";
import { regularExpression } from "../../src/language/patterns.js";
import { tagRow, tagsThat } from "../../src/language/tags.js";
import type { JsonValue } from "../../src/model/json.js";
import type { TypeNode } from "../../src/model/types.js";
import { describeType } from "../../src/render/scaffold/variable-words.js";
import { rootSchema } from "../../src/render/schemas/json-schema.js";
import { typeToZod } from "../../src/render/schemas/zod-schema.js";
import { describeExpected } from "../../templates/runtime/arguments/expected.js";
import * as runtimeCodecs from "../../templates/runtime/codecs/index.js";

const ajv = new Ajv2020({ strict: true, strictTypes: false });
addFormats["default"](ajv);
const repository = join(import.meta.dirname, "../..");
const readme = readFileSync(join(repository, "README.md"), "utf8");

/** The expression of a generated file, evaluated. */
function zodOf(type: TypeNode): z.ZodType {
  const none = (): never => {
    throw new Error("only what the library and the runtime have");
  };
  const code = typeToZod(type, {
    direction: "input",
    z: "z",
    codec: (name) => `codecs.${name}`,
    own: none,
    reference: none,
  });
  return new Function("z", "codecs", `return ${code.flat};`)(z, runtimeCodecs) as z.ZodType;
}

/** In the argument `a`. */
function schemaOf(type: TypeNode): Record<string, unknown> {
  const object: TypeNode = { kind: "object", properties: [{ name: "a", type, optional: false }] };
  return (rootSchema(object, "input", {})["properties"] as Record<string, Record<string, unknown>>)["a"] ?? {};
}

function typeOf(on: Constraint["on"], held?: Readonly<Record<string, unknown>>): TypeNode {
  const said = held && { constraints: held };
  return on === "array" ? { kind: "array", element: { kind: "unknown" }, ...said } : { kind: on, ...said };
}

/** Texts behind a tag, by how they are read: a grammar without any is a constraint that is held to nothing. */
function textsOf({ row }: Constraint): fc.Arbitrary<string> {
  const { grammar }: { readonly grammar: unknown } = row;
  const small = (min: number, max: number) => fc.integer({ min, max }).map(String);
  if (grammar === anyNumber) return fc.oneof(small(-4, 4), fc.constantFrom("0.5", "-1.5"));
  if (grammar === positive) return fc.oneof(small(1, 4), fc.constantFrom("0.5", "0.25"));
  if (grammar === count) return small(0, 4);
  if (grammar === flag) return fc.constantFrom("", "true");
  if (grammar === regularExpression) return fc.constantFrom("^[a-c]*$", "/b$/i", "^.{2}$", "\\p{L}", "[/]");
  if (grammar === formatName)
    return fc.constantFrom(...Object.keys(formats).filter((name) => formats[name]?.isTold === true));
  throw new Error(`no texts are drawn for @${row.tag}`);
}

const given: Readonly<Record<Constraint["on"], fc.Arbitrary<JsonValue>>> = {
  number: fc.oneof(
    fc.integer({ min: -6, max: 6 }),
    fc.integer({ min: -24, max: 24 }).map((n) => n / 4),
  ),
  string: fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "b", "B", "/", "é", "😀"), maxLength: 6 }),
    fc.constantFrom(...Object.values(formats).map(({ sample }) => sample)),
  ),
  array: fc.array(fc.constantFrom<JsonValue>(1, "1", null, { x: 1, y: 2 }, { y: 2, x: 1 }, [0]), { maxLength: 5 }),
};

describe.each(constraints.map((each) => [`@${each.row.tag}`, each] as const))("%s", (_, constraint) => {
  const { key, on, row } = constraint;

  test("is one thing to zod, to JSON Schema and for defaults", () => {
    let refused = 0;
    fc.assert(
      fc.property(textsOf(constraint), given[on], (text, json) => {
        const value = row.grammar.read(text);
        if (value === undefined) throw new Error(`@${row.tag} does not read ${text}`);
        const type = typeOf(on, { [key]: value });
        const accepted = z.safeDecode(zodOf(type), json).success;
        if (!accepted) refused += 1;
        expect(ajv.validate(schemaOf(type), json), `${text}, ${JSON.stringify(json)}, zod: ${accepted}`).toBe(accepted);
        // What the formats let through is known to zod alone.
        if (accepted || key !== "format")
          expect(row.allows(json, value), `${text}, ${JSON.stringify(json)}`).toBe(accepted);
      }),
      { seed: 20_261_127, numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(10);
  });

  test("is kept by a form, or refused there", () => {
    fc.assert(
      fc.property(textsOf(constraint), (text) => {
        const value = row.grammar.read(text);
        const plain = typeOf(on, { [key]: value });
        const choice: TypeNode = { kind: "enum", values: ["a", "b"] };
        const type = plain.kind === "array" ? { ...plain, element: choice } : plain;
        const field = readField({ type });
        const told = row.schema(value ?? true);
        if (field.kind === "field") expect(field.schema).toMatchObject({ [row.keyword]: told });
        else expect(field.reason).toContain("which forms do not support");
      }),
      { numRuns: 20 },
    );
  });

  test("has words, in refusals and in .env.example", () => {
    fc.assert(
      fc.property(textsOf(constraint), (text) => {
        const type = typeOf(on, { [key]: row.grammar.read(text) });
        const plain = typeOf(on);
        if (text !== "0") expect(describeExpected([schemaOf(type)])).not.toBe(describeExpected([schemaOf(plain)]));
        const variable = (node: TypeNode): TypeNode =>
          node.kind === "array" ? { ...node, element: { kind: "string" } } : node;
        expect(describeType(variable(type))).not.toBe(describeType(variable(plain)));
      }),
      { numRuns: 20 },
    );
  });
});

test("no two constraints on the same types have one keyword, of which a schema would keep the second alone", () => {
  const keywords = constraints.map(({ on, row }) => `${on} ${row.keyword}`);
  expect(keywords).toEqual([...new Set(keywords)]);
});

/** Node 20 makes a plain object of what it cannot copy, Node 26 refuses to. */
function survivesCopying(value: unknown, zod: z.ZodType): boolean {
  let copy: unknown;
  try {
    copy = structuredClone(value);
  } catch {
    return false;
  }
  const isSame = Object.getPrototypeOf(copy) === Object.getPrototypeOf(value);
  return isSame && z.safeEncode(zod, copy).success;
}

describe.each((Object.keys(codecs) as CodecKind[]).map((codec) => [codecRow(codec).name, codec] as const))(
  "%s",
  (_, codec) => {
    const row = codecRow(codec);
    const zod = zodOf({ kind: "codec", codec });
    const value: unknown = z.decode(zod, row.sample);

    test("comes back from the wire as it went", () => {
      const wire: unknown = JSON.parse(JSON.stringify(z.encode(zod, value)));
      expect(z.decode(zod, wire)).toEqual(value);
      expect(row.wire).toContain(typeof wire);
      expect(ajv.validate(schemaOf({ kind: "codec", codec }), wire)).toBe(true);
    });

    test("is made by the code of its row", () => {
      const { code, sample } = row;
      const text =
        "literal" in code
          ? code.literal(sample)
          : `${code.call}(${code
              .arguments(sample)
              .map((each) => JSON.stringify(each))
              .join()})`;
      const made = new Function(`return ${text};`)() as unknown;
      expect(z.encode(zod, codec === "uint8array" ? new Uint8Array(made as Uint8Array) : made)).toEqual(
        z.encode(zod, value),
      );
    });

    test("has words of its own in refusals", () => {
      const schema = schemaOf({ kind: "codec", codec });
      expect(describeExpected([schema])).not.toBe(describeExpected(row.wire.map((type) => ({ type }))));
    });

    test("says whether it survives the way into a thread", () => {
      expect(survivesCopying(value, zod)).toBe(row.lost === undefined);
    });

    test("is in the README's table", () => {
      expect(new RegExp(`^\\|.*\`${row.name}\\b`, "m").test(readme)).toBe(true);
    });
  },
);

/** Of all fixtures. */
const sources = textsUnder(join(repository, "fixtures"), /\/src\/.*\.ts$/).join("\n");

function textsUnder(folder: string, pattern: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => pattern.test(path) && !path.includes("/expected/"))
    .map((path) => readFileSync(path, "utf8"));
}

const own = tagsThat(() => true);
const allTags = [...own, ...constraints.map(({ row }) => row.tag)];
const isIn = (text: string, tag: string): boolean => new RegExp(`@${tag}\\b`).test(text);

test.each(allTags)("@%s is used by a fixture", (tag) => {
  expect(isIn(sources, tag)).toBe(true);
});

test.each(allTags)("@%s has a place in the README", (tag) => {
  expect(isIn(readme, tag)).toBe(true);
});

test.each(own)("@%s is read where its row says", (tag) => {
  const row = tagRow(tag);
  const text = readFileSync(join(repository, "src", row?.reader ?? "no reader"), "utf8");
  const asked = row?.takes === "policy" && tag !== "pool" ? ["policyRows"] : [`"${tag}"`, `"@${tag}"`];
  expect(asked.some((word) => text.includes(word))).toBe(true);
});

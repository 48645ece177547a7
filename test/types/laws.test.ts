// The laws that hold for every type: value → wire → value is identity, what goes over the wire satisfies the schema
// that clients see, a near miss is refused by schema and validator alike, and the compiled schema answers as the plain
// one does: the same value, or the same problems. Reproducible: MCPGEN_SEED, MCPGEN_RUNS.
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { encodeValue } from "../../templates/runtime/results/encode.js";
import { rootSchema } from "../../src/render/schemas/json-schema.js";
import { schemaOf } from "./evaluated-schema.js";
import { nearMiss } from "./near-miss.js";
import { comparable, randomObject, valueOf } from "./random-types.js";

const seed = Number(process.env["MCPGEN_SEED"] ?? 20_261_123);
const numRuns = Number(process.env["MCPGEN_RUNS"] ?? 1_000);
const ajv = new Ajv2020({
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  validateSchema: true,
});
addFormats["default"](ajv);

const typeAndValues = randomObject.chain((type) =>
  fc.record({ type: fc.constant(type), value: valueOf(type), miss: nearMiss }),
);

test(`${numRuns} random types: values survive the wire, and the wire agrees with the schema (seed ${seed})`, () => {
  let refused = 0;
  fc.assert(
    fc.property(typeAndValues, ({ type, value, miss }) => {
      const zod = schemaOf(type);
      const accepts = ajv.compile(rootSchema(type, "input", {}));
      const wire: unknown = JSON.parse(JSON.stringify(z.encode(zod, value)));
      expect(accepts(wire), `${JSON.stringify(wire)} ${JSON.stringify(accepts.errors)}`).toBe(true);
      expect(comparable(z.decode(zod, wire))).toEqual(comparable(value));
      const mutated = miss(wire);
      const accepted = z.safeDecode(zod, mutated).success;
      if (!accepted) refused += 1;
      expect(accepts(mutated), `${JSON.stringify(mutated)} zod: ${accepted}`).toBe(accepted);
    }),
    { seed, numRuns },
  );
  // A mutation that never refuses would prove nothing.
  expect(refused).toBeGreaterThan(numRuns / 4);
}, 120_000);

const hostile = fc.constantFrom<(wire: Record<string, unknown>) => unknown>(
  (wire) => wire,
  (wire) => Object.defineProperty({ ...wire }, "__proto__", { value: { surplus: 1 }, enumerable: true }),
  (wire) => Object.create(wire),
  (wire) => Object.assign(Object.create({ surplus: 1 }), wire),
  (wire) => ({ ...wire, constructor: 1 }),
  (wire) => ({ ...wire, surplus: undefined }),
  (wire) => Object.values(wire),
  (wire) =>
    Object.fromEntries(
      Object.entries(wire).map(([key, value]) => [key, typeof value === "number" ? Number.POSITIVE_INFINITY : value]),
    ),
  (wire) =>
    Object.fromEntries(
      Object.entries(wire).map(([key, value]) => [key, typeof value === "string" ? `${value}\u{1f600}` : value]),
    ),
);

test(`${numRuns} random types: compiled or not, a schema gives the same answer (seed ${seed})`, () => {
  let compiledAccepts = 0;
  fc.assert(
    fc.property(typeAndValues, hostile, ({ type, value, miss }, turn) => {
      const plain = schemaOf(type);
      const compiled = z.compile(plain);
      const wire = JSON.parse(JSON.stringify(z.encode(plain, value))) as Record<string, unknown>;
      if (z.core.compileFn(plain)(wire) !== z.INVALID) compiledAccepts += 1;
      for (const given of [wire, miss(wire), turn(wire)]) {
        const found = compiled.safeParse(given);
        const expected = z.safeDecode(plain, given);
        expect(found.success, JSON.stringify(given)).toBe(expected.success);
        expect(found.data).toStrictEqual(expected.data);
        expect(JSON.stringify(comparable(found.data))).toBe(JSON.stringify(comparable(expected.data)));
        expect(found.error?.issues).toEqual(expected.error?.issues);
      }
    }),
    { seed, numRuns },
  );
  // Where zod compiles nothing, or its code accepts nothing, the law would say nothing.
  expect(compiledAccepts).toBe(numRuns);
}, 120_000);

test(`${numRuns} random types: a result is encoded as zod does it, or refused (seed ${seed})`, () => {
  let refused = 0;
  fc.assert(
    fc.property(typeAndValues, hostile, ({ type, value, miss }, turn) => {
      const zod = schemaOf(type);
      const wire = z.encode(zod, value) as Record<string, unknown>;
      // What is not what the type says, and what only looks like it.
      for (const given of [value, miss(wire), turn(value as Record<string, unknown>)]) {
        const expected = z.safeEncode(zod, given);
        const found = outcomeOf(() => encodeValue(zod, given));
        expect(found.kind, JSON.stringify(comparable(given))).toBe(expected.success ? "encoded" : "refused");
        expect(found.value).toStrictEqual(expected.data);
        if (!expected.success) refused += 1;
      }
    }),
    { seed, numRuns },
  );
  expect(refused).toBeGreaterThan(numRuns / 4);
}, 120_000);

function outcomeOf(encode: () => unknown): { readonly kind: "encoded" | "refused"; readonly value?: unknown } {
  try {
    return { kind: "encoded", value: encode() };
  } catch (error) {
    expect((error as Error).message).toContain("the result");
    return { kind: "refused" };
  }
}

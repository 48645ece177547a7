// The laws that hold for every type: value → wire → value is identity, what goes over the wire satisfies the schema
// that clients see, and a near miss is refused by schema and validator alike. Reproducible: MCPGEN_SEED, MCPGEN_RUNS.
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { rootSchema } from "../../src/render/json-schema.js";
import { typeToZod } from "../../src/render/zod-schema.js";
import * as codecs from "../../templates/runtime/codecs/index.js";
import type { ObjectNode } from "../../src/model/types.js";
import { nearMiss } from "./near-miss.js";
import { comparable, randomObject, valueOf } from "./random-types.js";

const seed = Number(process.env["MCPGEN_SEED"] ?? 20_261_123);
const numRuns = Number(process.env["MCPGEN_RUNS"] ?? 2_000);
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictTuples: false, strictRequired: false, validateSchema: true });
addFormats["default"](ajv);

const typeAndValues = randomObject.chain((type) => fc.record({ type: fc.constant(type), value: valueOf(type), miss: nearMiss }));

/** The emitted expression, evaluated: what stands in a generated file. */
function schemaOf(type: ObjectNode): z.ZodType {
  const code = typeToZod(type, { direction: "input", z: "z", codec: (name) => `codecs.${name}`, reference: () => { throw new Error("no recursion here"); } });
  return new Function("z", "codecs", `return ${code.flat};`)(z, codecs) as z.ZodType;
}

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

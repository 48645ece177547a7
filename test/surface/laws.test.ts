/**
 * The laws of the comparison, over random types and edits of them: what is the same has not changed, what is called
 * compatible refuses no value of before, and what only widens is called compatible. Reproducible: MCPGEN_SEED, MCPGEN_RUNS.
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import type { JsonObject } from "../../src/model/json.js";
import type { ObjectNode } from "../../src/model/types.js";
import { rootSchema } from "../../src/render/schemas/json-schema.js";
import { compareSchemas } from "../../src/surface/schemas.js";
import { schemaOf } from "../types/evaluated-schema.js";
import { randomObject, valueOf } from "../types/random-types.js";
import { editType, randomEdits, wideningEdits } from "./random-changes.js";

const seed = Number(process.env["MCPGEN_SEED"] ?? 20_261_127);
const numRuns = Number(process.env["MCPGEN_RUNS"] ?? 1_500);
const ajv = new Ajv2020({ strict: false });
addFormats["default"](ajv);

function read(type: ObjectNode, direction: "input" | "output"): JsonObject {
  return JSON.parse(JSON.stringify(rootSchema(type, direction, {}))) as JsonObject;
}

function wireOf(type: ObjectNode, value: unknown): unknown {
  return JSON.parse(JSON.stringify(z.encode(schemaOf(type), value)));
}

test("what is the same has not changed", () => {
  fc.assert(
    fc.property(randomObject, (type) => {
      for (const role of ["argument", "result"] as const) {
        const direction = role === "argument" ? "input" : "output";
        expect(compareSchemas({ before: read(type, direction), after: read(type, direction) }, role)).toEqual([]);
      }
    }),
    { seed, numRuns: numRuns / 3 },
  );
});

test("what is compatible takes all that was taken", () => {
  let compatible = 0;
  const edited = randomObject.chain((type) =>
    fc.record({
      type: fc.constant(type),
      values: fc.array(valueOf(type), { minLength: 4, maxLength: 4 }),
      edits: randomEdits,
    }),
  );
  fc.assert(
    fc.property(edited, ({ type, values, edits }) => {
      const changed = editType(type, edits);
      const [before, after] = [read(type, "input"), read(changed, "input")];
      if (compareSchemas({ before, after }, "argument").some(({ kind }) => kind === "breaking")) return;
      if (JSON.stringify(before) !== JSON.stringify(after)) compatible += 1;
      const accepts = ajv.compile(after);
      for (const value of values) {
        const wire = wireOf(type, value);
        expect(accepts(wire), `${JSON.stringify(wire)} ${JSON.stringify(accepts.errors)}`).toBe(true);
      }
    }),
    { seed, numRuns },
  );
  // Where nothing that changed were compatible, the law would say nothing.
  expect(compatible).toBeGreaterThan(numRuns / 10);
}, 120_000);

test("what a compatible result gives is what a client was told", () => {
  let compatible = 0;
  const edited = fc
    .record({ type: randomObject, edits: randomEdits })
    .map(({ type, edits }) => ({ type, changed: editType(type, edits) }))
    .chain(({ type, changed }) =>
      fc.record({ type: fc.constant(type), changed: fc.constant(changed), value: valueOf(changed) }),
    );
  fc.assert(
    fc.property(edited, ({ type, changed, value }) => {
      const [before, after] = [read(type, "output"), read(changed, "output")];
      if (compareSchemas({ before, after }, "result").some(({ kind }) => kind === "breaking")) return;
      if (JSON.stringify(before) !== JSON.stringify(after)) compatible += 1;
      const accepts = ajv.compile(before);
      const wire = wireOf(changed, value);
      expect(accepts(wire), `${JSON.stringify(wire)} ${JSON.stringify(accepts.errors)}`).toBe(true);
    }),
    { seed, numRuns },
  );
  expect(compatible).toBeGreaterThan(numRuns / 10);
}, 120_000);

test("what only widens breaks nobody who calls", () => {
  let changes = 0;
  fc.assert(
    fc.property(randomObject, wideningEdits, (type, edits) => {
      const [before, after] = [read(type, "input"), read(editType(type, edits), "input")];
      const found = compareSchemas({ before, after }, "argument");
      changes += found.length;
      expect(found.filter(({ kind }) => kind === "breaking")).toEqual([]);
      if (found.length === 0) expect(after).toEqual(before);
    }),
    { seed, numRuns },
  );
  expect(changes).toBeGreaterThan(numRuns / 5);
}, 120_000);

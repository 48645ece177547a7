/**
 * What reading the arguments of one call costs: an order with a customer, an address and three lines, by the zod schema
 * and by the check that a build writes beside it; and three flat arguments by zod, which get no check of their own.
 * The code measured is what the build emits for these types. Rounds alternate, so that a slow moment slows both.
 */
import { compileFunction } from "node:vm";
import { transformSync } from "esbuild";
import * as z from "zod";
import type { ObjectNode, Property, TypeNode } from "../src/model/types.js";
import { needsCheck } from "../src/render/check-choice.js";
import { renderFunctions } from "../src/render/check-functions.js";
import { createModule } from "../src/render/module.js";
import { typeToZod } from "../src/render/zod-schema.js";
import * as accept from "../templates/runtime/arguments/accept.js";
import * as codecs from "../templates/runtime/codecs/index.js";

type Read = (given: unknown) => unknown;

const text: TypeNode = { kind: "string" };
const nonEmpty: TypeNode = { kind: "string", constraints: { minLength: 1, maxLength: 100 } };
const count: TypeNode = { kind: "number", constraints: { integer: true, minimum: 1, maximum: 100 } };

const address = object({ street: text, city: text, zip: text, country: { kind: "enum", values: ["DE", "NO", "US"] } });
const line = object({ sku: nonEmpty, quantity: count, price: { kind: "number", constraints: { minimum: 0 } } });
const order = object({
  id: nonEmpty,
  customer: object({ name: nonEmpty, email: { kind: "string", constraints: { format: "email" } }, address }),
  lines: { kind: "array", element: line, constraints: { minItems: 1 } },
  gift: { kind: "boolean" },
});
const flat = object({ city: nonEmpty, days: count, unit: { kind: "enum", values: ["c", "f"] } });

const anOrder = {
  id: "o-17",
  customer: {
    name: "Ada",
    email: "ada@example.com",
    address: { street: "Karl Johans gate 1", city: "Oslo", zip: "0154", country: "NO" },
  },
  lines: [1, 2, 3].map((quantity) => ({ sku: `sku-${String(quantity)}`, quantity, price: 9.5 })),
  gift: false,
};
const aPlace = { city: "Oslo", days: 3, unit: "c" };

export interface ValidationFigures {
  readonly nested: Pair;
  readonly flat: Pair;
}

/** Nanoseconds, medians. */
interface Pair {
  readonly zod: number;
  readonly specialized: number;
  readonly ratio: number;
}

export function measureValidation(rounds: number): ValidationFigures {
  if (!needsCheck(order, {}) || needsCheck(flat, {})) throw new Error("the build would choose otherwise");
  return { nested: compare(order, anOrder, rounds), flat: compare(flat, aPlace, rounds) };
}

export function showValidation({ nested, flat }: ValidationFigures): string {
  const show = ({ zod, specialized, ratio }: Pair): string =>
    `zod ${zod.toFixed(0)} ns, specialised ${specialized.toFixed(0)} ns, ratio ${ratio.toFixed(2)}`;
  return `reading the arguments of a call\n  nested order: ${show(nested)}\n  three flat arguments: ${show(flat)} (left to zod)`;
}

function compare(type: ObjectNode, value: unknown, rounds: number): Pair {
  const contenders = [zodOf(type), specializedOf(type)];
  for (const read of contenders) if (read(value) === undefined) throw new Error("refused");
  const samples = contenders.map((): number[] => []);
  for (let round = -2; round < rounds; round += 1) {
    for (const [index, read] of contenders.entries()) {
      const time = nanoseconds(read, value);
      if (round >= 0) samples[index]?.push(time);
    }
  }
  const [zod = Number.NaN, specialized = Number.NaN] = samples.map(median);
  return { zod, specialized, ratio: specialized / zod };
}

function nanoseconds(read: Read, value: unknown): number {
  const calls = 200_000;
  const started = process.hrtime.bigint();
  for (let call = 0; call < calls; call += 1) read(value);
  return Number(process.hrtime.bigint() - started) / calls;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function object(properties: Readonly<Record<string, TypeNode>>): ObjectNode {
  const entries = Object.entries(properties);
  return { kind: "object", properties: entries.map(([name, type]): Property => ({ name, type, optional: false })) };
}

function zodOf(type: ObjectNode): Read {
  const scope = { direction: "input", z: "z", codec: (name: string) => `codecs.${name}` } as const;
  const code = typeToZod(type, {
    ...scope,
    reference: () => ({ kind: "atom", role: "word", flat: "z", broken: false }),
    own: () => ({ kind: "atom", role: "word", flat: "z", broken: false }),
  });
  const schema = evaluate(`module.exports = ${code.flat};`, { z, codecs }) as z.ZodType;
  return (given) => z.safeDecode(schema, given).data;
}

function specializedOf(type: ObjectNode): Read {
  const module = createModule(["read"]);
  const { constants, functions } = renderFunctions("read", type, { module, definitions: {} });
  const { code } = transformSync([module.imports(), ...constants, ...functions].join("\n"), {
    loader: "ts",
    format: "cjs",
  });
  return (evaluate(code, { require: () => accept }) as { readonly read: Read }).read;
}

/** The code that the build would write, as a module of this program: compiled as any other. */
function evaluate(code: string, given: Readonly<Record<string, unknown>>): unknown {
  const module = { exports: {} as unknown };
  const run = compileFunction(code, ["module", ...Object.keys(given)]) as (...values: readonly unknown[]) => void;
  run(module, ...Object.values(given));
  return module.exports;
}

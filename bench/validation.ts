/**
 * What reading the arguments of one call costs: an order with a customer, an address and three lines, and three flat
 * arguments; by the zod schema that the build emits for these types, and by what `z.compile` makes of it in the first
 * call. Unions of 16 and of 128 alternatives, of which each is read in turn, show why there is a bound beyond which the
 * runtime does not compile: 16. Rounds alternate, so that a slow moment slows both.
 */
import { atom } from "../src/render/code/code.js";
import { isDeepStrictEqual } from "node:util";
import { compileFunction } from "node:vm";
import * as z from "zod";
import type { ObjectNode, Property, TypeNode } from "../src/model/types.js";
import { typeToZod } from "../src/render/schemas/zod-schema.js";
import * as codecs from "../templates/runtime/codecs/index.js";

type Read = (given: unknown) => z.ZodSafeParseResult<unknown>;

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

/** A change to a document, of one of so many kinds. */
function change(kinds: number): ObjectNode {
  const member = (kind: string): ObjectNode =>
    object({ kind: { kind: "literal", value: kind }, at: count, by: nonEmpty });
  return object({ change: { kind: "union", discriminant: "kind", members: kindNames(kinds).map(member) } });
}

function someChanges(kinds: number): readonly object[] {
  return kindNames(kinds).map((kind) => ({ change: { kind, at: 3, by: "Ada" } }));
}

function kindNames(kinds: number): readonly string[] {
  return Array.from({ length: kinds }, (_, index) => `change-${String(index)}`);
}

export interface ValidationFigures {
  readonly nested: Pair;
  readonly flat: Pair;
  readonly union16: Pair;
  readonly union128: Pair;
}

/** Medians, in nanoseconds. */
interface Pair {
  readonly zod: number;
  readonly compiled: number;
  readonly ratio: number;
  /** What compiling costs, once. */
  readonly compiling: number;
}

export function measureValidation(rounds: number): ValidationFigures {
  return {
    nested: compare(order, [anOrder], rounds),
    flat: compare(flat, [aPlace], rounds),
    union16: compare(change(16), someChanges(16), rounds),
    union128: compare(change(128), someChanges(128), rounds),
  };
}

export function showValidation({ nested, flat, union16, union128 }: ValidationFigures): string {
  const show = ({ zod, compiled, ratio, compiling }: Pair): string =>
    `zod ${zod.toFixed(0)} ns, compiled ${compiled.toFixed(0)} ns, ratio ${ratio.toFixed(2)}` +
    ` (compiling, once: ${(compiling / 1e6).toFixed(2)} ms)`;
  return [
    "reading the arguments of a call",
    `nested order: ${show(nested)}`,
    `three flat arguments: ${show(flat)}`,
    `16 alternatives: ${show(union16)}`,
    `128 alternatives: ${show(union128)}, left to zod`,
  ].join("\n  ");
}

function compare(type: ObjectNode, values: readonly object[], rounds: number): Pair {
  const schema = schemaOf(type);
  const compiled = z.compile(schema, { strict: true });
  const readers: readonly Read[] = [(given) => z.safeDecode(schema, given), (given) => compiled.safeParse(given)];
  if (!readers.every((read) => values.every((value) => read(value).success))) throw new Error("refused");
  for (const given of values.flatMap((value) => [value, { ...value, surplus: 1 }, [value]])) {
    const [one, other] = readers.map((read) => read(given));
    if (!isDeepStrictEqual(one, other)) throw new Error("the answers differ");
  }
  const samples = readers.map((): number[] => []);
  for (let round = -2; round < rounds; round += 1) {
    for (const [index, read] of readers.entries()) {
      const time = nanoseconds(read, values);
      if (round >= 0) samples[index]?.push(time);
    }
  }
  const [zod = Number.NaN, fast = Number.NaN] = samples.map(median);
  const compiling = median(Array.from({ length: rounds }, () => compileOnce(schemaOf(type))));
  return { zod, compiled: fast, ratio: fast / zod, compiling };
}

function compileOnce(schema: z.ZodType): number {
  const started = process.hrtime.bigint();
  z.compile(schema, { strict: true });
  return Number(process.hrtime.bigint() - started);
}

function nanoseconds(read: Read, values: readonly object[]): number {
  const calls = 200_000;
  const started = process.hrtime.bigint();
  for (let call = 0; call < calls; call += 1) read(values[call % values.length]);
  return Number(process.hrtime.bigint() - started) / calls;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function object(properties: Readonly<Record<string, TypeNode>>): ObjectNode {
  const entries = Object.entries(properties);
  return { kind: "object", properties: entries.map(([name, type]): Property => ({ name, type, optional: false })) };
}

function schemaOf(type: ObjectNode): z.ZodType {
  const scope = { direction: "input", z: "z", codec: (name: string) => `codecs.${name}` } as const;
  const code = typeToZod(type, {
    ...scope,
    reference: () => atom("z", "word"),
    own: () => atom("z", "word"),
  });
  return evaluate(`module.exports = ${code.flat};`, { z, codecs }) as z.ZodType;
}

/** The code that the build would write, as a module of this program: compiled as any other. */
function evaluate(code: string, given: Readonly<Record<string, unknown>>): unknown {
  const module = { exports: {} as unknown };
  const run = compileFunction(code, ["module", ...Object.keys(given)]) as (...values: readonly unknown[]) => void;
  run(module, ...Object.values(given));
  return module.exports;
}

// Map and Set, which JSON does not know: an object or an array of pairs, and an array without repeats.
import * as z from "zod";
import { distinct } from "./distinct.js";

/** A Map whose keys are strings: on the wire an object. */
export function mapCodec<Key extends z.ZodType<string, string>, Value extends z.ZodType>(
  key: Key,
  value: Value,
): z.ZodType<Map<z.output<Key>, z.output<Value>>, Record<string, z.input<Value>>> {
  type Decoded = Map<z.output<Key>, z.output<Value>>;
  const record = z.pipe(safeNames, z.partialRecord(key, value));
  const map = z.custom<Decoded>((given) => given instanceof Map && !given.has(unsafeName), { error: "expected a Map" });
  return z.codec(record, map, {
    decode: (wire) => new Map(Object.entries(wire)) as Decoded,
    encode: (decoded) => Object.fromEntries(decoded) as z.output<typeof record>,
  }) as unknown as z.ZodType<Decoded, Record<string, z.input<Value>>>;
}

/** A Map with keys of any type: on the wire an array of `[key, value]` pairs. */
export function pairsCodec<Key extends z.ZodType, Value extends z.ZodType>(
  key: Key,
  value: Value,
): z.ZodType<Map<z.output<Key>, z.output<Value>>, [z.input<Key>, z.input<Value>][]> {
  type Decoded = Map<z.output<Key>, z.output<Value>>;
  const pairs = z.array(z.tuple([key, value])) as unknown as z.ZodType<Pairs, Pairs>;
  const map = z.custom<Decoded>((given) => given instanceof Map, { error: "expected a Map" });
  return z.codec(pairs, map, {
    decode: (wire, context) => {
      const decoded = new Map(wire) as Decoded;
      // Two pairs with one key: whichever won, the other would be lost in silence.
      if (decoded.size < wire.length)
        context.issues.push({ code: "custom", message: "expected each key once", input: wire });
      return decoded;
    },
    encode: (decoded) => [...decoded] as Pairs,
  }) as unknown as z.ZodType<Decoded, [z.input<Key>, z.input<Value>][]>;
}

/** A Set: on the wire an array without repeats. */
export function setCodec<Element extends z.ZodType>(
  element: Element,
  size: { readonly min?: number; readonly max?: number } = {},
): z.ZodType<Set<z.output<Element>>, z.input<Element>[]> {
  type Decoded = Set<z.output<Element>>;
  const items = z
    .array(element)
    .min(size.min ?? 0)
    .max(size.max ?? Number.MAX_SAFE_INTEGER);
  const set = z.custom<Decoded>((given) => given instanceof Set, { error: "expected a Set" });
  return z.codec(distinct(items), set, {
    decode: (wire) => new Set(wire) as Decoded,
    encode: (decoded) => [...decoded],
  });
}

// zod checks what is inside; in here the contents are of any type.
type Entries = Record<string, unknown>;
type Pairs = [unknown, unknown][];

/** zod leaves this key out of records without a word, as it would change the object's prototype: refused instead. */
const unsafeName = "__proto__" as never;

const safeNames = z.custom<Entries>(
  (wire) => typeof wire !== "object" || wire === null || !Object.hasOwn(wire, unsafeName),
  {
    error: "expected no key named __proto__",
  },
);

// A variable of the environment is text: schemas that take a number, a boolean or a list as it is written there.
import * as z from "zod";

const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

export function asNumber<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, string> {
  return z.pipe(
    z.string().transform((text, context): number => {
      const number = numeral.test(text.trim()) ? Number(text) : Number.NaN;
      if (Number.isFinite(number)) return number;
      context.issues.push({ code: "invalid_type", expected: "number", input: text });
      return z.NEVER;
    }),
    taking<number, Schema>(schema),
  );
}

const words: ReadonlyMap<string, boolean> = new Map([
  ...["true", "1", "yes", "on"].map((word) => [word, true] as const),
  ...["false", "0", "no", "off"].map((word) => [word, false] as const),
]);

/** Also 1 and 0, yes and no, on and off. */
export function asBoolean<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, string> {
  return z.pipe(
    z.string().transform((text, context): boolean => {
      const value = words.get(text.trim().toLowerCase());
      if (value !== undefined) return value;
      context.issues.push({ code: "invalid_type", expected: "boolean", input: text });
      return z.NEVER;
    }),
    taking<boolean, Schema>(schema),
  );
}

/** `a, b`; items that hold a comma are written as JSON: `["a, b", "c"]`. */
export function asList<Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, string> {
  return listed(z.pipe(z.string().transform(readItems), taking<string[], Schema>(schema)), schema);
}

/** The same, and each item counts once. */
export function asSet<Schema extends z.ZodType<unknown[]>>(
  schema: Schema,
): z.ZodType<Set<z.output<Schema>[number]>, string> {
  const distinct = z.string().transform((text) => [...new Set(readItems(text))]);
  const read = z.pipe(distinct, taking<string[], Schema>(schema)).transform((items) => new Set(items));
  return listed(read, schema);
}

/** A schema that takes more, such as a bigint's, which takes digits and numbers, takes this too. */
function taking<Input, Schema extends z.ZodType>(schema: Schema): z.ZodType<z.output<Schema>, Input> {
  return schema as z.ZodType<z.output<Schema>, Input>;
}

function readItems(text: string): string[] {
  return (
    readJsonItems(text) ??
    text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "")
  );
}

function readJsonItems(text: string): string[] | undefined {
  if (!text.trim().startsWith("[")) return undefined;
  try {
    const items = JSON.parse(text) as readonly unknown[];
    return items.some((item) => typeof item === "object") ? undefined : items.map(String);
  } catch {
    return undefined;
  }
}

const lists = new WeakMap<z.ZodType, z.ZodType>();

function listed<Schema extends z.ZodType>(schema: Schema, items: z.ZodType): Schema {
  lists.set(schema, items);
  return schema;
}

/** Of what `asList` and `asSet` give, the schema of the array. */
export function itemsOf(schema: z.ZodType): z.ZodType | undefined {
  return lists.get(schema);
}

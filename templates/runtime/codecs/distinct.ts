// Arrays without repeats, compared as JSON Schema's `uniqueItems` compares: by value, whatever the order of keys.
import * as z from "zod";
import { canonicalJson } from "./canonical.js";

/** `distinct(z.array(z.string()))`: compares what is on the wire, before decoding and after encoding. */
export function distinct<Items extends z.ZodType>(array: Items): z.ZodType<z.output<Items>, z.input<Items>> {
  const wire = z.custom<unknown>((items) => !Array.isArray(items) || !hasRepeats(items), {
    error: "expected items without repeats",
  });
  return z.pipe(wire, array) as z.ZodType<z.output<Items>, z.input<Items>>;
}

function hasRepeats(items: readonly unknown[]): boolean {
  // A set of numbers has one zero.
  return new Set(items.map((item) => canonicalJson(item === 0 ? 0 : item))).size < items.length;
}

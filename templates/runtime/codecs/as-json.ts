// Objects that say themselves what they are as JSON: entities, decimals, ids of databases.
import * as z from "zod";

interface Encoding {
  toJSON(): unknown;
}

const encoding = z.custom<Encoding>(
  (value) => typeof value === "object" && value !== null && "toJSON" in value && typeof value.toJSON === "function",
  { error: "expected an object with a method `toJSON`" },
);

/** `json` is what `toJSON` returns. Only for results: nothing makes such an object of JSON. */
export function asJson(json: z.ZodType): z.ZodType {
  return z.codec(json, encoding, {
    decode: (value) => ({ toJSON: () => value }),
    encode: (value) => value.toJSON(),
  });
}

// Values that JSON writes as a string: bigint, Date and URL. Wire → value with `decode`, back with `encode`.
import * as z from "zod";

/** On the wire a string of digits, or an integer that a double holds exactly. */
export const bigintCodec = z.codec(z.union([z.string().regex(/^-?\d{1,4096}$/), z.int()]), z.bigint(), {
  decode: (wire) => BigInt(wire),
  encode: (value) => String(value),
});

/** On the wire an ISO 8601 date and time with its offset, such as `2026-01-31T09:30:00Z`. */
export const dateCodec = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (wire) => new Date(wire),
  encode: (value) => value.toISOString(),
});

/** On the wire an absolute URL. */
export const urlCodec = z.codec(z.string().meta({ format: "uri" }), z.instanceof(URL), {
  decode: (wire, context) => {
    if (URL.canParse(wire)) return new URL(wire);
    context.issues.push({ code: "invalid_format", format: "url", input: wire });
    return z.NEVER;
  },
  encode: (value) => value.href,
});

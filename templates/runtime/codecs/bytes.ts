// Bytes: on the wire base64 with padding, in the one spelling that encoding gives back.
import * as z from "zod";

const base64 = z.string().refine(isBase64, { error: "expected base64" });

export const uint8ArrayCodec = z.codec(
  base64,
  z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array),
  {
    decode: (wire) => new Uint8Array(Buffer.from(wire, "base64")),
    encode: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64"),
  },
);

export const bufferCodec = z.codec(
  base64,
  z.custom<Buffer<ArrayBuffer>>((value) => Buffer.isBuffer(value)),
  {
    decode: (wire) => Buffer.from(wire, "base64"),
    encode: (value) => value.toString("base64"),
  },
);

export const arrayBufferCodec = z.codec(base64, z.instanceof(ArrayBuffer), {
  decode: (wire) => new Uint8Array(Buffer.from(wire, "base64")).buffer,
  encode: (value) => Buffer.from(value).toString("base64"),
});

/** Node's decoder skips what it does not know; only text that survives the way there and back is base64. */
function isBase64(text: string): boolean {
  return Buffer.from(text, "base64").toString("base64") === text;
}

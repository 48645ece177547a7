/** The types that JSON has no form for, a row each: what the stages know of one. Sets and Maps are kinds of their own. */
import type { JsonObject, JsonValue } from "../model/json.js";
import type { CodecNode } from "../model/types.js";

export type CodecKind = CodecNode["codec"];

export interface CodecRow {
  /** Its name in TypeScript; with `isGlobal`, the symbol of the language's libraries or of Node.js that it is known by. */
  readonly name: string;
  readonly isGlobal: boolean;
  /** The type as text; where it differs from the name. */
  readonly typeText?: string;
  /** What clients are told. As the runtime's codec reads it: what the schema lets through, it decodes. */
  readonly schema: JsonObject;
  /** What JSON values it travels as. */
  readonly wire: readonly ("string" | "number")[];
  /** An export of the runtime's codecs. */
  readonly zod: string;
  /** What else in a union JSON cannot tell from it, beside free text. */
  readonly alike: readonly (CodecKind | "number")[];
  /** In `.env.example`. */
  readonly words: string;
  /** On the wire. */
  readonly sample: string;
  /** The value of what is on the wire, as code. */
  readonly code: CodeForm;
  /** Whether a part of a key can be made of it: a short text that is the same for the same value. */
  readonly isKey: boolean;
  /** What becomes of it on the way into a thread, where that is not the same. */
  readonly lost?: Lost;
}

export type CodeForm =
  { literal(wire: string): string } | { readonly call: string; arguments(wire: string): readonly JsonValue[] };

export interface Lost {
  readonly name: string;
  readonly as: string;
  readonly instead: string;
}

const base64 = {
  schema: {
    type: "string",
    pattern: "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    contentEncoding: "base64",
  },
  wire: ["string"],
  // Digits are base64 too. Of a union of bytes and bytes, any form will do.
  alike: ["bigint"],
  words: "base64",
  sample: "AAAA",
  code: { call: "Buffer.from", arguments: (wire: string) => [wire, "base64"] },
  isGlobal: true,
  isKey: false,
} as const;

export const codecs = {
  bigint: {
    name: "bigint",
    // A type of the compiler's own.
    isGlobal: false,
    schema: { anyOf: [{ type: "string", pattern: "^-?\\d{1,4096}$" }, { type: "integer" }] },
    wire: ["string", "number"],
    zod: "bigintCodec",
    alike: ["number"],
    words: "a whole number",
    sample: "1",
    code: { literal: (wire) => `${wire}n` },
    isKey: true,
  },
  date: {
    name: "Date",
    isGlobal: true,
    schema: { type: "string", format: "date-time" },
    wire: ["string"],
    zod: "dateCodec",
    alike: [],
    words: "a date and time such as 2026-01-31T09:30:00Z",
    sample: "2026-01-31T09:30:00Z",
    code: { call: "new Date", arguments: (wire) => [wire] },
    isKey: true,
  },
  url: {
    name: "URL",
    isGlobal: true,
    schema: { type: "string", format: "uri" },
    wire: ["string"],
    zod: "urlCodec",
    alike: [],
    words: "a URL",
    sample: "https://example.com/",
    code: { call: "new URL", arguments: (wire) => [wire] },
    isKey: true,
    lost: { name: "URL", as: "as an empty object", instead: "its text as a string" },
  },
  uint8array: { ...base64, name: "Uint8Array", typeText: "Uint8Array<ArrayBuffer>", zod: "uint8ArrayCodec" },
  buffer: {
    ...base64,
    name: "Buffer",
    typeText: "Buffer<ArrayBuffer>",
    zod: "bufferCodec",
    lost: { name: "Buffer", as: "as a `Uint8Array`", instead: "a `Uint8Array`" },
  },
  arraybuffer: {
    ...base64,
    name: "ArrayBuffer",
    zod: "arrayBufferCodec",
    code: { call: "new ArrayBuffer", arguments: () => [3] },
  },
} as const satisfies Readonly<Record<CodecKind, CodecRow>>;

export function codecRow(codec: CodecKind): CodecRow {
  return codecs[codec];
}

const byGlobal: ReadonlyMap<string, CodecKind> = new Map([
  ...(Object.keys(codecs) as readonly CodecKind[]).flatMap((codec) =>
    codecRow(codec).isGlobal ? [[codecRow(codec).name, codec] as const] : [],
  ),
  // Whoever takes any view of bytes takes the plainest.
  ["ArrayBufferView", "uint8array"],
]);

export function codecOfGlobal(name: string): CodecKind | undefined {
  return byGlobal.get(name);
}

// JavaScript values ↔ PostgreSQL's, by one rule for the server and the embedded database, whatever the time zone of the
// process: what loses nothing becomes the plain JavaScript type, the rest stays text.
//   int8                    a number; a bigint beyond 2^53
//   numeric                 text, as a number would round it
//   date, time, interval    text
//   timestamp, timestamptz  a Date; a timestamp without a time zone is taken for UTC
//   bytea                   a Buffer
//   json, jsonb             the value
//   arrays of these         arrays
import type { CustomTypesConfig } from "pg";

type Decode = (text: string) => unknown;

/** What of the driver is used: its decoders for everything that is not listed here. */
interface Decoders {
  readonly getTypeParser: (type: number, format?: "text" | "binary") => (value: string) => unknown;
  readonly arrayParser: unknown;
}

const keep: Decode = (text) => text;

/** PostgreSQL's numbers for its types, and for the arrays of them. */
const oids = { int8: [20, 1016], numeric: [1700, 1231], date: [1082, 1182], interval: [1186, 1187] } as const;
const timestamps = { withZone: [1184, 1185], without: [1114, 1115] } as const;

export function createTypes(driver: Decoders): CustomTypesConfig {
  const decodeInstant = driver.getTypeParser(timestamps.withZone[0]);
  const instant: Decode = (text) => toDate(text, decodeInstant);
  const own = new Map<number, Decode>();
  const add = ([single, array]: readonly [number, number], decode: Decode): void => {
    own.set(single, decode).set(array, (text) => parseArray(driver, text, decode));
  };
  add(oids.int8, toInteger);
  add(oids.numeric, keep);
  add(oids.date, keep);
  add(oids.interval, keep);
  add(timestamps.withZone, instant);
  add(timestamps.without, (text) => instant(text.replace(/(?= BC$|$)/, "+00")));
  const getTypeParser = (type: number, format?: "text" | "binary"): Decode =>
    own.get(type) ?? driver.getTypeParser(type, format);
  return { getTypeParser };
}

function toInteger(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** `infinity` is a moment for PostgreSQL, and stays text here. */
function toDate(text: string, decode: Decode): unknown {
  const value = decode(text);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value : text.replace("+00", "");
}

function parseArray({ arrayParser }: Decoders, text: string, decode: Decode): unknown {
  const parser = arrayParser as { create(text: string, decode: Decode): { parse(): unknown } };
  return parser.create(text, decode).parse();
}

export function encodeParameters(parameters: readonly unknown[]): unknown[] {
  return parameters.map(encode);
}

/** Strings, numbers and booleans are the driver's; an array is an SQL array, unless objects in it make it JSON. */
function encode(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (value instanceof URL) return value.href;
  if (value instanceof Set) return encode([...(value as ReadonlySet<unknown>)]);
  if (Array.isArray(value) && !value.some(isJsonObject)) return value.map(encode);
  return encodeJson(value);
}

export function encodeJson(value: unknown): string {
  return JSON.stringify(value instanceof Map ? Object.fromEntries(value as ReadonlyMap<string, unknown>) : value);
}

function isJsonObject(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

// What generated checks are made of. They accept what zod accepts, and answer undefined wherever they are not sure:
// then zod decides, and says what is wrong.
import * as z from "zod";

/** As JSON.parse makes them: no class, and nothing inherited that a name could find. */
export function isFields(given: unknown): given is Record<string, unknown> {
  return typeof given === "object" && given !== null && Object.getPrototypeOf(given) === Object.prototype;
}

/** Code points, as zod and JSON Schema count. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const dateTime = z.regexes.datetime({ offset: true });
const date = z.regexes.date;
const { email, guid } = z.regexes;

export function isDateTime(text: string): boolean {
  return dateTime.test(text);
}

export function isDate(text: string): boolean {
  return date.test(text);
}

export function isEmail(text: string): boolean {
  return email.test(text);
}

export function isUuid(text: string): boolean {
  return guid.test(text);
}

/** See codecs/scalars.ts. */
export function decodeDate(wire: unknown): Date | undefined {
  if (typeof wire !== "string" || !dateTime.test(wire)) return undefined;
  const decoded = new Date(wire);
  return Number.isNaN(decoded.getTime()) ? undefined : decoded;
}

export function decodeBigint(wire: unknown): bigint | undefined {
  if (typeof wire === "number") return Number.isSafeInteger(wire) ? BigInt(wire) : undefined;
  return typeof wire === "string" && /^-?\d{1,4096}$/.test(wire) ? BigInt(wire) : undefined;
}

export function decodeUrl(wire: unknown): URL | undefined {
  return typeof wire === "string" && URL.canParse(wire) ? new URL(wire) : undefined;
}

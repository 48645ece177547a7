// What the function returned → what the client gets: checked against the function's declared type, encoded for
// the wire, laid out by the kind of result.
import * as z from "zod";
import type { ResultKind } from "../call/result.js";
import { contentResult } from "./content.js";
import { createMismatch } from "../errors/mismatch.js";
import { describeMismatch } from "./mismatch.js";
import { textResult, type CallResult } from "../call/result.js";

/** Of a tool: how its results are presented, and the schema that checks and encodes them. */
interface Presented {
  readonly result: ResultKind;
  readonly output?: z.ZodType;
  readonly wrapped?: true;
}

/** Throws when the value is not what the type promises. */
export function presentResult(tool: Presented, value: unknown): CallResult {
  switch (tool.result) {
    case "structured":
      return structuredResult(encodeValue(tool.output, value), tool);
    case "text":
      return plainResult(encodeValue(tool.output, value));
    case "empty":
      return { content: [] };
    case "content":
      return contentResult(value);
  }
}

/** The text repeats the structure for clients that show only text. */
function structuredResult(value: unknown, { wrapped }: Presented): CallResult {
  if (wrapped === true)
    return { ...plainResult(value), structuredContent: value === undefined ? {} : { result: value } };
  if (typeof value !== "object" || value === null) throw createMismatch("the result is not an object");
  return { content: [{ type: "text", text: toJson(value) }], structuredContent: value };
}

function plainResult(value: unknown): CallResult {
  if (value === undefined) return { content: [] };
  return textResult(typeof value === "string" ? value : toJson(value));
}

/** Only what no schema has checked can hold what JSON has no form for. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    const message = error instanceof TypeError ? error.message : "";
    if (/\bBigInt\b/.test(message)) throw createMismatch("the result holds a bigint, which JSON has no form for");
    if (/\bcircular\b/.test(message)) throw createMismatch("the result contains itself");
    throw error;
  }
}

/** Checked and in wire form. Throws when the value is not what the type promises. */
export function encodeValue(output: z.ZodType | undefined, value: unknown): unknown {
  if (output === undefined) return value;
  const encoded = z.safeEncode(output, value);
  if (encoded.success) return encoded.data;
  throw createMismatch(describeMismatch(value, encoded.error.issues));
}

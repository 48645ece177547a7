// The schema of a variable → what it takes, in words: "an integer from 1 to 14", "a list separated by commas".
import * as z from "zod";
import { describeExpected } from "../arguments/expected.js";
import { alternatives, type JsonSchema } from "../arguments/json-schema.js";
import { itemsOf } from "./texts.js";

export function describeVariable(schema: z.ZodType): string | undefined {
  const plain = unwrap(schema);
  const list = itemsOf(plain);
  return list === undefined ? describeText(plain) : describeList(list);
}

/** Without what a default, or being optional, adds. */
function unwrap(schema: z.ZodType): z.ZodType {
  const isWrapped =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional;
  return isWrapped ? unwrap(schema.unwrap() as z.ZodType) : schema;
}

/** What is made of the text says more than the text, unless JSON does not know it: then the text does. */
function describeText(schema: z.ZodType): string | undefined {
  return describeJson(toJsonSchema(schema, "output")) ?? describeJson(toJsonSchema(schema, "input"));
}

function describeList(schema: z.ZodType): string {
  const { items, ...list } = toJsonSchema(schema, "output");
  const size = (describeJson(list) ?? "").replace(/^an array/, "");
  const item = schema instanceof z.ZodArray ? describeText(schema.element as z.ZodType) : describeJson(items);
  const each = item === undefined || item === "a string" ? "" : `, each ${item}`;
  return `a list${size} separated by commas${each}`;
}

function describeJson(schema: unknown): string | undefined {
  if (typeof schema !== "object" || schema === null) return undefined;
  const known = schema as JsonSchema;
  return describeExpected(alternatives(known, known));
}

function toJsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  return z.toJSONSchema(schema, { io, unrepresentable: "any", override: dropSafeRange });
}

/** That an integer has to be exact goes without saying. */
function dropSafeRange({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

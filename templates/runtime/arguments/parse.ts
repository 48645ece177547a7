// Arguments from the client → the values that the function takes, or one text that says all that is wrong.
import { z } from "zod";
import type { JsonSchema } from "./json-schema.js";
import { mend } from "./lenient.js";
import { describeProblems } from "./problems.js";

export interface ArgumentSchemas {
  readonly tool: string;
  readonly input: z.ZodType;
  /** The same schema as the client has seen it. */
  readonly inputSchema: JsonSchema;
}

export type ParsedArguments =
  | { readonly kind: "valid"; readonly input: unknown }
  | { readonly kind: "invalid"; readonly text: string };

/** Strict first: mending is for what would be refused, and can never change what is right. */
export function parseArguments({ tool, input, inputSchema }: ArgumentSchemas, given: unknown): ParsedArguments {
  const strict = z.safeDecode(input, given as never);
  if (strict.success) return { kind: "valid", input: strict.data };
  const value = mend(given, inputSchema);
  const mended = z.safeDecode(input, value as never);
  if (mended.success) return { kind: "valid", input: mended.data };
  return { kind: "invalid", text: describeProblems({ tool, value, schema: inputSchema, issues: mended.error?.issues ?? [] }) };
}

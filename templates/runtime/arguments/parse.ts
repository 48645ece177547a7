// Arguments from the client → the values that the function takes, or one text that says all that is wrong.
import * as z from "zod";
import { compileSchema } from "./compile.js";
import type { JsonSchema } from "./json-schema.js";
import { mend } from "./lenient.js";
import type { JsonObject } from "../call/tool-call.js";
import { describeProblems } from "./problems.js";

export interface ArgumentSchemas {
  readonly tool: string;
  readonly input: z.ZodType;
  /** The same schema as the client has seen it. */
  readonly inputSchema: JsonSchema;
}

export type ParsedArguments =
  | {
      readonly kind: "valid";
      /** As the function takes them. */
      readonly input: unknown;
      /** As JSON has them, mended where that was needed. */
      readonly wire: JsonObject;
    }
  | { readonly kind: "invalid"; readonly text: string };

/** The first call compiles the schema, which takes about a millisecond: a server starts without. */
export function createParser(schemas: ArgumentSchemas): (given: unknown) => ParsedArguments {
  let compiled: z.ZodType | undefined;
  return (given) => {
    compiled ??= compileSchema(schemas.input, schemas.inputSchema);
    try {
      return parse(schemas, compiled, given);
    } catch (error) {
      // Every step here descends into the value: only its depth can exhaust the stack.
      if (error instanceof RangeError)
        return { kind: "invalid", text: `The arguments for \`${schemas.tool}\` are nested too deeply.` };
      throw error;
    }
  };
}

/**
 * Strict first: mending is for what would be refused, and can never change what is right. The schema of arguments
 * is that of an object, so what it has let through is one.
 */
function parse({ tool, input, inputSchema }: ArgumentSchemas, compiled: z.ZodType, given: unknown): ParsedArguments {
  const strict = compiled.safeParse(given);
  if (strict.success) return { kind: "valid", input: strict.data, wire: given as JsonObject };
  const value = mend(given, inputSchema);
  const mended = z.safeDecode(input, value);
  if (mended.success) return { kind: "valid", input: mended.data, wire: value as JsonObject };
  return { kind: "invalid", text: describeProblems({ tool, value, schema: inputSchema, issues: mended.error.issues }) };
}

// What a generated tool file exports: the schemas, and the call of the user's function.
import type * as z from "zod";
import { showErrors, type Shows } from "../errors/shown.js";
import type { JsonSchema } from "../arguments/json-schema.js";
import type { Policy } from "../policies/policy.js";
import type { CallResult, ResultKind } from "../call/result.js";
import type { Contracts, RunCall, ToolCall } from "../call/tool-call.js";

export interface ToolDefinition<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Dependencies = unknown,
> {
  readonly name: string;
  /** The arguments: always a strict object. */
  readonly input: Input;
  /** Checks the result and encodes it for the wire; absent where there is nothing to encode. */
  readonly output?: Output;
  /** How the result is presented: see `results/`. */
  readonly result: ResultKind;
  /** Of a structured result that is no object: it is the member `result` of one. */
  readonly wrapped?: true;
  /** Whose messages clients are told, beside those of errors that say it themselves; see `errors/shown.ts`. */
  readonly errors?: Shows;
  /** What is wrapped around the call; see `policies/compose.ts` for the order. */
  readonly policies?: readonly Policy[];
  /** Present where the tool takes several items: `policies` and `call` are for one of them. See `batch.ts`. */
  readonly batch?: Batch;
  /** What the call takes of the container, by its name there. */
  readonly needs?: readonly string[];
  /** Calls the function with decoded arguments. */
  call(input: z.output<Input>, given: Contracts & Dependencies): unknown;
}

export interface Batch {
  /** Of the arguments of one item; `inputSchema` is the tool's. */
  itemSchema(inputSchema: JsonSchema): JsonSchema;
  /** What the function returned for one item, checked and encoded. */
  present(value: unknown): CallResult;
  run(call: ToolCall, runItem: RunCall): Promise<CallResult>;
}

/** Gives `call` the types of the schemas and of what it needs. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType, Dependencies>(
  tool: ToolDefinition<Input, Output, Dependencies>,
): ToolDefinition {
  return { ...tool, call: callOf(tool) };
}

/** What it throws may be told where the tool says so. */
export function callOf<Input extends z.ZodType, Dependencies>({
  call,
  errors,
}: Pick<ToolDefinition<Input, z.ZodType, Dependencies>, "call" | "errors">): ToolDefinition["call"] {
  return errors === undefined ? call : showErrors(errors, call);
}

// What a generated tool file exports: the schemas, and the call of the user's function.
import type * as z from "zod";
import type { Caller, Context, Logger, Metrics, Progress, RequestInfo } from "../contracts/index.js";
import type { JsonSchema } from "../arguments/json-schema.js";
import type { Policy, PolicyCall } from "../policies/policy.js";
import type { CallResult } from "../results/result.js";

/** What the server itself can hand to a function. One set per call. */
export interface Contracts {
  readonly context: Context;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Undefined for anonymous callers. */
  readonly caller: Caller | undefined;
  readonly requestInfo: RequestInfo;
}

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
  /** What is wrapped around the call; see `policies/compose.ts` for the order. */
  readonly policies?: readonly Policy[];
  /** Present where the tool takes several items: `policies` and `call` are for one of them. See `batch.ts`. */
  readonly batch?: Batch;
  /** What the call takes of the container, by its name there. */
  readonly needs?: readonly string[];
  /** Calls the function with decoded arguments. */
  call(input: z.output<Input>, given: Contracts & Dependencies): unknown;
}

/** What the policies hand on from the request to the function. */
export interface ToolCall extends PolicyCall {
  readonly contracts: Contracts;
}

export type RunCall = (call: ToolCall) => Promise<CallResult>;

export interface Batch {
  /** Of the arguments of one item; `inputSchema` is the tool's. */
  itemSchema(inputSchema: JsonSchema): JsonSchema;
  /** What the function returned for one item, checked and encoded. */
  present(value: unknown): CallResult;
  run(call: ToolCall, runItem: RunCall): Promise<CallResult>;
}

/**
 * `structured`: an object, as `structuredContent` and as text. `text`: JSON text, or the string itself.
 * `empty`: nothing. `content`: MCP content, passed through.
 */
export type ResultKind = "structured" | "text" | "empty" | "content";

/** Gives `call` the types of the schemas and of what it needs. */
export function defineTool<Input extends z.ZodType, Output extends z.ZodType, Dependencies>(
  tool: ToolDefinition<Input, Output, Dependencies>,
): ToolDefinition {
  return tool;
}

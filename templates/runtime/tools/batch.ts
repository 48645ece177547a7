// `@batch`: a tool for several items, made of the call for one. Each succeeds or fails by itself, in its own policies;
// how many run at once is bounded, one deadline is for all of them.
import * as z from "zod";
import { isSchema, propertiesOf, type JsonSchema } from "../arguments/json-schema.js";
import { derive } from "../call/scope.js";
import { canonicalJson } from "../codecs/canonical.js";
import type { ItemError, ItemResult } from "../contracts/index.js";
import { classifyError } from "../errors/classify.js";
import type { FailureKind } from "../errors/kinds.js";
import { presentError } from "../errors/present.js";
import { timeLimitOf } from "../policies/compose.js";
import type { JsonObject } from "../call/tool-call.js";
import { encodeValue } from "../results/present.js";
import type { RunCall, ToolCall } from "../call/tool-call.js";
import { callOf, type Batch, type ToolDefinition } from "./definition.js";

export interface BatchDefinition<Item extends z.ZodType, Output extends z.ZodType, Dependencies> extends Omit<
  ToolDefinition<Item, Output, Dependencies>,
  "input" | "batch" | "wrapped"
> {
  /** The arguments of one call. */
  readonly item: Item;
  /** How many items a call may have. */
  readonly max: number;
  /** How many of them run at once. */
  readonly concurrency: number;
  /** Items that are the same are one call of the function, which changes nothing. */
  readonly coalesces?: true;
  /** The results of all are text alone. */
  readonly asText?: true;
}

/** `output`, `result`, `policies` and `call` are those of one item. */
export function defineBatch<Item extends z.ZodType, Output extends z.ZodType, Dependencies>(
  definition: BatchDefinition<Item, Output, Dependencies>,
): ToolDefinition {
  const { item, max, concurrency, coalesces, asText, output, result, ...tool } = definition;
  const { name, policies = [] } = tool;
  const limit = timeLimitOf(policies, name);
  const batch: Batch = {
    itemSchema,
    present: (value) => {
      const encoded = result === "empty" ? null : encodeValue(output, value);
      return { content: [], structuredContent: { result: encoded ?? null } };
    },
    run: async (call, runItem) => {
      const deadline = limit === undefined ? Infinity : performance.now() + limit;
      const calls = itemCalls(call, deadline);
      const groups = coalesces === true ? groupEqual(calls) : calls.map((_, index) => [index]);
      const results: ItemResult<unknown>[] = [];
      let done = 0;
      await runSome(groups, concurrency, async (group) => {
        const [first = 0] = group;
        const outcome = await runOne(calls[first] ?? call, { runItem, deadline });
        for (const index of group) results[index] = { index, ...outcome };
        done += group.length;
        call.contracts.progress(done, calls.length);
      });
      const value = summarize(results);
      const answer = {
        content: [{ type: "text", text: JSON.stringify(value) }],
        ...(value.succeeded === 0 && failure),
      };
      return asText === true ? answer : { ...answer, structuredContent: value };
    },
  };
  const input = z.strictObject({ items: z.array(item).min(1).max(max) });
  return { ...tool, call: callOf(tool), input, result: asText ? "text" : "structured", batch };
}

/** As that of a tool for one item would be. */
function itemSchema(inputSchema: JsonSchema): JsonSchema {
  const items = propertiesOf(inputSchema)["items"]?.["items"];
  const definitions = inputSchema["$defs"];
  return isSchema(items) ? { ...items, ...(definitions !== undefined && { $defs: definitions }) } : inputSchema;
}

/** What a client is told of the progress is how many items are done; one item's own would be mixed up with others'. */
function itemCalls(call: ToolCall, deadline: number): readonly ToolCall[] {
  const progress = (): void => undefined;
  const contracts = derive(call.contracts, { progress, context: { ...call.contracts.context, progress } });
  const { items } = call.input as { readonly items: readonly unknown[] };
  const wires = call.wire["items"] as readonly JsonObject[];
  return items.map((input, index) => ({
    ...call,
    contracts,
    input,
    wire: wires[index] ?? {},
    ...(deadline !== Infinity && { deadline }),
  }));
}

/** The places of items that are the same, in the order of the first of each. */
function groupEqual(calls: readonly ToolCall[]): readonly (readonly number[])[] {
  const groups = new Map<string, number[]>();
  for (const [index, { wire }] of calls.entries()) {
    const key = canonicalJson(wire);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return [...groups.values()];
}

/** Begins them in their order, so many at once. */
async function runSome<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const worker = async (): Promise<void> => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
}

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: ItemError };

interface Run {
  readonly runItem: RunCall;
  readonly deadline: number;
}

/** Never rejects. What is not begun before the end is not begun at all. */
async function runOne(call: ToolCall, { runItem, deadline }: Run): Promise<Outcome> {
  if (call.signal.aborted) return failed("cancelled", "The call was cancelled before this item was begun.");
  if (isOver(deadline)) return failed("deadline", "The time of the call was up before this item was begun.");
  try {
    const { structuredContent } = await runItem(call);
    return { ok: true, value: (structuredContent as { readonly result: unknown }).result };
  } catch (error) {
    const { kind } = classifyError(error);
    const isLate = (kind === "timeout" || kind === "overloaded") && isOver(deadline);
    return failed(isLate ? "deadline" : kind, presentError(error, call));
  }
}

/** Timers may be a moment early. */
function isOver(deadline: number): boolean {
  return performance.now() >= deadline - 1;
}

const passing: ReadonlySet<string> = new Set<FailureKind | "deadline">([
  ...(["unavailable", "timeout", "rateLimited", "overloaded", "cancelled", "deadline"] as const),
]);

/** The message is for the client: `presentError` has made it. */
function failed(code: FailureKind | "deadline", message: string): Outcome {
  return { ok: false, error: { code, message, retryable: passing.has(code) } };
}

/** Only where nothing succeeded. */
const failure = { isError: true };

function summarize(results: readonly ItemResult<unknown>[]) {
  const succeeded = results.filter(({ ok }) => ok).length;
  return { results, succeeded, failed: results.length - succeeded };
}

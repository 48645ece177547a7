/* eslint-disable @typescript-eslint/require-await -- Generators are asynchronous here because streams are. */
// Streams as tools, and what they give and see.
import { afterEach, beforeEach, expect, vi } from "vitest";
import { z } from "zod";
import type { Contracts } from "../../../templates/runtime/call/tool-call.js";
import { createContextCall } from "../../../templates/runtime/context/call.js";
import type { CallParts } from "../../../templates/runtime/dispatch/plain-call.js";
import type { CallEnvironment } from "../../../templates/runtime/call/environment.js";
import { waitUntilIdle } from "../../../templates/runtime/lifecycle/running.js";
import type { Policy } from "../../../templates/runtime/policies/policy.js";
import { definePages } from "../../../templates/runtime/streams/pages.js";
import type { ToolDefinition } from "../../../templates/runtime/tools/definition.js";

/** Nothing that a test leaves behind may wait in the next one. */
export function useFakeTime(): void {
  beforeEach(() => vi.useFakeTimers());
  afterEach(async () => {
    const idle = waitUntilIdle(10_000);
    await vi.advanceTimersByTimeAsync(10_000);
    await idle;
    vi.useRealTimers();
  });
}

export const input = z.strictObject({ to: z.number() });
export type Work = (given: { readonly to: number }, contracts: Contracts) => AsyncIterable<number>;

export interface Answer {
  readonly items?: readonly number[];
  readonly nextCursor?: string;
  readonly truncated?: boolean;
  /** Of a failed call. */
  readonly error?: string;
  readonly kind?: string;
}

export type Options = Partial<Pick<CallParts, "supply">> & {
  readonly policies?: readonly Policy[];
  readonly name?: string;
  readonly maxBytes?: number;
};

export function serve(tool: ToolDefinition, { supply }: Options = {}) {
  const surface = { inputSchema: { type: "object", properties: { to: {}, cursor: {}, limit: {} } }, outputSchema: {} };
  const call = createContextCall({ tool, surface, server: "shop", supply });
  return async (given: object, environment: Partial<CallEnvironment> = {}): Promise<Answer> => {
    const reply = await call(given, { signal: new AbortController().signal, ...environment });
    if (reply.kind !== "result") return { kind: reply.kind };
    const { content, structuredContent, isError } = reply.result as {
      content: readonly [{ text: string }];
      structuredContent?: Answer;
      isError?: boolean;
    };
    if (isError) return { error: content[0].text };
    expect(JSON.parse(content[0].text)).toEqual(structuredContent);
    return structuredContent ?? {};
  };
}

export function pages(work: Work, { policies, name = "count", maxBytes = 90_000, ...options }: Options = {}) {
  const own = { name, input, output: z.number(), size: 3, max: 10, maxBytes, ttl: "5m", call: work } as const;
  return serve(definePages({ ...own, ...(policies && { policies }) }), options);
}

/** Counts what is pulled of it, and its ends. */
export function counter() {
  const seen = { pulled: 0, begun: 0, ended: 0 };
  const work: Work = async function* ({ to }, _given) {
    seen.begun += 1;
    try {
      for (let n = 1; n <= to; n += 1) {
        seen.pulled += 1;
        yield n;
      }
    } finally {
      seen.ended += 1;
    }
  };
  return { seen, work };
}

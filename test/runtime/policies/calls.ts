// Calls as the dispatcher makes them, and policies that tell what they see.
import { textResult, type PolicyCall } from "../../../templates/runtime/call/tool-call.js";
import type { Policy, PolicyKind } from "../../../templates/runtime/policies/policy.js";

export const tool = { name: "lookup", server: "shop", inputSchema: { type: "object" } } as const;

export function callWith(members: Partial<PolicyCall> = {}): PolicyCall {
  const { signal } = new AbortController();
  return { tool: tool.name, requestId: "r1", input: {}, wire: {}, signal, ...members };
}

/** Notes when it is entered and left. */
export function tracing(kind: PolicyKind, seen: string[]): Policy {
  return {
    kind,
    bind: () => async (call, next) => {
      seen.push(`${kind} in`);
      const result = await next(call);
      seen.push(`${kind} out`);
      return result;
    },
  };
}

export const done = textResult("done");

export interface Outcome {
  readonly value?: unknown;
  readonly error?: unknown;
}

/** Undefined until it has settled. */
export function outcomeOf(work: Promise<unknown>): () => Outcome | undefined {
  let outcome: Outcome | undefined;
  work.then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  );
  return () => outcome;
}

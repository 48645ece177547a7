// What a policy is: one behaviour around a tool, from a tag of its function. Layers see arguments and results in
// wire form and failures as exceptions; what the client is told of a failure is decided further out.
import type { JsonSchema } from "../arguments/json-schema.js";
import type { CallResult } from "../results/result.js";

/** Made by `retry(…)`, `circuit(…)` and their like in a generated tool file; bound once, when the server starts. */
export interface Policy {
  readonly kind: PolicyKind;
  /** The longest that a call may take in all, in milliseconds: counted from before the first layer. */
  readonly total?: number;
  bind(tool: PolicyTool): Layer;
}

/** In the one order of application, outermost first; see `compose.ts`. */
export type PolicyKind =
  | "rateLimit"
  | "concurrency"
  | "serialize"
  | "invalidates"
  | "cache"
  | "timeout"
  | "retry"
  | "circuit"
  | "attemptTimeout";

/** The tool that a policy is bound to. */
export interface PolicyTool {
  readonly name: string;
  /** The server's name: what several servers share (a cache, a limiter) keeps them apart by it. */
  readonly server: string;
  readonly inputSchema: JsonSchema;
  /** Absent unless the result is structured. */
  readonly outputSchema?: JsonSchema | undefined;
}

/** Runs what is further in, as often as it calls `next`, with the call that it hands on. */
export type Layer = (call: PolicyCall, next: Next) => Promise<CallResult>;

export type Next = (call: PolicyCall) => Promise<CallResult>;

/** One call on its way inwards. A layer that changes it hands on a copy: `next({ ...call, signal })`. */
export interface PolicyCall {
  readonly tool: string;
  readonly requestId: string;
  /** The arguments decoded, as the function takes them. */
  readonly input: unknown;
  /** The same arguments as the client sent them, after validation: what keys are made of. */
  readonly wire: JsonObject;
  /** What the function gets: aborted when nobody waits for the outcome any more. */
  readonly signal: AbortSignal;
  /** In milliseconds of `performance.now()`; absent without a limit. */
  readonly deadline?: number;
  /** Who is calling; absent for anonymous callers. */
  readonly caller?: string;
}

/** As parsed from JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

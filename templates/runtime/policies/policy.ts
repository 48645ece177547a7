// What a policy is: one behaviour around a tool, from a tag of its function. Layers see arguments and results in
// wire form and failures as exceptions; what the client is told of a failure is decided further out.
import type { JsonSchema } from "../arguments/json-schema.js";
import type { CallResult } from "../call/result.js";
import type { Next, PolicyCall } from "../call/tool-call.js";

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

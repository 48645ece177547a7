// One call of a tool on its way inwards: what policies read of it, and what the function gets beside its arguments.
import type { Caller, Context, Logger, Metrics, Progress, RequestInfo } from "../contracts/index.js";
import type { CallResult } from "./result.js";

/** As parsed from JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What the server itself can hand to a function. One set per call, each made when it is read. */
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

/** A layer that changes it hands on a copy: `next({ ...call, signal })`. */
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

/** What the policies hand on from the request to the function. */
export interface ToolCall extends PolicyCall {
  readonly contracts: Contracts;
}

export type Next = (call: PolicyCall) => Promise<CallResult>;

export type RunCall = (call: ToolCall) => Promise<CallResult>;

// The dependency types that `mcpgen` exports: a parameter typed with one of these is injected.
// Copied by mcpgen as it is; all but `bind` and `providers` are types, so nothing of them is left at run time.
export type {
  AudioContent,
  CallToolResult,
  EmbeddedResource,
  ImageContent,
  ResourceLink,
  TextContent,
} from "./content.js";
export type { Cache, CacheOptions, ComputeOptions } from "./cache.js";
export type { Caller, RequestInfo } from "./caller.js";
export type { Database, ItemError, ItemResult } from "./database.js";
export type { Duration } from "./duration.js";
export type { HttpClient, HttpDefaults, HttpError, HttpOptions, HttpResponse } from "./http.js";
export type { Lock, LockOptions } from "./lock.js";
export type { Labels, Metrics } from "./metrics.js";
import type { Caller } from "./caller.js";
import type { Metrics } from "./metrics.js";
export { bind, providers, type Binding, type ProviderSet } from "./wiring.js";

/** What a call knows about itself. One per tool call. */
export interface Context {
  /** Made by the server, unique for each call; it is in every log line and error text of the call. */
  readonly requestId: string;
  /** The name of the tool that was called. */
  readonly tool: string;
  /** Aborted when the client cancels or disconnects, when the server shuts down, and once the call has settled. */
  readonly signal: AbortSignal;
  /** Absent when the call has no time limit. */
  readonly deadline?: Date;
  /** Absent for anonymous callers. */
  readonly caller?: Caller;
  /** What the client said of itself when it connected. */
  readonly client?: { readonly name: string; readonly version: string };
  /** Writes to stderr (stdout is the protocol's), with the request id in each line. */
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Does nothing unless the client asked for progress. */
  readonly progress: Progress;
  /**
   * Keeps background work alive past the answer: shutdown waits for it. A rejection is logged. Work that is given as a
   * function is out of the call's limits: its requests, queries and locks are not called off when the call has settled.
   */
  waitUntil(work: Promise<unknown> | ((signal: AbortSignal) => Promise<unknown>)): void;
}

/**
 * Reports progress to the client. `progress` must grow from report to report; smaller values are dropped.
 * At most ten reports a second are sent, the latest wins.
 */
export type Progress = (progress: number, total?: number, message?: string) => void;

/** Structured log lines on stderr. Never throws; values under secret-looking keys are redacted. */
export interface Logger {
  readonly debug: LogFn;
  readonly info: LogFn;
  readonly warn: LogFn;
  readonly error: LogFn;
  /** A logger that adds `fields` to each of its lines. */
  child(fields: Record<string, unknown>): Logger;
}

export type LogFn = (message: string, fields?: Record<string, unknown>) => void;

// What a transport knows about one call, in words that belong to no SDK.
import type { Caller } from "../contracts/index.js";

/** Transports make each of these when it is read first: most calls ask for none. */
export interface CallEnvironment {
  /** Aborted when the client cancels the call or its connection is lost. */
  readonly signal: AbortSignal;
  /** Absent for anonymous callers. */
  readonly caller?: Caller | undefined;
  /** What the client said of itself when it connected. */
  readonly client?: ClientInfo | undefined;
  /** The request's `_meta`, as it came. */
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
  /** What the request is called where it came in; for traces alone. */
  readonly wire?: WireRequest | undefined;
  /** Present only when the client asked for progress and its transport can carry it. */
  readonly sendProgress?: ((report: ProgressReport) => void) | undefined;
}

export interface WireRequest {
  /** The client's own, unique only among those that it waits for. */
  readonly requestId: string;
  readonly sessionId?: string | undefined;
  readonly transport: "pipe" | "tcp";
}

export interface ClientInfo {
  readonly name: string;
  readonly version: string;
}

export interface ProgressReport {
  readonly progress: number;
  readonly total?: number;
  readonly message?: string;
}

// The contracts `Caller` and `RequestInfo`: who calls, and which call it is. Only types.

/** Who is calling, as the transport has verified it. */
export interface Caller {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface RequestInfo {
  readonly requestId: string;
  readonly tool: string;
  readonly startedAt: Date;
  /** Of the trace that the call belongs to, where there is one. */
  readonly traceId?: string;
}

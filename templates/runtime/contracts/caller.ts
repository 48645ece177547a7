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
  /** 32 hexadecimal digits: of the client's trace where it sent one (`_meta.traceparent`), else the request id's own. */
  readonly traceId: string;
}

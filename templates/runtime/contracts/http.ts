// The contract `HttpClient`: requests to other services. Only types.
import type { Duration } from "./duration.js";

/**
 * Sends HTTP requests over pooled connections, within the time limit of the call and aborted with it. Requests that are
 * safe to repeat are repeated when the service is unavailable. Each carries `x-request-id` and `traceparent`.
 */
export interface HttpClient {
  /** Resolves whatever the status. The connection is free again once the body is read, or the call has ended. */
  request(method: string, url: string | URL, options?: HttpOptions): Promise<HttpResponse>;
  /** Rejects with an `HttpError` for a status of 400 or more. */
  getJson<T = unknown>(url: string | URL, options?: HttpOptions): Promise<T>;
  /** Rejects with an `HttpError` for a status of 400 or more. */
  postJson<T = unknown>(url: string | URL, body: unknown, options?: HttpOptions): Promise<T>;
  /**
   * A client with these defaults; what a request says itself comes first. Beside a `baseUrl`, the headers, the query
   * and `allowPrivate` are for its origin alone: absolute URLs of other origins get none of them.
   */
  extend(defaults: HttpDefaults): HttpClient;
}

export interface HttpOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Added to the URL's own; undefined members are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: string | Uint8Array;
  /** In all, retries and reading included; default 10 s, never more than the call has left. */
  readonly timeout?: Duration;
  /**
   * Attempts in all; default 3 for GET, HEAD, OPTIONS, PUT and DELETE, 1 for others. Another one is made after a
   * failed connection and the statuses 408, 425, 429, 500, 502, 503 and 504, not before `Retry-After`.
   */
  readonly attempts?: number;
  /** A longer response is refused, its length taken after decompression; default 10 MB. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /**
   * Private addresses (loopback, private and link-local networks) are refused unless this is set, or the environment's
   * `MCP_HTTP_ALLOW_PRIVATE` lists the host name, the address or its network (`10.0.0.0/8`). Not for URLs that
   * arguments decide.
   */
  readonly allowPrivate?: boolean;
}

export interface HttpDefaults extends HttpOptions {
  /** What relative URLs start from, as from a folder, and stay below. */
  readonly baseUrl?: string;
}

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  json<T = unknown>(): Promise<T>;
  text(): Promise<string>;
}

/** What `getJson` and `postJson` reject with. */
export interface HttpError extends Error {
  readonly status: number;
  /** The beginning of what was answered. It is in no message and in no log line. */
  readonly body: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

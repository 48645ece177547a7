// What is worth a span: a call, a request to another service, an attempt, a look into the cache. Without a tracer it
// is the work and nothing else.
import { currentScope } from "../call/scope.js";
import { traceHeaders } from "../call/trace.js";

export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface SpanStart {
  readonly name: string;
  /** `client`: another service is asked; `server`: somebody asks us. */
  readonly kind?: "client" | "server" | "internal";
  readonly attributes?: Attributes;
}

/** What is learnt while the work runs. */
export interface Span {
  set(attributes: Attributes): void;
  /** The work failed though it throws nothing. */
  fail(type: string): void;
}

export interface Tracer {
  /** A failure of the work is the span's too; a failure of the tracer is nobody's. */
  run<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T>;
  /** Of the running span. */
  headers(): Readonly<Record<string, string>>;
}

const silent: Span = { set: () => undefined, fail: () => undefined };

let tracer: Tracer | undefined;

/** Undefined: from now on nothing is traced. */
export function traceWith(chosen: Tracer | undefined): void {
  tracer = chosen;
}

export function span<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
  return tracer === undefined ? work(silent) : tracer.run(start, work);
}

/** `traceparent` and its like for a request that the running call sends on; none outside of calls. */
export function outgoingTrace(): Readonly<Record<string, string>> {
  if (tracer !== undefined) return tracer.headers();
  const trace = currentScope()?.trace;
  return trace === undefined ? {} : traceHeaders(trace);
}

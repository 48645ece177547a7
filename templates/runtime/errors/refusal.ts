// Calls that are refused at once because there is too much to do, or because what they need is known to be down.
// The kinds have codes of their own, so that nothing repeats such a call at once or counts it against a dependency.

export type RefusalCode = "OVERLOADED" | "POOL_EXHAUSTED" | "CIRCUIT_OPEN";

export interface Refusal {
  readonly code: RefusalCode;
  /** Shown to the client. */
  readonly message: string;
  /** Seconds until another attempt makes sense. */
  readonly retryAfter?: number;
}

export function createRefusal({ code, message, retryAfter }: Refusal): Error {
  const error = new Error(message);
  error.name = "Refusal";
  return Object.assign(error, {
    code,
    status: 503,
    expose: true,
    ...(retryAfter !== undefined && { retryAfter: Math.max(1, Math.ceil(retryAfter)) }),
  });
}

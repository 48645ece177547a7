// The seam to the network: one attempt of a request → the head of the answer and its body as it comes. Behind it are
// undici's pools, or a test's list of answers.

export interface Attempt {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly signal: AbortSignal;
  readonly allowPrivate: boolean;
}

export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Reads no more of it. */
  discard(): void;
}

export type Send = (attempt: Attempt) => Promise<Answer>;

// What kinds of failure there are: what is retried, counted and told goes by these.

export type FailureKind =
  | "invalidInput"
  | "notFound"
  | "conflict"
  | "denied"
  | "rateLimited"
  | "unavailable"
  | "timeout"
  /** Its own signal was aborted: nobody waits for it any more. */
  | "cancelled"
  /** It was refused at once: see `refusal.ts`. */
  | "overloaded"
  | "bug";

/** What a call is counted as. `error`: the function itself returned an error as its result. */
export type Outcome = "ok" | "error" | FailureKind;

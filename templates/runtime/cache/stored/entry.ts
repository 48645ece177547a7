// One kept result, and for how long it may be given to whom. All times are in milliseconds of `performance.now()`.
import { toMilliseconds } from "../../time/duration.js";
import type { Duration } from "../../contracts/index.js";

export interface Entry {
  readonly kind: EntryKind;
  /** As its form holds it: frozen, or text. */
  readonly held: unknown;
  readonly bytes: number;
  readonly tags: readonly string[];
  /** Until then it is given as it is. */
  readonly freshUntil: number;
  /** Until then it is given while a new one is computed. */
  readonly swrUntil: number;
  /** Until then it is given when no new one can be computed. */
  readonly spareUntil: number;
  /** Until then this process need not ask Redis. */
  readonly localUntil: number;
}

/** `absent`: a value that says that there is nothing. `failure`: what was asked for was not found. */
export type EntryKind = "value" | "absent" | "failure";

export type State = "fresh" | "stale" | "spare" | "gone";

export function stateOf(entry: Entry, now: number): State {
  if (now < entry.freshUntil) return "fresh";
  if (now < entry.swrUntil) return "stale";
  return now < entry.spareUntil ? "spare" : "gone";
}

/** As tags and options state them. */
export interface Spans {
  readonly ttl: Duration;
  /** In the memory of a process that has Redis beside it. */
  readonly l1?: Duration | undefined;
  readonly swr?: Duration | undefined;
  readonly staleIfError?: Duration | undefined;
  /** For what was not found. */
  readonly negative?: Duration | undefined;
}

/** In milliseconds. */
export interface Lifetime {
  readonly ttl: number;
  readonly l1: number;
  readonly swr: number;
  /** Beyond `ttl`; at least `swr`. */
  readonly spare: number;
}

export interface Lifetimes {
  readonly found: Lifetime;
  /** Undefined: what was not found is not kept, or kept as any value. */
  readonly negative: Lifetime | undefined;
}

/** Without `l1`: how long a lost message about an invalidation can go unnoticed. */
const longestUnasked = 30_000;

export function readSpans(spans: Spans): Lifetimes {
  const ttl = toMilliseconds(spans.ttl);
  const l1 = spans.l1 === undefined ? Math.min(ttl, longestUnasked) : toMilliseconds(spans.l1);
  const swr = toMilliseconds(spans.swr ?? 0);
  const spare = Math.max(swr, toMilliseconds(spans.staleIfError ?? 0));
  const negative = spans.negative === undefined ? undefined : toMilliseconds(spans.negative);
  return {
    found: { ttl, l1, swr, spare },
    negative: negative === undefined ? undefined : { ttl: negative, l1: Math.min(l1, negative), swr: 0, spare: 0 },
  };
}

/** Up to a tenth less, so that what was kept together does not end together. */
export function jitter({ ttl, ...rest }: Lifetime): Lifetime {
  return { ...rest, ttl: ttl * (1 - Math.random() / 10) };
}

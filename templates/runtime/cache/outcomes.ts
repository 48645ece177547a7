// What is counted of caches: how each question was answered, how long computing took, what memory holds.
import { bindSeries, describeMetric } from "../metrics/registry.js";
import type { Size } from "./memory.js";

export type Outcome = "hit_l1" | "hit_l2" | "miss" | "coalesced" | "stale" | "negative" | "error";

const names = {
  requests: "cache_requests_total",
  compute: "cache_compute_seconds",
  invalidations: "cache_invalidations_total",
  entries: "cache_entries",
  bytes: "cache_bytes",
  evictions: "cache_evictions",
} as const;

describeMetric(names.requests, "Questions to caches, by how they were answered.");
describeMetric(names.compute, "How long it took to compute what was not kept, in seconds.");
describeMetric(names.invalidations, "Invalidations, by whether Redis could be told.");
describeMetric(names.entries, "Results in memory.");
describeMetric(names.bytes, "Bytes of results in memory, as JSON.");
describeMetric(names.evictions, "Results that had to go from memory before their time.");

export interface Counters {
  count(outcome: Outcome): void;
  /** In milliseconds. */
  computed(duration: number): void;
}

/** Once for each tool: neither keys nor callers are labels. */
export function countCache(cache: string): Counters {
  const outcomes = new Map<Outcome, ((value: number) => void) | undefined>();
  const duration = bindSeries("histogram", names.compute, { cache });
  return {
    count(outcome) {
      if (!outcomes.has(outcome)) outcomes.set(outcome, bindSeries("counter", names.requests, { cache, outcome }));
      outcomes.get(outcome)?.(1);
    },
    computed: (milliseconds) => duration?.(milliseconds / 1_000),
  };
}

export function countInvalidation(outcome: "told" | "failed"): void {
  bindSeries("counter", names.invalidations, { outcome })?.(1);
}

export function measureMemory(): (size: Size) => void {
  const entries = bindSeries("gauge", names.entries, {});
  const bytes = bindSeries("gauge", names.bytes, {});
  const evictions = bindSeries("gauge", names.evictions, {});
  return (size) => {
    entries?.(size.entries);
    bytes?.(size.bytes);
    evictions?.(size.evictions);
  };
}

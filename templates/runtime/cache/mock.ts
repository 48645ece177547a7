// For tests: a cache of its own, which says what has been asked of it. It keeps the promises of the real one, whose
// code it is, without Redis.
import type { Cache } from "../contracts/index.js";
import { createContract } from "./contract.js";
import type { Counters, Outcome } from "./outcomes.js";
import { createServerCache, type ServerCache } from "./tiers.js";

export interface MockCache extends Cache {
  /** How often something was there. */
  readonly hitCount: number;
  /** How often nothing was there. */
  readonly missCount: number;
  /** How often something was kept: set, or computed. */
  readonly setCount: number;
  /** Of what is kept; those of a namespace with its name and a slash before them. */
  keys(): readonly string[];
}

export function mockCache(): MockCache {
  const counts = new Map<Outcome, number>();
  const keys = new Map<string, string>();
  let sets = 0;
  const sum = (...outcomes: readonly Outcome[]): number =>
    outcomes.reduce((total, outcome) => total + (counts.get(outcome) ?? 0), 0);

  const opened = createServerCache("test", () => undefined);
  const counted: ServerCache = {
    ...opened.cache,
    put(key, value, how) {
      sets += 1;
      return opened.cache.put(key, value, how);
    },
  };
  const counters: Counters = {
    count(outcome) {
      counts.set(outcome, sum(outcome) + 1);
    },
    computed() {
      sets += 1;
    },
  };
  const contract = createContract({
    server: "test",
    cache: () => counted,
    countersOf: () => counters,
    onKey: (name, path) => void keys.set(name, path.join("/")),
  });
  return Object.defineProperties(contract as MockCache, {
    hitCount: { get: () => sum("hit_l1", "hit_l2", "coalesced", "stale", "negative") },
    missCount: { get: () => sum("miss", "error") },
    setCount: { get: () => sets },
    keys: { value: () => [...keys].filter(([name]) => opened.has(name)).map(([, key]) => key) },
  });
}

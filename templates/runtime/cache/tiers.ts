// The cache of a server: memory before Redis before computing. What is fresh in memory is given at once; everything
// else happens once for all who ask for the same.
import { randomUUID } from "node:crypto";
import { addBackground } from "../lifecycle/running.js";
import { currentScope, runInScope } from "../call/scope.js";
import { closeWithServers } from "../lifecycle/resources.js";
import { log } from "../logging/logger.js";
import { useRedis, type Connect } from "../redis/connection.js";
import { createBus } from "./bus.js";
import { jitter, stateOf, type Lifetime } from "./stored/entry.js";
import { createFlights, type Flights } from "./flights.js";
import { give, print, readEntry, toEntry, type Cached } from "./stored/form.js";
import { createInvalidation } from "./invalidation.js";
import { createLeases } from "./lease.js";
import { load, type Answer, type Tiers, type Wanted } from "./load.js";
import { createMemory } from "./memory.js";
import { everything, nameSpace } from "./names.js";
import { measureMemory } from "./outcomes.js";
import { anyGeneration, createRedisTier } from "./redis-tier.js";

export interface ServerCache {
  /** What is fresh in memory. Throws the failure where that is what is kept. */
  recall<T>(key: string, cached: Cached<T>): { readonly value: T } | undefined;
  fetch<T>(wanted: Wanted<T>, asker: Asker): Promise<T>;
  /** What is fresh, in memory or in Redis. */
  read<T>(key: string, cached: Cached<T>): Promise<{ readonly value: T } | undefined>;
  /** In the place of what others may have under this key. */
  put<T>(key: string, value: T, how: Putting<T>): Promise<void>;
  /** Never rejects. */
  invalidate(tags: readonly string[]): Promise<void>;
}

interface OpenServerCache {
  readonly cache: ServerCache;
  /** It is fresh in memory. */
  has(key: string): boolean;
  close(): Promise<void>;
}

/** Who wants to know. */
export interface Asker {
  readonly signal: AbortSignal;
  readonly requestId: string;
}

export interface Putting<T> {
  readonly cached: Cached<T>;
  readonly lifetime: Lifetime;
  readonly tags: readonly string[];
  /** That of the key itself: what is under way for it is out of date. */
  readonly own: string;
}

/** For what goes on after the answer. */
const refreshMilliseconds = 30_000;

const caches = new Map<string, ServerCache>();

/** By the server's name; ask each time rather than keep it. */
export function useCache(server: string): ServerCache {
  const known = caches.get(server);
  if (known !== undefined) return known;
  // Before this: what is opened first is closed last.
  useRedis();
  const opened = createServerCache(server, useRedis);
  caches.set(server, opened.cache);
  closeWithServers(() => {
    caches.delete(server);
    return opened.close();
  });
  return opened.cache;
}

interface Parts extends Tiers {
  readonly flights: Flights;
  /** How often something has been dropped. */
  drops(): number;
  invalidate(tags: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Without a connection it is one of this process alone. */
export function createServerCache(server: string, connect: Connect): OpenServerCache {
  const parts = assemble(nameSpace(server), connect);
  return {
    cache: {
      recall: (key, cached) => recall(parts, key, cached),
      fetch: (wanted, asker) => fetch(parts, wanted, asker),
      read: (key, cached) => read(parts, key, cached),
      put: (key, value, how) => put(parts, { key, value }, how),
      invalidate: (tags) => parts.invalidate(tags),
    },
    has: (key) => (parts.memory.get(key)?.freshUntil ?? 0) > performance.now(),
    close: () => parts.close(),
  };
}

function assemble(space: string, connect: Connect): Parts {
  const memory = createMemory(measureMemory());
  const flights = createFlights();
  let drops = 0;
  const drop = (tags: readonly string[]): void => {
    drops += 1;
    memory.dropTags(tags);
    flights.outdate(tags);
  };
  const bus = createBus({ connect, channel: `${space}#bus`, onOutdated: drop, onGap: () => drop([everything]) });
  const redis = createRedisTier({
    connect,
    space,
    channel: bus.channel,
    isPending: (tags) => invalidation.isPending(tags),
  });
  const invalidation = createInvalidation({
    drop,
    announce: (tags) => redis.invalidate(tags, bus.print({ kind: "outdated", tags })),
  });
  bus.open();
  return {
    memory,
    flights,
    bus,
    redis,
    leases: createLeases({ space, bus, connect }),
    drops: () => drops,
    invalidate: (tags) => invalidation.invalidate(tags),
    close: () => invalidation.close(),
  };
}

function recall<T>({ memory }: Parts, key: string, cached: Cached<T>): { readonly value: T } | undefined {
  const entry = memory.get(key);
  const now = performance.now();
  if (entry === undefined || now >= entry.localUntil || now >= entry.freshUntil) return undefined;
  cached.counters.count(entry.kind === "value" ? "hit_l1" : "negative");
  return { value: give(entry, cached) };
}

async function fetch<T>(parts: Parts, wanted: Wanted<T>, { signal, requestId }: Asker): Promise<T> {
  const { key, tags, cached } = wanted;
  const { counters, coalesce } = cached;
  const entry = parts.memory.get(key);
  const now = performance.now();
  if (entry !== undefined && now < entry.localUntil && stateOf(entry, now) === "stale") {
    counters.count("stale");
    refresh(parts, wanted);
    return give(entry, cached);
  }
  const joined = parts.flights[coalesce === "off" ? "alone" : "join"]({ key, tags, signal, requestId }, (flight) =>
    load({ tiers: parts, wanted, flight, isRefresh: false }),
  );
  if (!joined.isLeader) {
    counters.count("coalesced");
    log.debug("joined a computation under way", { joined: joined.flight.leader });
    return settle(await joined.outcome, cached);
  }
  const answer = await joined.outcome.catch((error: unknown) => {
    counters.count("error");
    throw error;
  });
  counters.count(answer.kind === "kept" ? answer.outcome : "miss");
  if (answer.kind === "kept" && answer.isDue === true) refresh(parts, wanted);
  return answer.kind === "computed" ? answer.value : give(answer.entry, cached);
}

/** Those who joined do not share an object with the one who computed. */
function settle<T>(answer: Answer<T>, cached: Cached<T>): T {
  if (answer.kind === "kept") return give(answer.entry, cached);
  return answer.entry === undefined ? answer.value : give(answer.entry, cached);
}

/** Computes anew after the answer, in a request of its own, unless somebody does already. */
function refresh<T>(parts: Parts, wanted: Wanted<T>): void {
  const { key, tags } = wanted;
  if (parts.flights.has(key)) return;
  const signal = AbortSignal.timeout(refreshMilliseconds);
  const requestId = randomUUID();
  const trigger = currentScope();
  const work = async (): Promise<void> => {
    log.debug("an old result is computed anew", { trigger: trigger?.requestId });
    try {
      await parts.flights.join({ key, tags, signal, requestId }, (flight) =>
        load({ tiers: parts, wanted, flight, isRefresh: true }),
      ).outcome;
    } catch (error) {
      log.warn("an old result could not be computed anew", { error });
    }
  };
  if (trigger === undefined) return addBackground(work());
  const { deadline: _, ...scope } = trigger;
  addBackground(runInScope({ ...scope, requestId, signal }, work));
}

async function read<T>(parts: Parts, key: string, cached: Cached<T>): Promise<{ readonly value: T } | undefined> {
  const recalled = recall(parts, key, cached);
  if (recalled !== undefined) return recalled;
  const drops = parts.drops();
  const { record } = await parts.redis.look(key, []);
  const entry = record && readEntry(record, cached, parts.redis);
  if (entry === undefined || stateOf(entry, performance.now()) !== "fresh") {
    cached.counters.count("miss");
    return undefined;
  }
  // Which tags it has was not known before: anything that was dropped may have been this.
  if (parts.drops() === drops) parts.memory.set(key, entry);
  cached.counters.count("hit_l2");
  return { value: give(entry, cached) };
}

async function put<T>(parts: Parts, { key, value }: { readonly key: string; readonly value: T }, how: Putting<T>) {
  const { cached, lifetime, tags, own } = how;
  const written = print(value, cached);
  if (written === undefined) return;
  const record = { ...written, tags, ...jitter(lifetime) };
  const told = parts.invalidate([own]);
  parts.memory.set(key, toEntry(record, cached, parts.redis));
  await told;
  addBackground(
    parts.redis.write(
      key,
      record,
      tags.map(() => anyGeneration),
    ),
  );
}

// What happens on a miss, once for all who wait: look in Redis, let one process of all compute where that was asked
// for, compute, keep. A failure may be answered with what is past its time.
import { addBackground } from "../lifecycle/running.js";
import { currentScope, runInScope } from "../call/scope.js";
import type { FailureKind } from "../errors/kinds.js";
import { log } from "../logging/logger.js";
import type { Bus, Ending } from "./bus.js";
import { jitter, stateOf, type Entry, type Lifetime } from "./stored/entry.js";
import { keepFailure, recreateFailure, type KeptFailure } from "./failure.js";
import type { Flight } from "./flights.js";
import { print, readEntry, toEntry, type Cached } from "./stored/form.js";
import { waitMilliseconds, type Lease, type Leases } from "./lease.js";
import type { Memory } from "./memory.js";
import type { Outcome } from "./outcomes.js";
import type { Stored } from "./record.js";
import type { RedisTier, Sight } from "./redis-tier.js";

export interface Tiers {
  readonly memory: Memory;
  readonly redis: RedisTier;
  readonly leases: Leases;
  readonly bus: Bus;
}

/** One question. */
export interface Wanted<T> {
  readonly key: string;
  readonly tags: readonly string[];
  readonly cached: Cached<T>;
  compute(flight: Flight): Promise<T>;
}

export type Answer<T> =
  | Found
  /** `entry` is what was kept of it, if it was. */
  | { readonly kind: "computed"; readonly value: T; readonly entry?: Entry | undefined };

interface Found {
  readonly kind: "kept";
  readonly entry: Entry;
  readonly outcome: Outcome;
  /** A new one is to be computed all the same. */
  readonly isDue?: boolean;
}

interface Load<T> {
  readonly tiers: Tiers;
  readonly wanted: Wanted<T>;
  readonly flight: Flight;
  /** Others already have the old one: it is not enough, and not to be waited for. */
  readonly isRefresh: boolean;
}

export async function load<T>(parts: Load<T>): Promise<Answer<T>> {
  const { tiers, wanted } = parts;
  const sight = await tiers.redis.look(wanted.key, wanted.tags);
  const found = takeOver(parts, sight);
  if (found !== undefined) return found;
  if (wanted.cached.coalesce !== "cluster" || sight.generations === undefined) return compute(parts, sight);
  return computeOnce(parts, sight);
}

/** What Redis has, where that is enough; memory has it from then on. */
function takeOver<T>({ tiers, wanted, flight, isRefresh }: Load<T>, { record }: Sight): Found | undefined {
  const entry = record && readEntry(record, wanted.cached, tiers.redis);
  if (entry === undefined) return undefined;
  if (!flight.isOutdated) tiers.memory.set(wanted.key, entry);
  const state = stateOf(entry, performance.now());
  if (state === "fresh") return { kind: "kept", entry, outcome: entry.kind === "value" ? "hit_l2" : "negative" };
  return state === "stale" && !isRefresh ? { kind: "kept", entry, outcome: "stale", isDue: true } : undefined;
}

/** Waits while another process computes the same. */
async function computeOnce<T>(parts: Load<T>, first: Sight): Promise<Answer<T>> {
  const { tiers, wanted } = parts;
  // Listening begins before asking: an end in between is not missed.
  const ending = tiers.bus.ended(wanted.key);
  try {
    return await waitForTurn(parts, first, ending);
  } finally {
    ending.forget();
  }
}

async function waitForTurn<T>(parts: Load<T>, first: Sight, ending: Ending): Promise<Answer<T>> {
  const { tiers, wanted, flight, isRefresh } = parts;
  const until = performance.now() + (isRefresh ? 0 : waitMilliseconds);
  let hasWaited = false;
  for (let sight = first; ;) {
    const lease = await tiers.leases.take(wanted.key);
    if (lease === undefined) return compute(parts, sight);
    if (lease === "held") {
      if (performance.now() >= until) return spareAnswer(parts) ?? compute(parts, sight);
      await tiers.leases.wait(ending, flight.signal);
      hasWaited = true;
    }
    // Also by the holder: another may have been faster, and what it has said arrives before what Redis answers here.
    sight = await tiers.redis.look(wanted.key, wanted.tags);
    const found = takeOver(parts, sight);
    const failure = hasWaited ? ending.failure : undefined;
    if (lease !== "held" && found === undefined && failure === undefined) return computeAsHolder(parts, sight, lease);
    if (lease !== "held") lease.release({});
    if (found !== undefined) return found;
    if (failure !== undefined) throw recreateFailure(failure);
  }
}

async function computeAsHolder<T>(parts: Load<T>, sight: Sight, lease: Lease): Promise<Answer<T>> {
  try {
    const computed = await compute(parts, sight);
    lease.release({ written: computed.written });
    return computed;
  } catch (error) {
    // Those who wait elsewhere have not left.
    lease.release(parts.flight.signal.aborted ? {} : { failure: keepFailure(error) });
    throw error;
  }
}

type Computed<T> = Answer<T> & { readonly written?: Promise<unknown> | undefined };

async function compute<T>(parts: Load<T>, sight: Sight): Promise<Computed<T>> {
  const { wanted, flight } = parts;
  const { counters, lifetimes } = wanted.cached;
  const started = performance.now();
  let value: T;
  try {
    value = await inOwnScope(flight, () => wanted.compute(flight));
  } catch (error) {
    return answerFailure(parts, sight, error);
  } finally {
    counters.computed(performance.now() - started);
  }
  const written = print(value, wanted.cached);
  if (written === undefined) return { kind: "computed", value };
  const lifetime = written.kind === "absent" ? lifetimes.negative : undefined;
  const kept = keep(parts, sight, { ...written, tags: wanted.tags, ...jitter(lifetime ?? lifetimes.found) });
  return { kind: "computed", value, ...kept };
}

/** Failures that may be over soon, and say nothing of what was asked for. */
const passing: ReadonlySet<FailureKind> = new Set(["unavailable", "timeout", "overloaded", "rateLimited"]);

function answerFailure<T>(parts: Load<T>, sight: Sight, error: unknown): Computed<T> {
  const { tiers, wanted } = parts;
  const failure = keepFailure(error);
  if (passing.has(failure.kind)) {
    const spare = spareAnswer(parts);
    if (spare === undefined) throw error;
    log.warn("answered with an old result: a new one could not be computed", { error });
    return spare;
  }
  const { negative } = wanted.cached.lifetimes;
  if (failure.kind === "notFound" && negative !== undefined)
    keepNotFound(parts, sight, { failure, lifetime: negative });
  else if (failure.kind === "notFound") {
    tiers.memory.delete(wanted.key);
    if (sight.record !== undefined) addBackground(tiers.redis.remove(wanted.key));
  }
  throw error;
}

interface NotFound {
  readonly failure: KeptFailure;
  readonly lifetime: Lifetime;
}

function keepNotFound<T>(parts: Load<T>, sight: Sight, { failure, lifetime }: NotFound): void {
  const text = JSON.stringify(failure);
  keep(parts, sight, { kind: "failure", text, tags: parts.wanted.tags, ...jitter(lifetime) });
}

/** What memory still has past its time, where that may be given. */
function spareAnswer<T>({ tiers, wanted }: Load<T>): Found | undefined {
  const entry = tiers.memory.get(wanted.key);
  if (entry?.kind !== "value" || stateOf(entry, performance.now()) === "gone") return undefined;
  return { kind: "kept", entry, outcome: "stale" };
}

interface Kept {
  readonly entry: Entry;
  /** Settles when Redis has it, or will not have it. */
  readonly written?: Promise<unknown> | undefined;
}

/** In memory at once, in Redis off the way of the answer; in neither what was invalidated in the meantime. */
function keep<T>({ tiers, wanted, flight }: Load<T>, { generations }: Sight, record: Stored): Kept {
  const entry = toEntry(record, wanted.cached, tiers.redis);
  if (flight.isOutdated) return { entry };
  tiers.memory.set(wanted.key, entry);
  if (generations === undefined) return { entry };
  const written = tiers.redis.write(wanted.key, record, generations).then((outcome) => {
    if (outcome === "outdated" && tiers.memory.get(wanted.key) === entry) tiers.memory.delete(wanted.key);
  });
  addBackground(written);
  return { entry, written };
}

/** Of the call that began it, without its limits: others may wait longer. */
function inOwnScope<T>({ signal, leader }: Flight, work: () => Promise<T>): Promise<T> {
  const scope = currentScope();
  if (scope === undefined) return work();
  const { deadline: _, ...unlimited } = scope;
  return runInScope({ ...unlimited, requestId: leader, signal }, work);
}

// One lifetime of dependencies, the server's or a call's: makes them in the order of the generated code, and closes
// them once, in reverse, each within its time.
import { createCloser, closerOf, within, type Closer, type Opened } from "./closing.js";

/** What generated code makes things with, under the names of the container. */
export interface Opening {
  value<T>(name: string, make: () => T, guard?: Guard): T;
  promise<T>(name: string, make: () => T | PromiseLike<T>, guard?: Guard): Promise<T>;
  /** What stands behind the generator's `yield` is its cleanup. */
  generator<T>(name: string, make: () => AsyncIterable<T>, guard?: Guard): Promise<T>;
  /** Given back when the call has settled. */
  lease<T>(name: string, pool: Lender<T>, guard?: Guard): Promise<T>;
}

/** See `pool/`. */
export interface Lender<T> {
  lease(): Promise<Leased<T>>;
}

export interface Leased<T> {
  readonly value: T;
  /** `failed`: with what error the work that had it was rejected. */
  giveBack(failed?: Failed): Promise<void>;
}

export interface Failed {
  readonly error: unknown;
}

/** Wraps policies around a thing, whoever made it: `policies/guard.ts`. */
export type Guard = <T>(made: T) => T;

export interface Scope {
  readonly open: Opening;
  readonly failures: readonly FailedMaking[];
  /** It is closed here, by somebody else, or not at all, but it has somebody who sees to that. */
  holds(value: unknown): boolean;
  /** Waits for what is being made. Rejects, once all is done, with an `AggregateError` of what could not be closed. */
  close(failed?: Failed): Promise<void>;
}

export interface FailedMaking {
  readonly name: string;
  readonly error: unknown;
}

export interface ScopeParts {
  /** Nothing else is made: what a provider that nobody needs would be called with may not be there either. */
  readonly needed: ReadonlySet<string>;
  readonly overrides: object;
  readonly isHeldElsewhere?: (value: unknown) => boolean;
}

/** A thing in its place in the order of making, from before it is there. */
interface Slot {
  readonly name: string;
  close?: Closer | undefined;
}

/** Which what is late to arrive may take, and each cleanup. */
const patienceMilliseconds = 5_000;

export function createScope(parts: ScopeParts): Scope {
  const lifetime = beginLifetime(parts);
  let closing: Promise<void> | undefined;
  return {
    open: {
      value: (name, make, guard = unguarded) => guard(makeNow(lifetime, name, make)),
      promise: async (name, make, guard = unguarded) =>
        guard(await makeLater(lifetime, name, async (slot) => keep(lifetime, slot, await make()))),
      generator: async (name, make, guard = unguarded) =>
        guard(await makeLater(lifetime, name, async (slot) => hold(lifetime, slot, await createCloser(make())))),
      lease: async (name, pool, guard = unguarded) =>
        guard(await makeLater(lifetime, name, async (slot) => hold(lifetime, slot, await borrow(lifetime, pool)))),
    },
    failures: lifetime.failures,
    holds: (value) => holds(lifetime, value),
    close: (failed) => {
      lifetime.failed ??= failed;
      return (closing ??= closeAll(lifetime));
    },
  };
}

interface Lifetime extends Required<Omit<ScopeParts, "overrides">> {
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly held: Set<unknown>;
  readonly slots: Slot[];
  readonly failures: FailedMaking[];
  readonly pending: Set<Promise<unknown>>;
  state: "open" | "closing" | "closed";
  /** How the work ended that all of it was for. */
  failed: Failed | undefined;
}

function beginLifetime({ needed, overrides, isHeldElsewhere = () => false }: ScopeParts): Lifetime {
  const given = overrides as Lifetime["overrides"];
  const held = new Set(Object.values(given));
  return {
    needed,
    overrides: given,
    isHeldElsewhere,
    held,
    slots: [],
    failures: [],
    pending: new Set(),
    state: "open",
    failed: undefined,
  };
}

function holds({ held, isHeldElsewhere }: Lifetime, value: unknown): boolean {
  return held.has(value) || isHeldElsewhere(value);
}

/** Undefined where there is nothing to make. */
function takePlace({ overrides, needed, slots, state }: Lifetime, name: string): Slot | undefined {
  if (Object.hasOwn(overrides, name) || !needed.has(name)) return undefined;
  if (state !== "open") throw new Error(`\`${name}\` is not made any more: the server is shutting down.`);
  const slot = { name };
  slots.push(slot);
  return slot;
}

function makeNow<T>(lifetime: Lifetime, name: string, make: () => T): T {
  const slot = takePlace(lifetime, name);
  if (slot === undefined) return lifetime.overrides[name] as T;
  try {
    return keep(lifetime, slot, make());
  } catch (error) {
    lifetime.failures.push({ name, error });
    throw error;
  }
}

async function makeLater<T>(lifetime: Lifetime, name: string, make: (slot: Slot) => Promise<T>): Promise<T> {
  const slot = takePlace(lifetime, name);
  if (slot === undefined) return lifetime.overrides[name] as T;
  const work = make(slot);
  lifetime.pending.add(work);
  try {
    return await work;
  } catch (error) {
    lifetime.failures.push({ name, error });
    throw error;
  } finally {
    lifetime.pending.delete(work);
    // It came too late for the others' turn.
    if (lifetime.state === "closed") await closeSlot(slot);
  }
}

const unguarded: Guard = (made) => made;

function hold<T>({ held }: Lifetime, slot: Slot, { value, close }: Opened<T>): T {
  slot.close = close;
  held.add(value);
  return value;
}

async function borrow<T>(lifetime: Lifetime, pool: Lender<T>): Promise<Opened<T>> {
  const leased = await pool.lease();
  return { value: leased.value, close: () => leased.giveBack(lifetime.failed) };
}

/** A thing that somebody sees to already was only handed on. */
function keep<T>(lifetime: Lifetime, slot: Slot, value: T): T {
  if (!holds(lifetime, value)) slot.close = closerOf(value);
  lifetime.held.add(value);
  return value;
}

async function closeAll(lifetime: Lifetime): Promise<void> {
  lifetime.state = "closing";
  const { pending, slots } = lifetime;
  if (pending.size > 0) await within(patienceMilliseconds, Promise.allSettled(pending));
  lifetime.state = "closed";
  const errors: Error[] = [];
  for (const slot of [...slots].reverse()) {
    const error = await closeSlot(slot);
    if (error !== undefined) errors.push(error);
  }
  if (errors.length > 0) throw new AggregateError(errors, errors.map(({ message }) => message).join("; "));
}

/** What went wrong, if something did. */
async function closeSlot({ name, close }: Slot): Promise<Error | undefined> {
  if (close === undefined) return undefined;
  try {
    const outcome = await within(patienceMilliseconds, Promise.resolve(close()));
    if (outcome !== "late") return undefined;
    return new Error(`closing \`${name}\` took longer than ${String(patienceMilliseconds / 1_000)} s`);
  } catch (error) {
    return new Error(`closing \`${name}\` failed`, { cause: error });
  }
}

// What is cached, and how it is kept: text for Redis, something ready to be given for memory.
import { log } from "../../logging/logger.js";
import type { Entry, EntryKind, Lifetimes } from "./entry.js";
import { recreateFailure, type KeptFailure } from "../failure.js";
import { maxEntryBytes } from "../memory.js";
import type { Counters } from "../outcomes.js";
import type { Stored } from "../record.js";

/** One kind of thing that is kept: the results of a tool, the values under a tool's own keys. */
export interface Cached<T> {
  readonly lifetimes: Lifetimes;
  readonly coalesce: Coalesce;
  readonly form: Form<T>;
  readonly counters: Counters;
}

/** Who shares a computation: all who wait in this process, those of all processes, nobody. */
export type Coalesce = "process" | "cluster" | "off";

export interface Form<T> {
  /** Undefined: not to be kept. */
  write(value: T): { readonly kind: Exclude<EntryKind, "failure">; readonly text: string } | undefined;
  /** Throws for what no version of this has written. */
  hold(text: string): unknown;
  /** What is given away cannot change what is held. */
  give(held: unknown): T;
}

/** What is too large, or more than JSON can carry, is not kept. */
export function print<T>(value: T, { form }: Cached<T>): ReturnType<Form<T>["write"]> {
  try {
    const written = form.write(value);
    return written !== undefined && Buffer.byteLength(written.text) > maxEntryBytes ? undefined : written;
  } catch (error) {
    log.warn("a result cannot be kept", { error });
    return undefined;
  }
}

interface Sharing {
  /** There is a Redis, which other processes may have told something. */
  readonly isConfigured: boolean;
}

export function toEntry<T>(record: Stored, { form, lifetimes }: Cached<T>, { isConfigured }: Sharing): Entry {
  const { kind, text, tags, ttl, swr, spare } = record;
  const now = performance.now();
  const freshUntil = now + ttl;
  return {
    kind,
    held: kind === "failure" ? (JSON.parse(text) as KeptFailure) : form.hold(text),
    bytes: Buffer.byteLength(text),
    tags,
    freshUntil,
    swrUntil: freshUntil + swr,
    spareUntil: freshUntil + spare,
    localUntil: isConfigured ? now + lifetimes.found.l1 : Infinity,
  };
}

/** Undefined for what cannot be read: another version may have written it. */
export function readEntry<T>(record: Stored, cached: Cached<T>, sharing: Sharing): Entry | undefined {
  try {
    return toEntry(record, cached, sharing);
  } catch {
    return undefined;
  }
}

/** Throws where what is kept is a failure. */
export function give<T>({ kind, held }: Entry, { form }: Cached<T>): T {
  if (kind === "failure") throw recreateFailure(held as KeptFailure);
  return form.give(held);
}

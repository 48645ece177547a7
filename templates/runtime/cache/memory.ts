// What this process keeps, by key and by tag, within bounds: the least recently used goes first.
import { LRUCache } from "lru-cache";
import type { Entry } from "./stored/entry.js";

const maxEntries = 10_000;
const maxBytes = 64 * 1024 ** 2;

/** A larger one would push out too many others, and keep Redis busy for too long. */
export const maxEntryBytes = 4 * 1024 ** 2;

export interface Memory {
  get(key: string): Entry | undefined;
  set(key: string, entry: Entry): void;
  delete(key: string): void;
  dropTags(tags: readonly string[]): void;
}

export interface Size {
  readonly entries: number;
  readonly bytes: number;
  /** In all, of what was pushed out by others. */
  readonly evictions: number;
}

export function createMemory(measure: (size: Size) => void): Memory {
  const keysByTag = new Map<string, Set<string>>();
  let evictions = 0;

  const forget = (key: string, { tags }: Entry): void => {
    for (const tag of tags) {
      const keys = keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) keysByTag.delete(tag);
    }
  };
  const entries = new LRUCache<string, Entry>({
    max: maxEntries,
    maxSize: maxBytes,
    maxEntrySize: maxEntryBytes,
    sizeCalculation: ({ bytes }, key) => bytes + key.length,
    dispose(entry, key, reason) {
      if (reason === "evict") evictions += 1;
      forget(key, entry);
    },
  });

  const tell = (): void => measure({ entries: entries.size, bytes: entries.calculatedSize, evictions });

  return {
    get: (key) => entries.get(key),
    set(key, entry) {
      // First, so that its tags are not taken for those of the new one.
      entries.delete(key);
      entries.set(key, entry);
      tell();
      if (!entries.has(key)) return;
      for (const tag of entry.tags) {
        const keys = keysByTag.get(tag);
        if (keys === undefined) keysByTag.set(tag, new Set([key]));
        else keys.add(key);
      }
    },
    delete(key) {
      entries.delete(key);
      tell();
    },
    dropTags(tags) {
      for (const tag of tags) for (const key of [...(keysByTag.get(tag) ?? [])]) entries.delete(key);
      tell();
    },
  };
}

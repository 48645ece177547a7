// The contract `Cache` over a server's cache. Keys are those of the running call's tool and caller; tags are the
// server's.
import { setMaxListeners } from "node:events";
import { currentScope, type RequestScope } from "../call/scope.js";
import type { Cache } from "../contracts/index.js";
import { readSpans } from "./stored/entry.js";
import type { Cached } from "./stored/form.js";
import { nameSpace, scopeName, valueHash, withEverything } from "./names.js";
import type { Counters } from "./outcomes.js";
import type { Asker, ServerCache } from "./tiers.js";
import { valueForm } from "./stored/value-form.js";

export interface ContractParts {
  /** The server's name. */
  readonly server: string;
  readonly cache: () => ServerCache;
  countersOf(tool: string): Counters;
  /** Hears of each key that is used: its name in the cache, and itself after the namespaces that it is in. */
  readonly onKey?: (name: string, path: readonly string[]) => void;
}

const outside: Pick<RequestScope, "tool" | "caller"> = { tool: "-" };
const unasked: Asker = { signal: new AbortController().signal, requestId: "-" };
setMaxListeners(0, unasked.signal);
const noLifetime = readSpans({ ttl: 0 });

export function createContract(parts: ContractParts, namespaces: readonly string[] = []): Cache {
  const { server } = parts;

  const nameOf = (key: string): Named => {
    const { tool, caller } = currentScope() ?? outside;
    const path = [...namespaces, key];
    const name = `${tool}:cache:${scopeName("private", caller?.id)}:${valueHash(path)}`;
    const full = nameSpace(server) + name;
    parts.onKey?.(full, path);
    return { key: full, own: `#key:${name}`, counters: parts.countersOf(tool) };
  };
  const keepAs = (counters: Counters, lifetimes = noLifetime): Cached<unknown> => ({
    lifetimes,
    counters,
    coalesce: "process",
    form: valueForm,
  });
  const contract: Omit<Cache, "get" | "getOrCompute"> & Untyped = {
    async get(key) {
      const { key: name, counters } = nameOf(key);
      return (await parts.cache().read(name, keepAs(counters)))?.value;
    },
    async set(key, value, { ttl, tags = [] }) {
      const { key: name, own, counters } = nameOf(key);
      const lifetimes = readSpans({ ttl });
      await parts.cache().put(name, value, {
        cached: keepAs(counters, lifetimes),
        lifetime: lifetimes.found,
        tags: withEverything([own, ...tags]),
        own,
      });
    },
    async getOrCompute(key, compute, { ttl, tags = [], swr }) {
      const { key: name, own, counters } = nameOf(key);
      const cached = keepAs(counters, readSpans({ ttl, swr }));
      const kept = parts.cache().recall(name, cached);
      if (kept !== undefined) return kept.value;
      const wanted = {
        key: name,
        tags: withEverything([own, ...tags]),
        cached,
        compute: ({ signal }: Pick<Asker, "signal">) => compute(signal),
      };
      return parts.cache().fetch(wanted, currentScope() ?? unasked);
    },
    delete: async (key) => parts.cache().invalidate([nameOf(key).own]),
    invalidateTags: async (tags) => parts.cache().invalidate(tags),
    namespace: (name) => createContract(parts, [...namespaces, name]),
  };
  // What is under a key is what was put there: its type is for those who use the key to know.
  return contract as Cache;
}

interface Named {
  readonly key: string;
  /** The tag that only this key has. */
  readonly own: string;
  readonly counters: Counters;
}

interface Untyped {
  get(key: string): Promise<unknown>;
  getOrCompute(
    key: string,
    compute: (signal: AbortSignal) => Promise<unknown>,
    options: Parameters<Cache["getOrCompute"]>[2],
  ): Promise<unknown>;
}

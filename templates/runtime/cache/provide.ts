// The contract `Cache`, as the server provides it: in memory, and with `REDIS_URL` among all processes that share it.
import type { Cache } from "../contracts/index.js";
import { serverName } from "../lifecycle/server-name.js";
import { createContract } from "./contract.js";
import { countCache, type Counters } from "./outcomes.js";
import { useCache } from "./tiers.js";

export async function* openCache(): AsyncGenerator<Cache> {
  const server = serverName();
  const counters = new Map<string, Counters>();
  const countersOf = (tool: string): Counters => {
    const known = counters.get(tool) ?? countCache(`${tool}.cache`);
    counters.set(tool, known);
    return known;
  };
  // Redis takes a moment to be there.
  useCache(server);
  yield await Promise.resolve(createContract({ server, cache: () => useCache(server), countersOf }));
}

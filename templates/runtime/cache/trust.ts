// From when on entries in Redis can be believed. While Redis could not be reached, or was down, it may have missed
// invalidations: tagged entries from before its return, or from before its start, are not believed.
import type { Redis } from "ioredis";
import type { RedisConnection } from "../redis/connection.js";

export interface Trust {
  /** In microseconds of Redis's own clock. */
  since(client: Redis, redis: RedisConnection): Promise<number>;
}

export function createTrust(): Trust {
  let watched: RedisConnection | undefined;
  let hasReturned = false;
  let known: Promise<number> | undefined;

  const begin = async (client: Redis): Promise<number> => {
    const [seconds, microseconds] = await client.time();
    const now = Number(seconds) * 1e6 + Number(microseconds);
    return hasReturned ? now : now - (await uptimeSeconds(client)) * 1e6;
  };

  return {
    since(client, redis) {
      if (watched !== redis) {
        watched = redis;
        hasReturned = false;
        known = undefined;
        redis.onReturn(() => {
          hasReturned = true;
          known = undefined;
        });
      }
      if (known === undefined) {
        const asked = begin(client);
        known = asked;
        // Not found out: to be asked again.
        asked.catch(() => {
          if (known === asked) known = undefined;
        });
      }
      return known;
    },
  };
}

/** No more than it can be: Redis counts the seconds begun. Where it does not say, nothing is believed from before. */
async function uptimeSeconds(client: Redis): Promise<number> {
  const info = await client.info("server").catch(() => "");
  return Math.max(0, Number(/uptime_in_seconds:(\d+)/.exec(info)?.[1] ?? 0) - 1);
}

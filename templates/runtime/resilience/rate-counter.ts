// How often a key was used within a period: counted in Redis where `REDIS_URL` is set, so that all processes count
// together, and in memory without it or while it cannot be reached.
import type { Redis } from "ioredis";
import type { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { useRedis } from "../redis/connection.js";

export interface Rate {
  readonly limit: number;
  readonly milliseconds: number;
}

export interface RateCounter {
  /** Counts one use; resolves to the milliseconds until the next is allowed, 0 where this one was. */
  use(key: string): Promise<number>;
}

/** The longest that a timer of Node's can wait, about 25 days. */
const longestSeconds = 2_147_483;

export function createRateCounter(rate: Rate): RateCounter {
  // CommonJS: in a bundle of several files it has no other name than `default`.
  const library = import("rate-limiter-flexible").then((loaded) => loaded.default);
  const options = { ...inSeconds(rate), keyPrefix: "mcpgen:rate" };
  const inMemory = library.then(({ RateLimiterMemory: Memory }) => new Memory(options));
  let inRedis: { readonly client: Redis; readonly limiter: RateLimiterRedis } | undefined;

  return {
    async use(key) {
      // Loaded before Redis is asked, which has little time to answer.
      const { RateLimiterRedis: Shared } = await library;
      const shared = useRedis()?.run((client) => {
        if (inRedis?.client !== client) inRedis = { client, limiter: new Shared({ ...options, storeClient: client }) };
        return consume(inRedis.limiter, key);
      });
      // A limit that counts less well for a while is better than none, and than no calls.
      return (await shared?.catch((): undefined => undefined)) ?? consume(await inMemory, key);
    },
  };
}

/** Redis counts in whole seconds: 5 in 500 ms are 10 in a second. */
function inSeconds({ limit, milliseconds }: Rate): { readonly points: number; readonly duration: number } {
  const duration = Math.ceil(milliseconds / 1_000);
  const points = Math.floor((limit * duration * 1_000) / milliseconds);
  return { points, duration: Math.min(duration, longestSeconds) };
}

/** The limiter rejects with its answer where that is no. */
async function consume(limiter: RateLimiterMemory | RateLimiterRedis, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (reason) {
    if (reason instanceof Error) throw reason;
    return Math.max(1, (reason as RateLimiterRes).msBeforeNext);
  }
}

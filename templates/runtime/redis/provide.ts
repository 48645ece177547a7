// The client of ioredis, for functions that ask for that one: connected before the first call, closed after the last.
import { Redis } from "ioredis";
import { log } from "../logging/logger.js";
import { describeRefusal, readRedisUrl } from "./settings.js";

export async function* openRedis(): AsyncGenerator<Redis> {
  const url = readRedisUrl(process.env);
  if (url === undefined) throw new Error("REDIS_URL is not set.");
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 5_000, reconnectOnError: isReadonly });
  // Without a listener each failure would be written to stderr as it is; whoever waits for an answer hears of it.
  client.on("error", (error: unknown) => log.debug("Redis connection failed", { error }));
  try {
    await connect(client);
    yield client;
  } finally {
    client.disconnect();
  }
}

/** A replica now, after a failover: a new connection finds whoever has taken over, and asks again. */
function isReadonly({ message }: Error): false | 2 {
  return message.startsWith("READONLY ") ? 2 : false;
}

/** Rejects with the reason, where ioredis itself would say no more than that the connection is closed. */
async function connect(client: Redis): Promise<void> {
  let reason: unknown;
  client.once("error", (error: unknown) => {
    reason = error;
  });
  await client.connect().catch((error: unknown) => {
    const refusal = describeRefusal(reason ?? error);
    throw refusal === undefined ? (reason ?? error) : new Error(refusal);
  });
}

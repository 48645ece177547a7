// The client of ioredis, for functions that ask for that one: connected before the first call, closed after the last.
import { Redis } from "ioredis";
import { log } from "../logging/logger.js";

export async function* openRedis(): AsyncGenerator<Redis> {
  const url = process.env["REDIS_URL"];
  if (url === undefined || url === "") throw new Error("REDIS_URL is not set.");
  const client = new Redis(url, { lazyConnect: true, connectTimeout: 5_000 });
  // Without a listener each failure would be written to stderr as it is; whoever waits for an answer hears of it.
  client.on("error", (error: unknown) => log.debug("Redis connection failed", { error }));
  try {
    await connect(client);
    yield client;
  } finally {
    client.disconnect();
  }
}

/** Rejects with the reason, where ioredis itself would say no more than that the connection is closed. */
async function connect(client: Redis): Promise<void> {
  let reason: unknown;
  client.once("error", (error: unknown) => {
    reason = error;
  });
  await client.connect().catch((error: unknown) => {
    throw reason ?? error;
  });
}

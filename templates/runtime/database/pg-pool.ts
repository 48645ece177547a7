// The pool of pg, for functions that ask for that one: checked before the first call, ended after the last.
import { Pool } from "pg";
import { log } from "../logging/logger.js";
import { describeUnreachable } from "./server.js";
import { readSettings } from "./settings.js";

export async function* openPgPool(): AsyncGenerator<Pool, void> {
  const settings = readSettings(process.env);
  if (settings.kind !== "server") throw new Error("DATABASE_URL is not set.");
  const { url, max } = settings;
  const pool = new Pool({ connectionString: url.href, max, connectionTimeoutMillis: 5_000 });
  // Without listeners, a connection that the server closes would end the process, be it idle or lent. Each connection
  // tells its own loss; the pool would tell that of an idle one again.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => {
    client.on("error", ({ message }) => log.warn("a connection to the database is lost", { message }));
  });
  try {
    await connect(pool, url);
    yield pool;
  } finally {
    await pool.end();
  }
}

async function connect(pool: Pool, url: URL): Promise<void> {
  try {
    (await pool.connect()).release();
  } catch (error) {
    throw describeUnreachable(error, url);
  }
}

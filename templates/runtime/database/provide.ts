// The contract `Database`, as the environment describes it: a server that can be reached, or the embedded database.
import type { Database } from "../contracts/database.js";
import { createDatabase } from "./database.js";
import { openEmbedded } from "./embedded.js";
import { createPool } from "./pool.js";
import { openServer } from "./server.js";
import { readSettings } from "./settings.js";

export async function* openDatabase(): AsyncGenerator<Database, void, undefined> {
  const settings = readSettings(process.env);
  const source = settings.kind === "server" ? await openServer(settings) : openEmbedded(settings.folder);
  const pool = createPool(source);
  try {
    yield createDatabase(pool);
  } finally {
    await pool.close();
  }
}

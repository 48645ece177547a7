// DATABASE_URL → pooled connections to a PostgreSQL server. One that is lost is replaced when the next is asked for.
import { setTimeout as sleep } from "node:timers/promises";
import type { ClientBase, ClientConfig, PoolClient } from "pg";
import { log } from "../logging/logger.js";
import { redactText } from "../logging/redact.js";
import type { Source } from "./source.js";
import { createTypes } from "./values.js";

export interface ServerSettings {
  readonly url: URL;
  readonly max: number;
}

const milliseconds = { connect: 5_000, idle: 30_000, cancel: 2_000 };

/** Rejects when the server cannot be reached, with a message that says where it is and no more of the URL. */
export async function openServer({ url, max }: ServerSettings): Promise<Source> {
  const { Client, Pool, types } = await import("pg");
  const config: ClientConfig = {
    connectionString: url.href,
    connectionTimeoutMillis: milliseconds.connect,
    keepAlive: true,
    types: createTypes(types),
  };
  const pool = new Pool({ ...config, max, idleTimeoutMillis: milliseconds.idle });
  const lent = new Map<ClientBase, PoolClient>();
  // Without a listener, an idle connection that the server closes would end the process.
  pool.on("error", logLoss);

  const connect = async (): Promise<ClientBase> => {
    const client = await pool.connect();
    // The same while it is lent; the statement that is running hears of it too.
    client.on("error", logLoss);
    lent.set(client, client);
    return client;
  };
  const giveBack = (client: ClientBase, state: "sound" | "broken"): void => {
    const leased = lent.get(client);
    lent.delete(client);
    // A broken one may still have something to say.
    if (state === "sound") client.off("error", logLoss);
    leased?.release(state === "broken");
  };

  try {
    giveBack(await connect(), "sound");
  } catch (error) {
    await pool.end();
    throw describeUnreachable(error, url);
  }
  return {
    max,
    streams: "connection",
    connect,
    giveBack,
    cancel: async (client) => {
      const time = sleep(milliseconds.cancel, undefined, { ref: false });
      await cancelStatement(new Client(config), client).catch(logLoss);
      await time;
    },
    close: async () => {
      for (const client of lent.keys()) giveBack(client, "broken");
      await pool.end();
    },
  };
}

/** By a connection of its own: the others may all be in use. */
async function cancelStatement(own: ClientBase & { end(): Promise<void> }, client: ClientBase): Promise<void> {
  own.on("error", logLoss);
  try {
    await own.connect();
    const { processID } = client as ClientBase & { readonly processID?: number };
    await own.query("SELECT pg_cancel_backend($1)", [processID]);
  } finally {
    await own.end();
  }
}

function logLoss({ message, code }: Error & { readonly code?: unknown }): void {
  log.warn("a connection to the database is lost", { message, code });
}

export function describeUnreachable(error: unknown, { hostname, port }: URL): Error {
  const { code, severity, message } = Object(error) as Readonly<Record<string, unknown>>;
  const place = hostname === "" ? "the database" : `${hostname}:${port || "5432"}`;
  // With a severity it is an answer: the user, the password or the database is not known there.
  const reason =
    severity === undefined
      ? `nothing answers at ${place}${typeof code === "string" ? ` (${code})` : ""}`
      : `${place} refuses: ${redactText(String(message))}`;
  return new Error(`DATABASE_URL: ${reason}`);
}

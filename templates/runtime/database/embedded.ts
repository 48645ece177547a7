// Without DATABASE_URL: PostgreSQL within the process, its files in a folder, or nowhere. It takes seconds to start, so
// it starts with the first statement. There is one connection, spoken to by the same driver as a server's.
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Client, ClientBase } from "pg";
import { log } from "../logging/logger.js";
import { lockFolder } from "./folder-lock.js";
import type { Source } from "./source.js";
import { createTypes } from "./values.js";

/** Undefined: in memory, for tests. */
type Folder = string | undefined;

interface Running {
  readonly client: Client;
  close(): Promise<void>;
}

export function openEmbedded(folder: Folder): Source {
  let unlock: Promise<() => Promise<void>> | undefined;
  let running: Promise<Running> | undefined;
  /** What has failed is closed before it is started again: two on one folder would spoil it. */
  let closed: Promise<void> = Promise.resolve();

  const stop = (): void => {
    const stopping = running;
    running = undefined;
    closed = closed.then(async () => (await stopping)?.close()).catch((): void => undefined);
  };
  const start = async (): Promise<Running> => {
    await closed;
    if (folder === undefined) return startPostgres("memory://");
    unlock ??= lockFolder(folder);
    await unlock.catch((error: unknown) => {
      unlock = undefined;
      throw error;
    });
    return startPostgres(await prepare(folder));
  };

  return {
    max: 1,
    streams: "aside",
    connect: async () => {
      running ??= start();
      try {
        return (await running).client;
      } catch (error) {
        log.error("the embedded database does not start", { error });
        running = undefined;
        throw error;
      }
    },
    giveBack: (_client: ClientBase, state) => {
      if (state === "broken") stop();
    },
    // It has the process to itself while it works: by the time that anybody asks, it has done what it was told.
    cancel: async () => new Promise<never>(() => undefined),
    close: async () => {
      stop();
      await closed;
      const release = await unlock?.catch((): undefined => undefined);
      await release?.();
    },
  };
}

/** The files are made elsewhere and moved: a process that is killed meanwhile leaves nothing that looks complete. */
async function prepare(folder: string): Promise<string> {
  const files = join(folder, "postgres");
  if (existsSync(files)) return files;
  const draft = join(folder, "postgres.new");
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  await (await startPostgres(draft)).close();
  await rename(draft, files);
  return files;
}

async function startPostgres(files: string): Promise<Running> {
  const [{ Client, types }, { PGlite }, { PGlitePgConfig }] = await Promise.all([
    import("pg"),
    import("@electric-sql/pglite"),
    import("@electric-sql/pglite/node-postgres"),
  ]);
  const postgres = await PGlite.create(files);
  const { connection } = new PGlitePgConfig({ pglite: postgres });
  // The driver declares what it calls of a connection nowhere; `connection` is made for it.
  const client = new Client({ connection, types: createTypes(types) } as object);
  client.on("error", (error) => log.error("the embedded database has failed", { error }));
  await client.connect();
  return {
    client,
    close: async () => {
      await client.end();
      await postgres.close();
    },
  };
}

// A PostgreSQL server keeps the promises of `Database`; and what is left of them when it is killed in the middle.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { currentScope, runInScope } from "../../../templates/runtime/call/scope.js";
import type { Database } from "../../../templates/runtime/contracts/database.js";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { openDatabase } from "../../../templates/runtime/database/provide.js";
import { countsOf } from "../support/metrics.js";
import { hasPostgres, startPostgres, type PostgresServer } from "../support/postgres-server.js";
import { promiseDatabase } from "./contract.js";
import { failure } from "./observe.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
  process.env["TZ"] = "America/St_Johns"; // half an hour off, with summer time: dates must not care
});

const patient = { timeout: 30_000, interval: 20 };
const backends = "SELECT count(*) AS count FROM pg_stat_activity WHERE backend_type = 'client backend'";

describe.runIf(hasPostgres)("with a server", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(async () => server.remove());

  const open = async (environment: Record<string, string> = {}) => {
    vi.stubEnv("DATABASE_URL", server.url);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const opened = openDatabase();
    const { value } = await opened.next();
    vi.unstubAllEnvs();
    return { db: value as Database, close: () => opened.next() };
  };

  describe("the contract", () => {
    let close: () => Promise<unknown>;
    promiseDatabase(async () => {
      const opened = await open();
      ({ close } = opened);
      return opened.db;
    });
    afterAll(async () => close());
  });

  describe("the pool", () => {
    let db: Database;
    let close: () => Promise<unknown>;
    beforeEach(async () => ({ db, close } = await open({ DATABASE_POOL_MAX: "10" })));
    afterEach(async () => close());

    test("a thousand calls never have more than ten connections, and none is lost after a hundred failures", async () => {
      await Promise.allSettled(Array.from({ length: 100 }, () => db.query("SELECT 1 / 0")));
      const counts = await Promise.all(Array.from({ length: 1_000 }, () => db.one<{ count: number }>(backends)));
      expect(Math.max(...counts.map((row) => row?.count ?? 0))).toBeLessThanOrEqual(10);
      expect(counts).toHaveLength(1_000);
    });

    test("ten thousand calls keep their ids, whichever connection answers them", async () => {
      const lane = async (name: string) => {
        for (let index = 0; index < 100; index += 1) {
          const requestId = `${name}-${index}`;
          const { signal } = new AbortController();
          await runInScope({ requestId, tool: "t", signal }, async () => {
            const row = await db.one<{ id: string }>("SELECT $1::text AS id", [requestId]);
            expect([row?.id, currentScope()?.requestId]).toEqual([requestId, requestId]);
          });
        }
      };
      await Promise.all(Array.from({ length: 100 }, (_, index) => lane(`lane-${index}`)));
    });

    test("who waits in vain is refused with a hint, and leaves the line in order", async () => {
      const { db: small, close: closeSmall } = await open({ DATABASE_POOL_MAX: "1" });
      let free = (): void => undefined;
      const held = small.transaction(() => new Promise<void>((resolve) => (free = resolve)));
      const controller = new AbortController();
      const scope = { requestId: "1", tool: "t", signal: controller.signal };
      const aborted = failure(runInScope(scope, () => small.query("SELECT 1")));
      controller.abort();
      expect(classifyError(await aborted).kind).toBe("cancelled");
      const refused = failure(small.query("SELECT 1"));
      expect([countsOf("database_connections_in_use"), countsOf("database_calls_waiting")]).toEqual([
        { "": 1 },
        { "": 1 },
      ]);
      expect(await refused).toMatchObject({ code: "POOL_EXHAUSTED", retryAfter: 1 });
      free();
      await held;
      await vi.waitFor(() => expect(countsOf("database_connections_in_use")).toEqual({}), patient);
      expect(countsOf("database_calls_waiting")).toEqual({});
      expect(await small.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
      await closeSmall();
    });

    test("within a transaction others are there for who asks, unless it holds the last one", async () => {
      await db.transaction(async () => expect(await db.query("SELECT 1 AS one")).toEqual([{ one: 1 }]));
      const { db: small, close: closeSmall } = await open({ DATABASE_POOL_MAX: "1" });
      await expect(small.transaction(() => small.query("SELECT 1"))).rejects.toThrow("use what it hands over");
      await closeSmall();
    });

    test("an aborted statement is stopped on the server, and its connection serves on", async () => {
      const controller = new AbortController();
      const scope = { requestId: "1", tool: "t", signal: controller.signal };
      const mark = randomUUID();
      const running = failure(runInScope(scope, () => db.query(`SELECT pg_sleep(600) /* ${mark} */`)));
      const isRunning = async () =>
        (await db.one<{ n: number }>("SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE $1 AND state = 'active' AND pid <> pg_backend_pid()", [`%${mark}%`]))?.n; // prettier-ignore
      await vi.waitFor(async () => expect(await isRunning()).toBe(1), patient);
      controller.abort();
      expect(classifyError(await running).kind).toBe("cancelled");
      await vi.waitFor(async () => expect(await isRunning()).toBe(0), patient);
    });

    test("closing waits for who still works, refuses who comes, and ends every connection", async () => {
      const { db: other, close: closeOther } = await open();
      const order: string[] = [];
      const working = other.transaction(async (tx) => {
        await tx.query("SELECT pg_sleep(0.2)");
        order.push("worked");
      });
      await vi.waitFor(
        async () => expect((await db.one<{ count: number }>(backends))?.count).toBeGreaterThan(1),
        patient,
      );
      const closing = closeOther().then(() => order.push("closed"));
      expect(await failure(other.query("SELECT 1"))).toMatchObject({ code: "OVERLOADED" });
      await Promise.all([working, closing]);
      expect(order).toEqual(["worked", "closed"]);
      await vi.waitFor(async () => expect(await db.one(backends)).toEqual({ count: 1 }), patient);
    });
  });

  test("who is let in no more: too many may pass, a refused user does not, and neither is named", async () => {
    const { db, close } = await open();
    await db.query("CREATE ROLE guest LOGIN CONNECTION LIMIT 1");
    const { db: guest, close: closeGuest } = await open({ DATABASE_URL: server.url.replace("tester", "guest") });
    const refused = () =>
      guest.transaction(async (held) => {
        await held.query("SELECT 1");
        return failure(guest.query("SELECT 1"));
      });
    expect(classifyError(await refused())).toMatchObject({ kind: "unavailable", exposed: false });
    await db.query("ALTER ROLE guest NOLOGIN");
    const error = await refused();
    expect(classifyError(error)).toMatchObject({ kind: "bug", exposed: false });
    expect((error as Error).message).toMatch(/^The database refuses the user, .* in DATABASE_URL\.$/);
    await closeGuest();
    await close();
  });

  describe("killed in the middle", () => {
    test("only the calls in flight fail, with what may be tried again; the pool recovers, what was written is there", async () => {
      const { db, close } = await open();
      await db.query("CREATE TABLE written (n int PRIMARY KEY)");
      const kinds = new Map<string, number>();
      const written: number[] = [];
      let going = true;
      const load = Array.from({ length: 20 }, async (_, worker) => {
        for (let n = worker; going; n += 20) {
          const insert = db.query("INSERT INTO written VALUES ($1) ON CONFLICT DO NOTHING", [n]);
          const kind = await insert.then(
            () => void written.push(n),
            (error: unknown) => classifyError(error).kind,
          );
          if (kind !== undefined) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      });
      const streaming = failure(
        (async () => {
          for await (const _ of db.stream("SELECT n, pg_sleep(0.001) FROM generate_series(1, 1000000) n")) continue;
        })(),
      );
      const holding = failure(db.transaction((tx) => tx.query("SELECT pg_sleep(600)")));
      await vi.waitFor(() => expect(written.length).toBeGreaterThan(100), patient);
      await server.kill();
      expect(classifyError(await streaming).kind).toBe("unavailable");
      expect(classifyError(await holding).kind).toBe("unavailable");
      await server.start();
      const before = written.length;
      await vi.waitFor(() => expect(written.length).toBeGreaterThan(before + 100), patient);
      going = false;
      await Promise.all(load);
      expect([...kinds.keys()]).toEqual(["unavailable"]);
      const rows = await db.query<{ n: number }>("SELECT n FROM written");
      const stored = new Set(rows.map(({ n }) => n));
      expect(written.filter((n) => !stored.has(n))).toEqual([]);
      await close();
    }, 90_000);

    test("a failure says nothing of where the server is or how one gets in", async () => {
      const { db, close } = await open();
      const running = failure(db.query("SELECT pg_sleep(600)"));
      await vi.waitFor(async () => expect(await db.one<{ count: number }>(backends)).toEqual({ count: 2 }), patient);
      await server.kill();
      await running;
      const error = await failure(db.query("SELECT 1"));
      expect(error).toMatchObject({ message: "The database is not available.", status: 503 });
      expect(classifyError(error)).toMatchObject({ kind: "unavailable", exposed: false });
      await server.start();
      await close();
    }, 60_000);
  });

  describe("at the start", () => {
    test.each([
      [
        "nobody there",
        "postgres://u:hidden-word@127.0.0.1:1/d",
        "DATABASE_URL: nothing answers at 127.0.0.1:1 (ECONNREFUSED)",
      ],
      ["no URL", "127.0.0.1:5432", "DATABASE_URL is not like postgres://user:password@host:5432/database."],
    ])("%s: one message, without the password", async (_what, url, message) => {
      const error = await failure(open({ DATABASE_URL: url }));
      vi.unstubAllEnvs();
      expect((error as Error).message).toBe(message);
      expect(JSON.stringify(error)).not.toContain("hidden-word");
    });

    test("a database that is not there is named by the server's own words", async () => {
      const url = server.url.replace(/\/postgres$/, "/elsewhere");
      const error = await failure(open({ DATABASE_URL: url }));
      vi.unstubAllEnvs();
      expect((error as Error).message).toMatch(
        /^DATABASE_URL: 127\.0\.0\.1:\d+ refuses: database "elsewhere" does not exist$/,
      );
    });

    test("a size of the pool that is none", async () => {
      const error = await failure(open({ DATABASE_POOL_MAX: "many" }));
      vi.unstubAllEnvs();
      expect((error as Error).message).toBe('DATABASE_POOL_MAX is "many", not a number of connections.');
    });
  });
});

// The pool of pg that functions can ask for: there when the server starts, or the reason why it does not.
import { afterEach, describe, expect, test, vi } from "vitest";
import { openPgPool } from "../../../templates/runtime/database/pg-pool.js";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { hasPostgres, startPostgres } from "../support/postgres-server.js";

afterEach(() => vi.unstubAllEnvs());

test("without DATABASE_URL: says so", async () => {
  vi.stubEnv("DATABASE_URL", "");
  await expect(openPgPool().next()).rejects.toThrow("DATABASE_URL is not set.");
});

test("with nobody there: where, and not the password", async () => {
  vi.stubEnv("DATABASE_URL", "postgres://tester:hidden-word@127.0.0.1:1/postgres");
  await expect(openPgPool().next()).rejects.toThrow("DATABASE_URL: nothing answers at 127.0.0.1:1 (ECONNREFUSED)");
});

describe.runIf(hasPostgres)("with a server", () => {
  test("connected from the first call on, ended behind the yield", async () => {
    const server = await startPostgres();
    vi.stubEnv("DATABASE_URL", server.url);
    const opening = openPgPool();
    const { value: pool } = await opening.next();
    const answer = await pool?.query("SELECT 1 AS one");
    expect(answer?.rows).toEqual([{ one: 1 }]);
    await opening.next();
    expect(pool?.ended).toBe(true);
    await server.remove();
  });

  test("a restart fails what runs as unavailable, ends no process, and the next call has another connection", async () => {
    const server = await startPostgres();
    vi.stubEnv("DATABASE_URL", server.url);
    const opening = openPgPool();
    const { value: pool } = await opening.next();
    if (pool === undefined) return expect.fail("there is no pool");
    const uncaught = vi.fn();
    process.on("uncaughtException", uncaught);
    const held = await pool.connect();
    const running = pool.query("SELECT pg_sleep(60)").catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.kill();
    expect(classifyError(await running).kind).toBe("unavailable");
    await server.start();
    expect(classifyError(await held.query("SELECT 1").catch((error: unknown) => error)).kind).toBe("unavailable");
    held.release();
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    process.off("uncaughtException", uncaught);
    expect(uncaught).not.toHaveBeenCalled();
    await opening.next();
    await server.remove();
  });
});

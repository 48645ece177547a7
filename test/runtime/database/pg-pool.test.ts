// The pool of pg that functions can ask for: there when the server starts, or the reason why it does not.
import { afterEach, describe, expect, test, vi } from "vitest";
import { openPgPool } from "../../../templates/runtime/database/pg-pool.js";
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
});

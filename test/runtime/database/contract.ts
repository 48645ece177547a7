// What the contract `Database` promises, whatever stands behind it.
import { beforeAll, describe, expect, test } from "vitest";
import { runInScope } from "../../../templates/runtime/call/scope.js";
import type { Database } from "../../../templates/runtime/contracts/database.js";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { expectNothingOpen, failure } from "./observe.js";
import { promiseStreams } from "./contract-streams.js";
import { promiseValues } from "./contract-values.js";

export function promiseDatabase(open: () => Promise<Database>): void {
  let db: Database;
  beforeAll(async () => {
    db = await open();
    await db.query(`
      CREATE TABLE owners (id int PRIMARY KEY);
      CREATE TABLE items (
        id serial PRIMARY KEY, name text NOT NULL UNIQUE, stock int NOT NULL DEFAULT 1 CONSTRAINT in_stock CHECK (stock >= 0),
        owner int REFERENCES owners, tags text[], extra jsonb
      );
      CREATE SCHEMA "odd ""schema"; CREATE TABLE "odd ""schema"."A-b" ("the Key" int, b int DEFAULT 7);`);
  }, 120_000);

  describe("values", () => promiseValues(() => db));
  describe("errors", () => {
    test.each([
      ["unique", "23505", "conflict", "Another row has the same `name` already.", ["once", 1, null]],
      ["foreign key", "23503", "conflict", "`owner` refers to a row that is missing, or others refer to this one.", ["f", 1, 99]], // prettier-ignore
      ["not null", "23502", "invalidInput", "`name` must have a value.", [null, 1, null]],
      ["check", "23514", "invalidInput", "The values break the rule `in_stock`.", ["c", -1, null]],
      ["range", "22003", "invalidInput", "A number is too large for its column.", ["r", "9".repeat(12), null]],
    ])("%s says what the caller can mend", async (_what, code, kind, message, values) => {
      await db.query("INSERT INTO items (name) VALUES ('once') ON CONFLICT DO NOTHING");
      const error = await failure(db.query("INSERT INTO items (name, stock, owner) VALUES ($1, $2, $3)", values));
      expect(error).toMatchObject({ code, message });
      expect(classifyError(error)).toMatchObject({ kind, exposed: true });
    });

    test("a mistake in the SQL is a bug, not to be shown", async () => {
      const error = await failure(db.query("SELECT * FROM nowhere"));
      expect(error).toMatchObject({ code: "42P01" });
      expect(classifyError(error)).toMatchObject({ kind: "bug", exposed: false });
    });

    test("a transaction that a statement begins does not outlive it", async () => {
      await expect(db.query("BEGIN")).rejects.toThrow("use `transaction`");
      await db.query("INSERT INTO items (name) VALUES ('after begin')");
      expect(await namesOf(db, "after begin")).toEqual(["after begin"]);
    });
  });

  describe("transactions", () => {
    test("what throws is rolled back, what resolves is committed", async () => {
      const work = db.transaction(async (tx) => {
        await tx.query("INSERT INTO items (name) VALUES ('rolled back')");
        throw new RangeError("no");
      });
      await expect(work).rejects.toThrow(RangeError);
      const name = await db.transaction((tx) => tx.one("INSERT INTO items (name) VALUES ('kept') RETURNING name"));
      expect(name).toEqual({ name: "kept" });
      expect(await namesOf(db, "rolled back", "kept")).toEqual(["kept"]);
    });

    test("others see nothing of it, nor does it see their statements, before it is committed", async () => {
      const order: string[] = [];
      const transactions = ["one", "two", "three"].map((name) =>
        db.transaction(async (tx) => {
          await tx.query("INSERT INTO items (name) VALUES ($1)", [`apart ${name}`]);
          await new Promise((resolve) => setTimeout(resolve, 20));
          order.push(...(await namesOf(tx, `apart ${name}`)));
          if (name === "two") throw new Error("two fails");
        }),
      );
      const outcomes = await Promise.allSettled(transactions);
      expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect(order).toHaveLength(3);
      expect(await namesOf(db, "apart one", "apart two", "apart three")).toEqual(["apart one", "apart three"]);
    });

    test("one within another is a savepoint, also of several at once", async () => {
      await db.transaction(async (tx) => {
        const inner = (name: string) =>
          tx.transaction(async (inner) => {
            await inner.query("INSERT INTO items (name) VALUES ($1)", [name]);
            await inner.transaction((innermost) => innermost.query("SELECT 1"));
            if (name === "inner 2") throw new Error("only this one");
          });
        await Promise.allSettled([inner("inner 1"), inner("inner 2"), inner("inner 3")]);
        await expect(tx.transaction((inner) => inner.query("nonsense"))).rejects.toThrow("syntax");
      });
      expect(await namesOf(db, "inner 1", "inner 2", "inner 3")).toEqual(["inner 1", "inner 3"]);
    });

    test("a failed statement cannot be passed over in silence", async () => {
      const work = db.transaction(async (tx) => {
        await tx.query("INSERT INTO items (name) VALUES ('passed over')");
        await tx.query("nonsense").catch(() => undefined);
      });
      await expect(work).rejects.toThrow("rolled back");
      expect(await namesOf(db, "passed over")).toEqual([]);
    });

    test("who holds on to it is refused after its end", async () => {
      const tx = await db.transaction((inner) => Promise.resolve(inner));
      await expect(tx.query("SELECT 1")).rejects.toThrow("has ended");
    });

    test("a hundred that throw leave nothing behind", async () => {
      const work = Array.from({ length: 100 }, () => db.transaction(() => Promise.reject(new Error("no"))));
      await Promise.allSettled(work);
      expect(await db.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    });
  });

  describe("streams", () => promiseStreams(() => db));

  describe("batchInsert", () => {
    const rows = [
      { name: "batch 1", tags: ["a", "b"] },
      { name: "batch 1" },
      { name: null },
      { name: "batch 2", stock: undefined, extra: [1, 2] },
      { name: "batch 3", stock: -1 },
      { name: "batch 4", colour: "red" },
      { name: "batch 5", extra: { a: 1 } },
    ];
    const codes = [true, "conflict", "invalidInput", true, "invalidInput", "invalidInput", true];

    test("each row has its result, in order, and the sound ones are in", async () => {
      const results = await db.batchInsert("items", rows);
      expect(results.map((result) => (result.ok ? result.ok : result.error.code))).toEqual(codes);
      expect(results.map(({ index }) => index)).toEqual(rows.map((_, index) => index));
      expect(results[3]).toEqual({ index: 3, ok: true, value: rows[3] });
      expect(await db.query("SELECT name, stock, tags, extra FROM items WHERE name LIKE 'batch%' ORDER BY 1")).toEqual([
        { name: "batch 1", stock: 1, tags: ["a", "b"], extra: null },
        { name: "batch 2", stock: 1, tags: null, extra: [1, 2] },
        { name: "batch 5", stock: 1, tags: null, extra: { a: 1 } },
      ]);
    });

    test("within a transaction failing rows leave the others to it", async () => {
      await db.query("DELETE FROM items");
      await db.transaction(async (tx) => {
        const [one, two] = await Promise.all([
          tx.batchInsert("items", rows),
          tx.batchInsert("items", [{ name: "batch 9" }]),
        ]);
        expect(one.map((result) => (result.ok ? result.ok : result.error.code))).toEqual(codes);
        expect(two).toHaveLength(1);
      });
      expect(await namesOf(db, "batch 1", "batch 2", "batch 5", "batch 9")).toHaveLength(4);
    });

    test("names are taken as they are written", async () => {
      const table = 'odd "schema.A-b';
      await db.batchInsert(table, [{ "the Key": 1 }, { b: 2 }, {}]);
      expect(await db.batchInsert(table, [{}, {}])).toHaveLength(2);
      const rows = await db.query('SELECT * FROM "odd ""schema"."A-b" ORDER BY 1, 2');
      expect(rows).toEqual([
        { "the Key": 1, b: 7 },
        { "the Key": null, b: 2 },
        { "the Key": null, b: 7 },
        { "the Key": null, b: 7 },
        { "the Key": null, b: 7 },
      ]);
      const [result] = await db.batchInsert("items", [{ 'name") VALUES (1); DROP TABLE items; --': 1 }]);
      expect(result).toMatchObject({ ok: false });
    });

    test("many rows, few statements; no rows, none; no table, no result", async () => {
      const many = Array.from({ length: 2_000 }, (_, index) => ({ id: index + 1_000 }));
      const results = await db.batchInsert("owners", many);
      expect(results.every(({ ok }) => ok)).toBe(true);
      expect(await db.batchInsert("owners", [])).toEqual([]);
      await expect(db.batchInsert("nowhere", [{ a: 1 }])).rejects.toMatchObject({ code: "42P01" });
    });
  });

  describe("calls", () => {
    const scope = { requestId: "1", tool: "t" };

    test("a call that is over asks for nothing", async () => {
      const signal = AbortSignal.abort();
      const work = runInScope({ ...scope, signal }, () => db.query("INSERT INTO items (name) VALUES ('late')"));
      expect(classifyError(await failure(work)).kind).toBe("cancelled");
      const limits = { signal: new AbortController().signal, deadline: performance.now() - 1 };
      const timedOut = runInScope({ ...scope, ...limits }, () => db.query("INSERT INTO items (name) VALUES ('late')"));
      expect(classifyError(await failure(timedOut)).kind).toBe("timeout");
      expect(await namesOf(db, "late")).toEqual([]);
    });

    test("an aborted transaction is rolled back, and its connection goes on", async () => {
      const controller = new AbortController();
      const work = runInScope({ ...scope, signal: controller.signal }, () =>
        db.transaction(async (tx) => {
          await tx.query("INSERT INTO items (name) VALUES ('aborted')");
          controller.abort();
          await tx.query("SELECT 1");
        }),
      );
      expect(classifyError(await failure(work)).kind).toBe("cancelled");
      expect(await namesOf(db, "aborted")).toEqual([]);
      await expectNothingOpen(db);
    });

    test("a thousand at once are all answered", async () => {
      const calls = Array.from({ length: 1_000 }, (_, n) => db.one<{ n: number }>("SELECT $1::int AS n", [n]));
      expect((await Promise.all(calls)).map((row) => row?.n)).toEqual(calls.map((_, n) => n));
    });
  });
}

async function namesOf(db: Database, ...names: string[]): Promise<string[]> {
  const rows = await db.query<{ name: string }>("SELECT name FROM items WHERE name = ANY ($1) ORDER BY name", [names]);
  return rows.map(({ name }) => name);
}

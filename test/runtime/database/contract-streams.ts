// Streams: how much of a result is in memory, and that leaving one leaves nothing open.
import { expect, test } from "vitest";
import type { Database } from "../../../templates/runtime/contracts/database.js";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { expectNothingOpen, failure } from "./observe.js";

export function promiseStreams(db: () => Database): void {
  const numbers = "SELECT n, repeat('x', 100) AS filler FROM generate_series(1, $1::int) n";

  test("a hundred thousand rows pass through little memory", async () => {
    let sum = 0;
    let peak = 0;
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    for await (const { n } of db().stream<{ n: number }>(numbers, [100_000])) {
      sum += n;
      if (n % 10_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    }
    expect(sum).toBe(5_000_050_000);
    // All of them together take more than this.
    expect(peak).toBeLessThan(40_000_000);
  });

  test("rows are fetched as they are asked for", async () => {
    await db().query("CREATE SEQUENCE pulled");
    for await (const { n } of db().stream<{ n: number }>("SELECT n FROM generate_series(1, 50) n")) {
      await db().query("SELECT nextval('pulled')"); // others go on meanwhile
      if (n === 20) break;
    }
    expect(await db().one("SELECT last_value AS calls FROM pulled")).toEqual({ calls: 20 });
  });

  test.each(["break", "throw"])("%s closes the cursor", async (how) => {
    const read = async (): Promise<void> => {
      for await (const { n } of db().stream<{ n: number }>(numbers, [1_000])) {
        if (n === 150 && how === "break") break;
        if (n === 150) throw new Error("enough");
      }
    };
    await read().catch(() => undefined);
    await expectNothingOpen(db());
  });

  test("a failing row fails the stream where it stands", async () => {
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      const rows = db().stream<{ n: number }>("SELECT n, 1 / (5 - n) FROM generate_series(1, 9) n");
      for await (const { n } of rows) seen.push(n);
    };
    expect(classifyError(await failure(read()))).toMatchObject({ kind: "invalidInput" });
    await expectNothingOpen(db());
  });

  test("within a transaction it sees what that has written, and leaves it going", async () => {
    await db().transaction(async (tx) => {
      await tx.query("INSERT INTO items (name) VALUES ('streamed')");
      for await (const { name } of tx.stream<{ name: string }>("SELECT name FROM items WHERE name = 'streamed'")) {
        await tx.query("UPDATE items SET stock = 42 WHERE name = $1", [name]);
        break;
      }
    });
    expect(await db().one("SELECT stock FROM items WHERE name = 'streamed'")).toEqual({ stock: 42 });
  });
}

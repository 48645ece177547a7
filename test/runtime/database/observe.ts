// What tests of the database look at: how something fails, and what is left open.
import { expect, vi } from "vitest";
import type { Database } from "../../../templates/runtime/contracts/database.js";

export async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.fail("it should have failed"),
    (error: unknown) => error,
  );
}

/** No cursor, no transaction, whosever connection it is. One that was just given back may still be closing. */
export async function expectNothingOpen(db: Database): Promise<void> {
  await vi.waitFor(async () => {
    const open = await db.one(`
      SELECT (SELECT count(*) FROM pg_cursors WHERE statement ILIKE 'declare%') AS cursors,
        (SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%') AS transactions`);
    expect(open).toEqual({ cursors: 0, transactions: 0 });
  });
}

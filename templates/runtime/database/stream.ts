// A query → its rows, fetched by a cursor so many at a time and only when they are asked for. Leaving the loop, by
// `break` or by an error, closes the cursor.
import type { Connection, Run } from "./connection.js";
import { beyondCall } from "./limits.js";
import type { ConnectionPool } from "./pool.js";

export type Stream = (sql: string, parameters?: readonly unknown[]) => AsyncIterable<Record<string, unknown>>;

/** Few enough to hold, many enough that the way to the server does not count. */
const rowsPerFetch = 100;

let cursors = 0;

/** Within a transaction that is there already. */
export function streamByCursor({ run, finish }: Pick<Connection, "run" | "finish">): Stream {
  return (sql, parameters) => fetchRows({ run, sql, parameters, hold: "", close: finish });
}

/** In a transaction of its own, which keeps a connection for as long as it lasts. */
export function streamByTransaction(pool: ConnectionPool): Stream {
  return async function* (sql, parameters) {
    const connection = await pool.acquire();
    try {
      await connection.run("BEGIN");
      yield* streamByCursor(connection)(sql, parameters);
      await connection.run("COMMIT");
    } finally {
      // Rolls back what is not committed.
      await connection.release();
    }
  };
}

/** Where there is but one connection, others have it between two fetches: the database keeps the whole result aside. */
export function streamByHeldCursor(run: Run): Stream {
  const close = async (sql: string): Promise<void> => {
    await beyondCall(() => run(sql)).catch((): void => undefined);
  };
  return (sql, parameters) => fetchRows({ run, sql, parameters, hold: "WITH HOLD ", close });
}

interface Cursor {
  readonly run: Run;
  readonly sql: string;
  readonly parameters: readonly unknown[] | undefined;
  readonly hold: "" | "WITH HOLD ";
  /** Never rejects. */
  readonly close: (sql: string) => Promise<void>;
}

async function* fetchRows({ run, sql, parameters, hold, close }: Cursor): AsyncGenerator<Record<string, unknown>> {
  cursors += 1;
  const name = `cursor_${cursors}`;
  await run(`DECLARE ${name} NO SCROLL CURSOR ${hold}FOR ${sql}`, parameters);
  try {
    for (let isLast = false; !isLast;) {
      const { rows } = await run(`FETCH ${rowsPerFetch} FROM ${name}`);
      isLast = rows.length < rowsPerFetch;
      yield* rows;
    }
  } finally {
    await close(`CLOSE ${name}`);
  }
}

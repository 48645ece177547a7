// A pool of connections → the contract `Database`. Each statement has a connection for itself, a transaction one for all
// of its statements, a stream one for as long as it is read.
import type { Database } from "../contracts/database.js";
import { batchInsert } from "./batch-insert.js";
import { rowsOf, type Connection, type Run } from "./connection.js";
import { whileHolding } from "./holding.js";
import type { ConnectionPool } from "./pool.js";
import { streamByTransaction, streamByHeldCursor } from "./stream.js";
import { runTransaction } from "./transaction.js";

export function createDatabase(pool: ConnectionPool): Database {
  const use = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    const connection = await pool.acquire();
    try {
      return await work(connection);
    } finally {
      // Nobody has to wait for it: who asks next stands in line.
      void connection.release();
    }
  };
  const run: Run = async (sql, parameters) =>
    use(async (connection) => {
      const outcome = await connection.run(sql, parameters);
      if (connection.state !== "idle") throw new Error(strayTransaction);
      return outcome;
    });
  const stream = pool.streams === "aside" ? streamByHeldCursor(run) : streamByTransaction(pool);
  return {
    query: async (sql, parameters) => rowsOf(await run(sql, parameters)),
    one: async (sql, parameters) => rowsOf<never>(await run(sql, parameters))[0],
    stream: <T>(sql: string, parameters?: readonly unknown[]) => stream(sql, parameters) as AsyncIterable<T>,
    transaction: async (work) => use((connection) => whileHolding(pool, () => runTransaction(connection, work))),
    batchInsert: async (table, rows) => use((connection) => batchInsert(connection.run, { table, rows })),
  };
}

const strayTransaction = "A transaction that a statement begins ends with it: use `transaction`.";

// One connection between BEGIN and COMMIT → the `Database` that the work in between gets. A transaction within it is a
// savepoint.
import type { Database } from "../contracts/database.js";
import { batchInsert } from "./batch-insert.js";
import { rowsOf, type Connection, type Run } from "./connection.js";
import { countHeld, whileHolding } from "./holding.js";
import { streamByCursor } from "./stream.js";

type Work<T> = (tx: Database) => Promise<T>;

export async function runTransaction<T>(connection: Connection, work: Work<T>): Promise<T> {
  await connection.run("BEGIN");
  const { tx, end } = createTransaction(connection);
  try {
    const result = await work(tx);
    const { command } = await connection.run("COMMIT");
    // Somebody has caught the error of a statement, but PostgreSQL has not forgotten it.
    if (command === "ROLLBACK") throw new Error("The transaction was rolled back, as a statement in it has failed.");
    return result;
  } catch (error) {
    await connection.finish("ROLLBACK");
    throw error;
  } finally {
    end();
  }
}

interface Transaction {
  readonly tx: Database;
  /** Whoever still holds it is refused from now on. */
  readonly end: () => void;
}

function createTransaction(connection: Connection): Transaction {
  let ended = false;
  let savepoints = 0;
  let nested: Promise<unknown> = Promise.resolve();
  const run: Run = async (sql, parameters) => {
    if (ended) throw new Error("The transaction has ended: await all that it is used for.");
    return connection.run(sql, parameters);
  };
  const stream = streamByCursor({ run, finish: connection.finish });

  /** One after the other: savepoints are a stack. Within another one it is part of that, and goes ahead. */
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (countHeld(tx) > 0) return whileHolding(tx, work);
    const turn = nested.then(() => whileHolding(tx, work));
    nested = turn.catch((): void => undefined);
    return turn;
  };

  const transaction = async <T>(work: Work<T>): Promise<T> => {
    savepoints += 1;
    const name = `savepoint_${savepoints}`;
    await run(`SAVEPOINT ${name}`);
    try {
      const result = await work(tx);
      await run(`RELEASE ${name}`);
      return result;
    } catch (error) {
      await connection.finish(`ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    }
  };

  const tx: Database = {
    query: async (sql, parameters) => rowsOf(await run(sql, parameters)),
    one: async (sql, parameters) => rowsOf<never>(await run(sql, parameters))[0],
    stream: <T>(sql: string, parameters?: readonly unknown[]) => stream(sql, parameters) as AsyncIterable<T>,
    transaction: async (work) => inTurn(() => transaction(work)),
    batchInsert: async (table, rows) =>
      inTurn(() =>
        batchInsert(async (sql, parameters) => transaction(async () => run(sql, parameters)), { table, rows }),
      ),
  };
  return { tx, end: () => (ended = true) };
}

// The contract `Database`: PostgreSQL, embedded or on a server. Only types.

/**
 * With `DATABASE_URL` a server's, otherwise an embedded one whose files are in `DATA_DIR`; the SQL, the values and the
 * errors are the same. Every statement ends with the call that it is for. A number stands for int8 (beyond 2^53 a
 * bigint), text for numeric, date, time and interval, a Date for timestamps, a Buffer for bytea. An array as a parameter
 * is an SQL array; JSON is an object, or an array with objects in it.
 */
export interface Database {
  /** Parameters stand as `$1`, `$2` … in the text. Without any, the text may hold several statements. */
  query<T = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
  /** The first row, if there is one. */
  one<T = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<T | undefined>;
  /** The rows of a SELECT as they are asked for; leaving the loop closes the cursor. */
  stream<T = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): AsyncIterable<T>;
  /** Committed when `work` resolves, rolled back when it rejects. One within another is a savepoint. */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>;
  /**
   * Inserts what can be inserted and says of each row whether it was, in their order; `value` is the row as it was given.
   * The names of table (with a schema: `app.users`) and columns are taken as they are written; what is undefined gets the
   * column's default.
   */
  batchInsert<T extends object>(table: string, rows: readonly T[]): Promise<ItemResult<T>[]>;
}

/** What became of one item of several. */
export type ItemResult<T> =
  | { readonly index: number; readonly ok: true; readonly value: T }
  | { readonly index: number; readonly ok: false; readonly error: ItemError };

export interface ItemError {
  /** What kind of failure it is: `conflict`, `invalidInput` … */
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

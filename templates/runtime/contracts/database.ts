// The contract `Database`: PostgreSQL, embedded or on a server. Only types.

/** With `DATABASE_URL` a server's, otherwise an embedded one whose files are in `DATA_DIR`. The SQL is the same. */
export interface Database {
  /** Parameters stand as `$1`, `$2` … in the text. */
  query<T = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
  /** The first row, if there is one. */
  one<T = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<T | undefined>;
  /** Rows as they are asked for; leaving the loop closes the cursor. */
  stream<T = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): AsyncIterable<T>;
  /** Committed when `work` resolves, rolled back when it rejects. */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>;
  /** Inserts what can be inserted and says of each row whether it was, in their order. */
  batchInsert<T extends object>(table: string, rows: readonly T[]): Promise<ItemResult<T>[]>;
}

/** What became of one item of several. */
export type ItemResult<T> =
  | { readonly index: number; readonly ok: true; readonly value: T }
  | { readonly index: number; readonly ok: false; readonly error: ItemError };

export interface ItemError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

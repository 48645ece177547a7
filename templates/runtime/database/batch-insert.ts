// Rows → as few INSERT statements as can be, and what became of each row. A statement that fails is halved until the
// rows are found that it fails for, the first ones first: of two rows that exclude each other the first one is inserted.
import { classifyError } from "../errors/classify.js";
import type { ItemError, ItemResult } from "../contracts/database.js";
import type { Run } from "./connection.js";
import { isRowAtFault } from "./failure.js";
import { encodeJson } from "./values.js";

export interface Batch<T> {
  readonly table: string;
  readonly rows: readonly T[];
}

/** Of one statement; PostgreSQL numbers its parameters with 16 bits. */
const limits = { rows: 500, parameters: 65_535 };

/** `run` undoes a statement that fails, and nothing else. */
export async function batchInsert<T extends object>(run: Run, { table, rows }: Batch<T>): Promise<ItemResult<T>[]> {
  const target = quoteTable(table);
  const jsonColumns = rows.some(hasArray) ? await findJsonColumns(run, target) : new Set<string>();
  const insert = async (part: readonly T[], start: number): Promise<ItemResult<T>[]> => {
    try {
      const { sql, parameters } = writeInsert(target, part, jsonColumns);
      await run(sql, parameters);
      return part.map((value, offset) => ({ index: start + offset, ok: true, value }));
    } catch (error) {
      if (!isRowAtFault(error)) throw error;
      if (part.length === 1) return [{ index: start, ok: false, error: itemError(error) }];
      const middle = Math.ceil(part.length / 2);
      const first = await insert(part.slice(0, middle), start);
      return [...first, ...(await insert(part.slice(middle), start + middle))];
    }
  };
  const results: ItemResult<T>[] = [];
  for (let start = 0; start < rows.length;) {
    const part = takePart(rows, start);
    results.push(...(await insert(part, start)));
    start += part.length;
  }
  return results;
}

function takePart<T extends object>(rows: readonly T[], start: number): readonly T[] {
  const part = rows.slice(start, start + limits.rows);
  return part.slice(0, Math.max(1, Math.floor(limits.parameters / columnsOf(part).length)));
}

function columnsOf(rows: readonly object[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => definedEntries(row).map(([column]) => column)))];
}

/** What is undefined is left to the column's default. */
function definedEntries(row: object): readonly (readonly [string, unknown])[] {
  return Object.entries(row).filter(([, value]) => value !== undefined);
}

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

function writeInsert(target: string, rows: readonly object[], jsonColumns: ReadonlySet<string>): Statement {
  const columns = columnsOf(rows);
  // There is no way to say it of several rows at once.
  if (columns.length === 0)
    return { sql: `INSERT INTO ${target} SELECT FROM generate_series(1, ${rows.length})`, parameters: [] };
  const parameters: unknown[] = [];
  const tuples = rows.map((row) => {
    const values = new Map(definedEntries(row));
    const places = columns.map((column) => {
      if (!values.has(column)) return "DEFAULT";
      const value = values.get(column);
      parameters.push(value !== null && jsonColumns.has(column) ? encodeJson(value) : value);
      return `$${parameters.length}`;
    });
    return `(${places.join(", ")})`;
  });
  const sql = `INSERT INTO ${target} (${columns.map(quoteName).join(", ")}) VALUES ${tuples.join(", ")}`;
  return { sql, parameters };
}

function hasArray(row: object): boolean {
  return Object.values(row).some(Array.isArray);
}

/** For an array the column says whether it is JSON's or SQL's. */
async function findJsonColumns(run: Run, target: string): Promise<ReadonlySet<string>> {
  const sql = "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND atttypid IN (114, 3802)";
  const { rows } = await run(sql, [target]);
  return new Set(rows.map(({ attname }) => String(attname)));
}

/** Names are taken as they are written; a dot stands between schema and table. */
function quoteTable(table: string): string {
  return table.split(".").map(quoteName).join(".");
}

function quoteName(name: string): string {
  if (name === "" || name.includes("\0")) throw new TypeError(`${JSON.stringify(name)} is no name in the database.`);
  return `"${name.replaceAll('"', '""')}"`;
}

function itemError(error: unknown): ItemError {
  const { kind, exposed, message } = classifyError(error);
  const isRetryable = kind === "unavailable" || kind === "timeout";
  return {
    code: kind === "bug" ? "invalidInput" : kind,
    message: exposed ? message : "The row could not be inserted.",
    retryable: isRetryable,
  };
}

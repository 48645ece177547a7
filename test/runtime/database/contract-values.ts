// What of PostgreSQL's values becomes what in JavaScript, and back.
import { expect, test } from "vitest";
import type { Database } from "../../../templates/runtime/contracts/database.js";

export function promiseValues(db: () => Database): void {
  test.each([
    ["int8", "9007199254740991::int8", 9007199254740991],
    ["int8 beyond what a number holds", "9007199254740993::int8", 9007199254740993n],
    ["count(*)", "(SELECT count(*) FROM generate_series(1, 3))", 3],
    ["int4", "-5", -5],
    ["float8", "1.5::float8", 1.5],
    ["numeric", "12345678901234567890.10::numeric", "12345678901234567890.10"],
    ["boolean", "true", true],
    ["null", "null", null],
    ["text", "'ñ😀'", "ñ😀"],
    ["date", "'2026-03-29'::date", "2026-03-29"],
    ["time", "'02:30'::time", "02:30:00"],
    ["interval", "'1 day 2 hours'::interval", "1 day 02:00:00"],
    ["timestamp", "'2026-03-29 02:30:00.125'::timestamp", new Date("2026-03-29T02:30:00.125Z")],
    ["timestamptz", "'2026-03-29 02:30:00+02'::timestamptz", new Date("2026-03-29T00:30:00Z")],
    ["timestamp of long ago", "'0044-03-15 00:00:00 BC'::timestamp", new Date("-000043-03-15T00:00:00Z")],
    ["infinity", "'infinity'::timestamp", "infinity"],
    ["bytea", "'\\x00ff'::bytea", Buffer.from([0, 255])],
    ["json", `'[1, {"a": null}]'::json`, [1, { a: null }]],
    ["jsonb", `'{"a": [true]}'::jsonb`, { a: [true] }],
    ["uuid", "'0198c0de-0000-7000-8000-000000000000'::uuid", "0198c0de-0000-7000-8000-000000000000"],
    ["int8[]", "ARRAY[1, 9007199254740993, null]::int8[]", [1, 9007199254740993n, null]],
    ["numeric[]", "ARRAY[1.10]::numeric[]", ["1.10"]],
    ["date[]", "ARRAY['2026-03-29']::date[]", ["2026-03-29"]],
    ["text[][]", "ARRAY[['a', 'b,'], ['\"', null]]", [["a", "b,"], ['"', null]]], // prettier-ignore
  ])("%s is read", async (_what, sql, value) => {
    expect(await db().one(`SELECT ${sql} AS value`)).toEqual({ value });
  });

  test.each([
    ["int8", 9007199254740993n, 9007199254740993n],
    ["numeric", "1.10", "1.10"],
    ["bool", false, false],
    ["text", undefined, null],
    ["text", new URL("https://a.example/b"), "https://a.example/b"],
    ["timestamptz", new Date(1), new Date(1)],
    ["timestamp", new Date(1), new Date(1)],
    ["bytea", new Uint8Array([0, 255]), Buffer.from([0, 255])],
    ["text[]", ["a", null, 'b",'], ["a", null, 'b",']],
    ["int[]", new Set([1, 2]), [1, 2]],
    ["timestamptz[]", [new Date(1)], [new Date(1)]],
    ["jsonb", { a: [1, "ñ"] }, { a: [1, "ñ"] }],
    ["jsonb", [{ a: 1 }, { b: null }], [{ a: 1 }, { b: null }]],
    ["jsonb", new Map([["a", 1]]), { a: 1 }],
  ])("%s takes %o", async (type, given, value) => {
    expect(await db().one(`SELECT $1::${type} AS value`, [given])).toEqual({ value });
  });

  test("no row is undefined; a parameter is never SQL", async () => {
    expect(await db().one("SELECT 1 WHERE $1 = 'x'", ["' OR true --"])).toBeUndefined();
  });
}

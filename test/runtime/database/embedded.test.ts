// The embedded database keeps the promises of `Database`, in memory; in a folder it keeps its data too.
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database } from "../../../templates/runtime/contracts/database.js";
import { openDatabase } from "../../../templates/runtime/database/provide.js";
import { makeFolder, writeFiles } from "../../support/folder.js";
import { bundleSample, startServer } from "../support/subprocess.js";
import { promiseDatabase } from "./contract.js";
import { failure } from "./observe.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
  process.env["TZ"] = "America/St_Johns"; // half an hour off, with summer time: dates must not care
});

const patient = { timeout: 60_000, interval: 20 };

async function open(folder: string) {
  vi.stubEnv("DATABASE_URL", "");
  vi.stubEnv("DATA_DIR", folder);
  const opened = openDatabase();
  const { value } = await opened.next();
  vi.unstubAllEnvs();
  return { db: value as Database, close: () => opened.next() };
}

describe("in memory", () => {
  let close: () => Promise<unknown>;
  promiseDatabase(async () => {
    const opened = await open("memory://");
    ({ close } = opened);
    return opened.db;
  });
  afterAll(async () => close());
});

describe("in a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = makeFolder("embedded-database");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("nothing is started, and no folder made, before the first statement", async () => {
    const { close } = await open(join(folder, "data"));
    await close();
    expect(existsSync(join(folder, "data"))).toBe(false);
  });

  test("who opens it twice is told who has it; after the end it is free", async () => {
    const first = await open(folder);
    await first.db.query("CREATE TABLE t (n int)");
    const second = await open(folder);
    const error = await failure(second.db.query("SELECT 1"));
    expect(error).toMatchObject({
      status: 503,
      message: expect.stringContaining(`in use by another process (${String(process.pid)})`),
    });
    await first.close();
    expect(await second.db.query("SELECT * FROM t")).toEqual([]);
    await second.close();
  });

  test("a start that was killed halfway is begun anew", async () => {
    writeFiles(join(folder, "postgres.new"), { PG_VERSION: "18\n" });
    const { db, close } = await open(folder);
    expect(await db.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await close();
  });

  test("what was answered is there after a SIGKILL, and the lock of the dead is taken over", async () => {
    const program = await bundleSample("embedded-database", writer);
    const killed = startServer(program, { env: { DATA_DIR: folder, DATABASE_URL: "" } });
    await vi.waitFor(() => expect(killed.stdout.length, killed.stderr.join("\n")).toBeGreaterThan(50), patient);
    killed.child.kill("SIGKILL");
    await killed.exited;
    const answered = killed.stdout.length;
    expect(existsSync(join(folder, "lock"))).toBe(true);
    const { db, close } = await open(folder);
    const rows = await db.query<{ n: number }>("SELECT n FROM written ORDER BY n");
    expect(rows.map(({ n }) => n).slice(0, answered)).toEqual(Array.from({ length: answered }, (_, n) => n));
    await close();
  });
});

/** Says which numbers it has written, one after the other, until it is killed. */
const writer = `
  import { openDatabase } from "./templates/runtime/database/provide.js";
  const { value: db } = await openDatabase().next();
  await db.query("CREATE TABLE written (n int)");
  for (let n = 0; ; n++) {
    await db.query("INSERT INTO written VALUES ($1)", [n]);
    console.log(n);
  }`;

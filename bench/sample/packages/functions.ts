/** Functions over packages as applications have them, for the start with packages beside the bundle and within it. */
import { Ajv } from "ajv";
import { createPatch } from "diff";
import { Redis } from "ioredis";
import pg from "pg";
import { pino } from "pino";
import { request } from "undici";

const log = pino({ level: "silent" });

/** Show what changed between two texts. */
export function showChanges(before: string, after: string): string {
  log.debug("showChanges");
  return createPatch("text", before, after);
}

/** Say whether a JSON text fits a JSON schema. */
export function fitsSchema(schema: string, text: string): boolean {
  return new Ajv().validate(JSON.parse(schema) as object, JSON.parse(text));
}

/** Count the users. */
export async function countUsers(): Promise<number> {
  const pool = new pg.Pool();
  const { rows } = await pool.query<{ count: number }>("select count(*)::int as count from users");
  await pool.end();
  return rows[0]?.count ?? 0;
}

/** Read a value of a cache. */
export async function readCache(name: string): Promise<string> {
  const redis = new Redis();
  const value = await redis.get(name);
  redis.disconnect();
  return value ?? "";
}

/** Fetch a page. */
export async function fetchPage(url: string): Promise<string> {
  const { body } = await request(url);
  return body.text();
}

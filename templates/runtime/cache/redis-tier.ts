// What all processes of a server share: entries, and the generations of their tags, in Redis. It never fails a call:
// what cannot be read is not there, what cannot be written is not kept.
import { randomUUID } from "node:crypto";
import type { Redis } from "ioredis";
import { log } from "../logging/logger.js";
import type { Connect, RedisConnection } from "../redis/connection.js";
import { span } from "../tracing/span.js";
import { printRecord, readRecord, type Stored } from "./record.js";
import { fillScript, invalidateScript } from "./scripts.js";
import { createTrust } from "./trust.js";

/** What one look at Redis has shown. */
export interface Sight {
  /** Valid and not past its time. */
  readonly record?: Stored | undefined;
  /** Those of the tags that were asked for; undefined when Redis could not be asked. */
  readonly generations?: readonly string[] | undefined;
}

const lookup = { name: "cache lookup", kind: "client", attributes: { "db.system.name": "redis" } } as const;

export type Written = "written" | "outdated" | "failed";

export interface RedisTier {
  readonly isConfigured: boolean;
  look(key: string, tags: readonly string[]): Promise<Sight>;
  /** Unless something that was seen has been invalidated since. */
  write(key: string, record: Stored, generations: readonly string[]): Promise<Written>;
  remove(key: string): Promise<void>;
  /** Rejects when Redis cannot be told; then it may or may not have been. */
  invalidate(tags: readonly string[], message: string): Promise<void>;
}

export interface RedisTierParts {
  readonly connect: Connect;
  /** Before each name. */
  readonly space: string;
  readonly channel: string;
  /** These are out of date in Redis, which has not been told yet. */
  isPending(tags: readonly string[]): boolean;
}

/** Longer than it takes a tag to be forgotten, the entries that have it are as good as gone. */
const generationMilliseconds = 30 * 24 * 3_600_000;

/** What is on its way to Redis and has not arrived: beyond it nothing more is written. */
const maxWaiting = { writes: 256, bytes: 16 * 1024 ** 2 };

export const anyGeneration = "*";

export function createRedisTier(parts: RedisTierParts): RedisTier {
  const { space, channel, connect } = parts;
  const trust = createTrust();
  const nameOf = (tag: string): string => `${space}#tag:${tag}`;

  const look = async (redis: RedisConnection, key: string, tags: readonly string[]): Promise<Sight> =>
    redis.run(async (client) => {
      const names = tags.map(nameOf);
      const { printed, remaining, ...seen } = await fetchEntry(client, key, names);
      const isNew = seen.generations.includes("");
      const generations = isNew ? await beginGenerations(client, names) : seen.generations;
      const sealed = printed === null ? undefined : readRecord(printed, remaining);
      if (sealed === undefined || sealed.tags.length === 0) return { record: sealed, generations };
      const own = isSame(sealed.tags, tags) ? generations : await fetchGenerations(client, sealed.tags.map(nameOf));
      const isValid =
        isSame(own, sealed.generations) &&
        !parts.isPending(sealed.tags) &&
        sealed.at > (await trust.since(client, redis));
      return { record: isValid ? sealed : undefined, generations };
    });

  return {
    get isConfigured() {
      return connect() !== undefined;
    },
    async look(key, tags) {
      const redis = connect();
      if (redis === undefined) return {};
      return span(lookup, () => look(redis, key, tags)).catch((error: unknown): Sight => {
        log.debug("Redis could not be asked", { error });
        return {};
      });
    },
    write: createWriter(connect, nameOf),
    async remove(key) {
      await connect()
        ?.run((client) => client.del(key))
        .catch((error: unknown) => log.debug("a result could not be removed from Redis", { error }));
    },
    async invalidate(tags, message) {
      const fixed = [randomUUID(), generationMilliseconds, channel, message];
      await connect()?.run((client) => client.eval(invalidateScript, tags.length, ...tags.map(nameOf), ...fixed));
    },
  };
}

function createWriter(connect: Connect, nameOf: (tag: string) => string): RedisTier["write"] {
  const waiting = { writes: 0, bytes: 0 };
  return async (key, record, generations) => {
    const redis = connect();
    if (redis === undefined || isFull(waiting)) return "failed";
    const body = printRecord(record);
    waiting.writes += 1;
    waiting.bytes += body.length;
    try {
      const names = record.tags.map(nameOf);
      const lifetime = Math.ceil(record.ttl + record.spare);
      const fixed = [lifetime, body, randomUUID(), generationMilliseconds];
      const done = await redis.run((client) =>
        client.eval(fillScript, 1 + names.length, key, ...names, ...fixed, ...generations),
      );
      return done === 1 ? "written" : "outdated";
    } catch (error) {
      log.debug("a result could not be kept in Redis", { error });
      return "failed";
    } finally {
      waiting.writes -= 1;
      waiting.bytes -= body.length;
    }
  };
}

interface Fetched {
  readonly printed: string | null;
  /** In milliseconds. */
  readonly remaining: number;
  readonly generations: readonly string[];
}

/** In one exchange: the generations are read after the entry, so that what is invalidated in between is not valid. */
async function fetchEntry(client: Redis, key: string, tagNames: readonly string[]): Promise<Fetched> {
  const pipeline = client.pipeline().get(key).pttl(key);
  if (tagNames.length > 0) pipeline.mget(...tagNames);
  const answers = (await pipeline.exec()) ?? [];
  const failed = answers.find(([error]) => error !== null);
  if (failed?.[0]) throw failed[0];
  const [printed, remaining, generations = []] = answers.map(([, answer]) => answer) as [
    string | null,
    number,
    (readonly (string | null)[])?,
  ];
  return { printed, remaining, generations: generations.map((generation) => generation ?? "") };
}

async function fetchGenerations(client: Redis, tagNames: readonly string[]): Promise<readonly string[]> {
  return (await client.mget(...tagNames)).map((generation) => generation ?? "");
}

/** Tags without a generation get one now: a tag that has lost it in the meantime must not look as it did before. */
async function beginGenerations(client: Redis, tagNames: readonly string[]): Promise<readonly string[]> {
  await Promise.all(tagNames.map((name) => client.set(name, randomUUID(), "PX", generationMilliseconds, "NX")));
  return fetchGenerations(client, tagNames);
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

function isFull({ writes, bytes }: typeof maxWaiting): boolean {
  return writes >= maxWaiting.writes || bytes >= maxWaiting.bytes;
}

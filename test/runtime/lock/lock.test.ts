// The contract `Lock`: in this process, and among processes that share a Redis of the test's own.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { runInScope } from "../../../templates/runtime/call/scope.js";
import { currentScope } from "../../../templates/runtime/call/scope.js";
import type { Lock } from "../../../templates/runtime/contracts/index.js";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { countServer } from "../../../templates/runtime/lifecycle/resources.js";
import { takeLease } from "../../../templates/runtime/lock/lease.js";
import { openLock } from "../../../templates/runtime/lock/provide.js";
import { useRedis, type RedisConnection } from "../../../templates/runtime/redis/connection.js";
import { hasRedis, startRedis, type RedisServer } from "../support/redis-server.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

async function open(): Promise<Lock> {
  const { value } = await openLock().next();
  return value as Lock;
}

afterEach(() => vi.unstubAllEnvs());

/** As many as there are processes: each of them has a line of its own. */
const contract = (openAll: () => Promise<readonly Lock[]>): void => {
  test("one at a time, and the fence grows", async () => {
    const locks = await openAll();
    const fences: bigint[] = [];
    let inside = 0;
    const work = async (fence: bigint): Promise<bigint> => {
      expect((inside += 1)).toBe(1);
      fences.push(fence);
      await sleep(2);
      inside -= 1;
      return fence;
    };
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, index) => locks[index % locks.length]!.run("a", work, { timeout: "20s" })),
    );
    expect(results.toSorted((a, b) => Number(a - b))).toEqual(fences);
    expect(new Set(fences).size).toBe(40);
  }, 30_000);

  test("different keys do not wait for each other", async () => {
    const [lock] = await openAll();
    let inside = 0;
    const all = ["a", "b", "c"].map((key) =>
      lock!.run(key, async () => {
        inside += 1;
        await vi.waitUntil(() => inside === 3, { timeout: 5_000 });
      }),
    );
    await Promise.all(all);
  });

  test("waiting ends: with a refusal, and at once when the call is cancelled", async () => {
    const locks = await openAll();
    const last = locks.at(-1)!;
    let release = (): void => undefined;
    const holding = locks[0]!.run("a", () => new Promise<void>((resolve) => (release = resolve)));
    await sleep(50);
    const error: unknown = await last.run("a", () => Promise.resolve(), { timeout: 50 }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "OVERLOADED" });
    const controller = new AbortController();
    const scope = { requestId: "r", tool: "t", signal: controller.signal };
    const waiting = runInScope(scope, () => last.run("a", () => Promise.resolve(), { timeout: "1m" }));
    controller.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
    release();
    await holding;
    expect(await last.run("a", () => Promise.resolve("mine"))).toBe("mine");
  });

  test("given back when the work throws; asking for what one holds is an error", async () => {
    const [lock] = await openAll();
    await expect(lock!.run("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    const twice = lock!.run("a", () => lock!.run("a", () => Promise.resolve()));
    await expect(twice).rejects.toThrow("holds this lock already");
    expect(await lock!.run("a", () => Promise.resolve(1))).toBe(1);
  });
};

describe("in this process", () => contract(async () => [await open()]));

describe.skipIf(!hasRedis)("with Redis", () => {
  let redis: RedisServer;
  let close: () => Promise<void>;
  beforeAll(async () => {
    redis = await startRedis();
    close = countServer();
    // On a busy machine the first connection takes its time.
    await vi.waitFor(() => connect().run((client) => client.ping()), 10_000);
  });
  afterAll(async () => {
    await close();
    await redis.close();
  });
  const connect = (): RedisConnection => {
    vi.stubEnv("REDIS_URL", redis.url);
    return useRedis()!;
  };

  contract(async () => {
    connect();
    return [await open(), await open(), await open()];
  });

  test("a lease is renewed for as long as it is held, and free at once when it is given back", async () => {
    const connection = connect();
    const { signal } = new AbortController();
    const lease = await takeLease(connection, "renewed", { signal, milliseconds: 300 });
    let lost = 0;
    lease.onLost(() => (lost += 1));
    await sleep(1_000);
    const left = await connection.run(async (client) => client.pttl((await client.keys("mcpgen:lock:*"))[0] ?? ""));
    expect(lost).toBe(0);
    expect(left).toBeGreaterThan(-2);
    const waiting = takeLease(connection, "renewed", { signal });
    await lease.release();
    const next = await waiting;
    expect(next.fence).toBeGreaterThan(lease.fence);
    // The first one is not its holder any more.
    await lease.release();
    const aborted = takeLease(connection, "renewed", { signal: AbortSignal.timeout(100) });
    await expect(aborted).rejects.toMatchObject({ name: "TimeoutError" });
    await next.release();
  });

  test("a holder that is not heard of any more loses it, and the next one's fence is higher", async () => {
    const connection = connect();
    const { signal } = new AbortController();
    const lease = await takeLease(connection, "lost", { signal, milliseconds: 300 });
    const lost = new Promise<void>((resolve) => lease.onLost(resolve));
    await connection.run((client) => client.flushall());
    await lost;
    const next = await takeLease(connection, "lost", { signal, milliseconds: 300 });
    expect(next.fence).toBeGreaterThan(lease.fence);
    // It does not take away what is another's.
    await lease.release();
    expect(await connection.run((client) => client.keys("mcpgen:lock:*"))).toHaveLength(2);
    await next.release();
  });

  test("work whose lock is lost hears of it through its signal", async () => {
    connect();
    const lock = await open();
    const { signal } = new AbortController();
    const scope = { requestId: "r", tool: "t", signal };
    const work = runInScope(scope, () =>
      lock.run("a", async () => {
        await useRedis()!.run((client) => client.flushall());
        await sleep(20_000, undefined, { signal: currentScope()?.signal as AbortSignal });
      }),
    );
    const error: unknown = await work.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "AbortError", cause: { name: "LockLostError", status: 503 } });
  }, 15_000);

  test("frozen or dead, Redis makes nobody wait long: what cannot be locked is not done", async () => {
    connect();
    const lock = await open();
    expect(await lock.run("a", () => Promise.resolve(1))).toBe(1);
    redis.freeze();
    let ran = false;
    const started = performance.now();
    const error: unknown = await lock.run("a", () => ((ran = true), Promise.resolve())).catch((e: unknown) => e);
    redis.thaw();
    expect(classifyError(error)).toMatchObject({ kind: "unavailable", exposed: true });
    expect(ran).toBe(false);
    expect(performance.now() - started).toBeLessThan(6_000);
    // What had been sent to it while it was frozen holds nothing afterwards.
    const woken = performance.now();
    await vi.waitUntil(() => lock.run("a", () => Promise.resolve(true)).catch(() => false), { timeout: 9_000 });
    expect(performance.now() - woken).toBeLessThan(7_000);
  }, 20_000);
});

// The contract `Cache`: one set of promises for memory, Redis and the mock.
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { runInScope } from "../../../templates/runtime/call/scope.js";
import { mockCache } from "../../../templates/runtime/cache/mock.js";
import { openCache } from "../../../templates/runtime/cache/provide.js";
import type { Cache } from "../../../templates/runtime/contracts/index.js";
import { nameServer } from "../../../templates/runtime/lifecycle/resources.js";
import { hasRedis, startRedis, type RedisServer } from "../support/redis-server.js";
import { bootProcess, patient } from "./processes.js";
import { cached, fail, gate, numbered, serve, writing } from "./serving.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

beforeEach(() => vi.stubEnv("REDIS_URL", ""));

const turn = () => new Promise((resolve) => setImmediate(resolve));
const minute = { ttl: "1m" } as const;

interface Opened {
  readonly cache: Cache;
  /** That of the same process. */
  readonly runInScope: typeof import("../../../templates/runtime/call/scope.js").runInScope;
}

async function provided(): Promise<Opened> {
  const provider = openCache();
  const { value } = await provider.next();
  onTestFinished(async () => {
    await provider.return(undefined);
  });
  return { cache: value as Cache, runInScope };
}

function promises(open: () => Opened | Promise<Opened>): void {
  let cache: Cache;
  let runIn: Opened["runInScope"];
  beforeEach(async () => {
    ({ cache, runInScope: runIn } = await open());
  });

  test("nothing is undefined, null is a value", async () => {
    expect(await cache.get("a")).toBeUndefined();
    await cache.set("a", null, minute);
    expect(await cache.get("a")).toBeNull();
    await cache.delete("a");
    expect(await cache.get("a")).toBeUndefined();
  });

  test("what cannot be told from nothing, or not be kept, is not kept", async () => {
    await cache.set("a", undefined, minute);
    await cache.set("f", () => 1, minute);
    expect([await cache.get("a"), await cache.get("f")]).toEqual([undefined, undefined]);
    expect(typeof (await cache.getOrCompute("f", () => Promise.resolve(() => 1), minute))).toBe("function");
  });

  test("dates, maps, sets, bytes and big integers come back as they were", async () => {
    const value = {
      at: new Date(0),
      map: new Map([["a", new Set([1n])]]),
      bytes: new Uint8Array([1, 2]),
      none: undefined,
      zero: -0,
      nan: Number.NaN,
    };
    await cache.set("a", value, minute);
    expect(await cache.get("a")).toEqual(value);
  });

  test("everybody is given a copy", async () => {
    const kept = await cache.getOrCompute("a", () => Promise.resolve({ list: [1] }), minute);
    kept.list.push(2);
    const given = await cache.get<{ list: number[] }>("a");
    given?.list.push(3);
    expect(await cache.get("a")).toEqual({ list: [1] });
  });

  test("the last value is the value", async () => {
    await cache.set("a", 1, minute);
    await cache.set("a", 2, minute);
    expect(await cache.get("a")).toBe(2);
  });

  test("is computed once for all who ask, and kept", async () => {
    const { opened, open: release } = gate();
    const compute = vi.fn(async () => (await opened, { n: 1 }));
    const answers = Array.from({ length: 20 }, () => cache.getOrCompute("a", compute, minute));
    await turn();
    release();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 20 }, () => ({ n: 1 })));
    expect(await cache.getOrCompute("a", compute, minute)).toEqual({ n: 1 });
    expect(compute).toHaveBeenCalledTimes(1);
  });

  test("a failure is that of all who wait, and is not kept", async () => {
    const compute = vi.fn(() => Promise.reject(fail(404)));
    const ask = async () =>
      cache.getOrCompute("a", compute, minute).catch((error: unknown) => (error as Error).message);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(["no", "no", "no"]);
    expect(compute).toHaveBeenCalledTimes(1);
    expect(await ask()).toBe("no");
    expect(compute).toHaveBeenCalledTimes(2);
  });

  test("the computation's signal aborts when nobody waits any more", async () => {
    const controller = new AbortController();
    const seen: AbortSignal[] = [];
    const waiting = runIn({ requestId: "r", tool: "t", signal: controller.signal }, () =>
      cache.getOrCompute(
        "a",
        async (signal) => {
          seen.push(signal);
          await new Promise(() => undefined);
        },
        minute,
      ),
    );
    await vi.waitFor(() => expect(seen).toHaveLength(1), patient);
    controller.abort(new Error("left"));
    await expect(waiting).rejects.toThrow("left");
    expect(seen[0]?.aborted).toBe(true);
  });

  test("tags drop what has them, and what is computed meanwhile is not kept", async () => {
    await cache.set("a", 1, { ...minute, tags: ["users", "user:1"] });
    await cache.set("b", 2, { ...minute, tags: ["users"] });
    await cache.set("c", 3, minute);
    await cache.invalidateTags(["user:1"]);
    expect([await cache.get("a"), await cache.get("b")]).toEqual([undefined, 2]);
    await cache.invalidateTags(["users"]);
    expect([await cache.get("b"), await cache.get("c")]).toEqual([undefined, 3]);
    const { opened, open: release } = gate();
    const computing = cache.getOrCompute("d", async () => (await opened, "old"), { ...minute, tags: ["users"] });
    await turn();
    await cache.invalidateTags(["users"]);
    release();
    expect(await computing).toBe("old");
    await turn();
    expect(await cache.get("d")).toBeUndefined();
  });

  test("what is set or deleted while it is computed stays so", async () => {
    const { opened, open: release } = gate();
    const old = async () => (await opened, "old");
    const computing = [cache.getOrCompute("a", old, minute), cache.getOrCompute("b", old, minute)];
    await turn();
    await cache.set("a", "new", minute);
    await cache.delete("b");
    release();
    expect(await Promise.all(computing)).toEqual(["old", "old"]);
    await turn();
    expect([await cache.get("a"), await cache.get("b")]).toEqual(["new", undefined]);
  });

  test("namespaces, tools and callers have keys of their own", async () => {
    const users = cache.namespace("users");
    const { signal } = new AbortController();
    const caller = (id: string) => ({ caller: { id, scopes: [], claims: {} } });
    const call = { requestId: "r1", tool: "getUser", signal };
    const places = [
      { within: { ...call }, of: cache },
      { within: { ...call, tool: "getOrder" }, of: cache },
      { within: { ...call, ...caller("ada") }, of: cache },
      { within: { ...call, ...caller("eve") }, of: cache },
      { within: call, of: users },
      { within: call, of: users.namespace("a") },
      { within: undefined, of: users },
    ];
    const inside = <T>({ within }: (typeof places)[number], work: () => T) => (within ? runIn(within, work) : work());
    for (const [index, place] of places.entries()) await inside(place, () => place.of.set("key", index, minute));
    for (const [index, place] of places.entries()) expect(await inside(place, () => place.of.get("key"))).toBe(index);
    expect(await cache.namespace("users/key").get("")).toBeUndefined();
  });

  test("a span that is none is a mistake that is said", async () => {
    await expect(cache.set("a", 1, { ttl: "soon" as "1m" })).rejects.toThrow('"soon" is not a duration');
  });
}

describe("in memory", () => {
  promises(() => {
    serve();
    return provided();
  });

  test("lives for its time; within `swr` the old value is given while a new one is computed", async () => {
    serve();
    vi.useFakeTimers({ toFake: ["performance"] });
    onTestFinished(() => void vi.useRealTimers());
    const { cache } = await provided();
    const number = numbered();
    const ask = () => cache.getOrCompute("a", () => Promise.resolve(number()), { ttl: "10s", swr: "5s" });
    expect(await ask()).toEqual({ run: 1 });
    vi.advanceTimersByTime(11_000);
    expect(await cache.get("a")).toBeUndefined();
    expect(await ask()).toEqual({ run: 1 });
    await vi.waitFor(async () => expect(await ask()).toEqual({ run: 2 }));
    vi.advanceTimersByTime(20_000);
    expect(await ask()).toEqual({ run: 3 });
  });

  test("tags are those of the tools: `@cache` and `Cache` drop each other's", async () => {
    serve();
    nameServer("shop");
    const { cache } = await provided();
    const tool = cached({ ttl: "1m", tags: ["user:{id}"] }, numbered());
    await tool({ id: "1" });
    await cache.set("a", 1, { ...minute, tags: ["user:1"] });
    await cache.invalidateTags(["user:1"]);
    expect(await tool({ id: "1" })).toEqual({ run: 2 });
    await cache.set("a", 1, { ...minute, tags: ["user:1"] });
    await writing(["user:{id}"])({ id: "1" });
    expect(await cache.get("a")).toBeUndefined();
  });
});

describe("the mock", () => {
  promises(() => ({ cache: mockCache(), runInScope }));

  test("says what has been asked of it", async () => {
    const cache = mockCache();
    const getUser = (id: string) => cache.getOrCompute(`user:${id}`, () => Promise.resolve({ id }), minute);
    await getUser("123");
    expect([cache.hitCount, cache.missCount, cache.setCount]).toEqual([0, 1, 1]);
    await getUser("123");
    expect([cache.hitCount, cache.missCount, cache.setCount]).toEqual([1, 1, 1]);
    await cache.namespace("a").set("b", 1, minute);
    await cache.get("nothing");
    expect([cache.hitCount, cache.missCount, cache.setCount]).toEqual([1, 2, 2]);
    expect(cache.keys()).toEqual(["user:123", "a/b"]);
    await cache.delete("user:123");
    expect(cache.keys()).toEqual(["a/b"]);
  });

  test("each has its own", async () => {
    await mockCache().set("a", 1, minute);
    expect(await mockCache().get("a")).toBeUndefined();
  });
});

describe.runIf(hasRedis)("with Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
    await new Promise((resolve) => setTimeout(resolve, 2_100));
  });
  afterAll(() => server.close());

  promises(async () => {
    vi.stubEnv("REDIS_URL", server.url);
    const { run, openCache: open, runInScope: runIn } = await bootProcess();
    await run("FLUSHALL");
    return { cache: (await open().next()).value as Cache, runInScope: runIn };
  });

  test("what one process sets, forgets or deletes is so in the other", async () => {
    vi.stubEnv("REDIS_URL", server.url);
    const [a, b] = [await bootProcess(), await bootProcess()];
    const open = async ({ openCache: each }: typeof a) => (await each().next()).value as Cache;
    const [inA, inB] = [await open(a), await open(b)];
    const seen = (value: unknown) => vi.waitFor(async () => expect(await inB.get("k")).toEqual(value), patient);
    await inA.set("k", new Date(1), { ...minute, tags: ["t"] });
    await seen(new Date(1));
    await inA.set("k", new Date(2), { ...minute, tags: ["t"] });
    await seen(new Date(2));
    await inA.invalidateTags(["t"]);
    await seen(undefined);
    await inA.set("k", 3, minute);
    await seen(3);
    await inA.delete("k");
    await seen(undefined);
  });
});

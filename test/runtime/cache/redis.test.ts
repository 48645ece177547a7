// Two processes of a server that share a Redis: each is a module graph of its own, so that their steps can be put in
// any order.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { hasRedis, startRedis, type RedisServer } from "../support/redis-server.js";
import { bootProcess, patient } from "./processes.js";
import { fail, gate, numbered } from "./serving.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

/** A value that is written and read as a database's. */
function createSource() {
  const state = { value: "v1" };
  return { state, read: () => ({ value: state.value }) };
}

const byUser = { ttl: "1m", tags: ["user:{id}", "users"] } as const;

/** A server that has just started may have been another before: what is from its first seconds is not believed. */
const settling = () => new Promise((resolve) => setTimeout(resolve, 2_100));

describe.runIf(hasRedis)("a Redis that is well", () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis();
    await settling();
  });
  beforeEach(async () => {
    vi.stubEnv("REDIS_URL", server.url);
    const { run, close } = await bootProcess();
    await run("FLUSHALL");
    await close();
  });
  afterAll(() => server.close());

  test("what one process has computed, the other has", async () => {
    const [a, b] = [await bootProcess(), await bootProcess()];
    const [inA, inB] = [a.cached(byUser, numbered()), b.cached(byUser, numbered())];
    expect(await inA({ id: "1" })).toEqual({ run: 1 });
    await a.settled();
    expect(await inB({ id: "1" })).toEqual({ run: 1 });
    expect(await inB({ id: "1" })).toEqual({ run: 1 });
    expect(inB.runs()).toBe(0);
    expect(b.countsOf("cache_requests_total")).toEqual({ "getUser hit_l1": 1, "getUser hit_l2": 1 });
  });

  test("what was not found is not found in the other either", async () => {
    const [a, b] = [await bootProcess(), await bootProcess()];
    const options = { ttl: "1m", negative: "30s" } as const;
    const missing = Object.assign(fail(404, "No such user."), { expose: true });
    const [inA, inB] = [a, b].map(({ cached }) => cached(options, () => Promise.reject(missing)));
    await expect(inA?.()).rejects.toBe(missing);
    await a.settled();
    await expect(inB?.()).rejects.toMatchObject({ status: 404, message: "No such user.", expose: true });
    expect(inB?.runs()).toBe(0);
  });

  test("an invalidation reaches the memory of the other", async () => {
    const [a, b] = [await bootProcess(), await bootProcess()];
    const { state, read } = createSource();
    const [inA, inB] = [a.cached(byUser, read), b.cached(byUser, read)];
    await inA({ id: "1" });
    await a.settled();
    await inB({ id: "1" });
    await a.writing(["user:{id}"], () => {
      state.value = "v2";
      return {};
    })({ id: "1" });
    await vi.waitFor(async () => expect(await inB({ id: "1" })).toEqual({ value: "v2" }), patient);
    expect(await inA({ id: "1" })).toEqual({ value: "v2" });
    expect(inA.runs() + inB.runs()).toBe(2);
  });

  test.each(["heard", "lost"])(
    "a value that was read before a write is not kept after it: message %s",
    async (message) => {
      const [reader, writer] = [await bootProcess(), await bootProcess()];
      const { state, read } = createSource();
      const { opened, open } = gate();
      const slow = reader.cached({ ...byUser, l1: "1m" }, async () => {
        const value = read();
        await opened;
        return value;
      });
      const reading = slow({ id: "1" });
      await vi.waitFor(() => expect(slow.runs()).toBe(1), patient);
      if (message === "lost") await writer.run("CLIENT", "KILL", "TYPE", "pubsub");
      await writer.writing(["user:{id}"], () => {
        state.value = "v2";
        return {};
      })({ id: "1" });
      open();
      expect(await reading).toEqual({ value: "v1" });
      await reader.settled();
      expect(await writer.cached(byUser, read)({ id: "1" })).toEqual({ value: "v2" });
      await vi.waitFor(async () => expect(await slow({ id: "1" })).toEqual({ value: "v2" }), patient);
    },
  );

  test("memory gives way to Redis after its own time, with what is left of the whole", async () => {
    const [a, b] = [await bootProcess(), await bootProcess()];
    const [inA, inB] = [a, b].map(({ cached }) => cached({ ttl: "10s", l1: "1s" }, numbered()));
    await inA?.();
    await a.settled();
    await inB?.();
    const keys = (await a.run("KEYS", "mcpgen:1:shop:getUser:*")) as string[];
    expect(keys).toHaveLength(1);
    const remaining = Number(await a.run("PTTL", keys[0] ?? ""));
    expect(remaining).toBeGreaterThan(5_000);
    expect(remaining).toBeLessThanOrEqual(10_000);
    await a.run("PEXPIRE", keys[0] ?? "", "1");
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await inB?.()).toEqual({ run: 1 });
    expect(inB?.runs()).toBe(1);
  });

  test("what Redis has lost or never understood is computed", async () => {
    const a = await bootProcess();
    const tool = a.cached({ ...byUser, l1: 0 }, numbered());
    await tool({ id: "1" });
    await a.settled();
    expect(await tool({ id: "1" })).toEqual({ run: 1 });
    // A generation that is lost forgets; it does not bring back.
    await a.run("DEL", "mcpgen:1:shop:#tag:user:1");
    expect(await tool({ id: "1" })).toEqual({ run: 2 });
    await a.settled();
    const [key = ""] = (await a.run("KEYS", "mcpgen:1:shop:getUser:*")) as string[];
    for (const [index, nonsense] of ["", "nonsense", "1\n{}\n", "1\nnull\nx", "\n\n"].entries()) {
      await a.run("SET", key, nonsense, "PX", "60000");
      expect(await tool({ id: "1" })).toEqual({ run: 3 + index });
      await a.settled();
    }
  });
});

describe.runIf(hasRedis)("a Redis that is not", () => {
  let server: RedisServer;

  beforeEach(async () => {
    server = await startRedis();
    vi.stubEnv("REDIS_URL", server.url);
  });
  afterEach(() => server.close());

  test("what was forgotten before a crash does not come back from the disk", async () => {
    const [a, b] = [await bootProcess(), await bootProcess()];
    const { state, read } = createSource();
    const [inA, inB] = [a, b].map(({ cached }) => cached({ ...byUser, l1: 0 }, read));
    await inA?.({ id: "1" });
    await a.settled();
    await a.run("SAVE");
    await a.writing(["user:{id}"], () => {
      state.value = "v2";
      return {};
    })({ id: "1" });
    await server.kill();
    await server.start();
    const c = await bootProcess();
    expect(await c.run("KEYS", "mcpgen:1:shop:getUser:*")).toHaveLength(1);
    expect(await c.cached({ ...byUser, l1: 0 }, read)({ id: "1" })).toEqual({ value: "v2" });
    expect(await inA?.({ id: "1" })).toEqual({ value: "v2" });
    expect(await inB?.({ id: "1" })).toEqual({ value: "v2" });
  });

  test.each(["frozen", "killed"])("an invalidation that Redis misses is told it later: %s", async (how) => {
    await settling();
    const [a, b] = [await bootProcess(), await bootProcess()];
    const { state, read } = createSource();
    const [inA, inB] = [a, b].map(({ cached }) => cached({ ...byUser, l1: 0 }, read));
    await inA?.({ id: "1" });
    await a.settled();
    expect(await inB?.({ id: "1" })).toEqual({ value: "v1" });
    if (how === "frozen") server.freeze();
    else {
      await a.run("SAVE");
      await server.kill();
    }
    const write = a.writing(["user:{id}"], () => {
      state.value = "v2";
      return {};
    });
    expect(await write({ id: "1" })).toEqual({});
    expect(await inA?.({ id: "1" })).toEqual({ value: "v2" });
    expect(a.countsOf("cache_invalidations_total")).toEqual({ failed: 1 });
    if (how === "frozen") server.thaw();
    else await server.start();
    const generation = async () => a.run("GET", "mcpgen:1:shop:#tag:user:1");
    await vi.waitFor(async () => expect(await generation()).toMatch(/-/), patient);
    expect(await inA?.({ id: "1" })).toEqual({ value: "v2" });
    await vi.waitFor(async () => expect(await inB?.({ id: "1" })).toEqual({ value: "v2" }), patient);
  });

  test("a Redis that is full takes no invalidation: what it has is not believed until it has", async () => {
    await settling();
    const a = await bootProcess();
    const { state, read } = createSource();
    const tool = a.cached({ ...byUser, l1: 0 }, read);
    await tool({ id: "1" });
    await a.settled();
    expect(await tool({ id: "1" })).toEqual({ value: "v1" });
    expect(tool.runs()).toBe(1);
    await a.run("CONFIG", "SET", "maxmemory", "1");
    const write = a.writing(["user:{id}"], () => {
      state.value = "v2";
      return {};
    });
    await write({ id: "1" });
    expect(await tool({ id: "1" })).toEqual({ value: "v2" });
    await a.run("CONFIG", "SET", "maxmemory", "0");
    await vi.waitFor(async () => {
      await tool({ id: "1" });
      await a.settled();
      const runs = tool.runs();
      expect(await tool({ id: "1" })).toEqual({ value: "v2" });
      expect(tool.runs()).toBe(runs);
    }, patient);
  });

  test("what Redis has missed it is told when the server ends", async () => {
    const a = await bootProcess();
    const b = await bootProcess();
    await a.run("CLIENT", "PAUSE", "400", "WRITE");
    await a.writing(["user:{id}"])({ id: "1" });
    expect(a.countsOf("cache_invalidations_total")).toEqual({ failed: 1 });
    await b.run("CLIENT", "UNPAUSE");
    await b.run("DEL", "mcpgen:1:shop:#tag:user:1");
    await a.close();
    expect(await b.run("GET", "mcpgen:1:shop:#tag:user:1")).toMatch(/-/);
  });

  test("a frozen Redis fails no call, and what waits for it is bounded", async () => {
    const a = await bootProcess();
    const tool = a.cached({ ttl: "1m" }, numbered());
    await tool({ id: "warm" });
    server.freeze();
    const answers = await Promise.all(Array.from({ length: 1_000 }, (_, id) => tool({ id })));
    expect(answers).toHaveLength(1_000);
    expect(tool.runs()).toBe(1_001);
    server.thaw();
    await vi.waitFor(() => a.run("PING"), patient);
    const keys = (await a.run("KEYS", "mcpgen:1:shop:getUser:*")) as string[];
    expect(keys.length).toBeLessThanOrEqual(1 + 256);
  });
});

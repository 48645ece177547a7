// The client of ioredis that functions can ask for: there when the server starts, or the reason why it does not.
import { afterEach, describe, expect, test, vi } from "vitest";
import { createFailover } from "../../../templates/runtime/redis/failover.js";
import { openRedis } from "../../../templates/runtime/redis/provide.js";
import { hasRedis, startRedis } from "../support/redis-server.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

afterEach(() => vi.unstubAllEnvs());

test("without REDIS_URL: says so", async () => {
  vi.stubEnv("REDIS_URL", "");
  await expect(openRedis().next()).rejects.toThrow("REDIS_URL is not set.");
});

test("with nobody there: the reason, and nothing that tries again", async () => {
  vi.stubEnv("REDIS_URL", "redis://127.0.0.1:1");
  await expect(openRedis().next()).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

describe.runIf(hasRedis)("with a server", () => {
  test("connected from the first call on, disconnected behind the yield", async () => {
    const server = await startRedis();
    vi.stubEnv("REDIS_URL", server.url);
    const opening = openRedis();
    const { value: client } = await opening.next();
    expect(await client?.incr("n")).toBe(1);
    await opening.next();
    await vi.waitFor(() => expect(client?.status).toBe("end"));
    await server.close();
  });

  test("a database that there is not: says so, and writes into no other", async () => {
    const server = await startRedis();
    vi.stubEnv("REDIS_URL", `${server.url}/99`);
    await expect(openRedis().next()).rejects.toThrow("REDIS_URL: there is no such database");
    vi.stubEnv("REDIS_URL", `${server.url}/3\n`);
    const opening = openRedis();
    const { value: client } = await opening.next();
    expect(await client?.client("INFO")).toContain(" db=3 ");
    await opening.next();
    await server.close();
  });

  test("a replica that stays one refuses what is written, and takes it when it is promoted", async () => {
    const server = await startRedis();
    vi.stubEnv("REDIS_URL", server.url);
    const opening = openRedis();
    const { value: client } = await opening.next();
    await client?.replicaof("127.0.0.1", 1);
    await expect(client?.set("a", 1)).rejects.toThrow("READONLY");
    await client?.replicaof("NO", "ONE");
    await vi.waitFor(async () => expect(await client?.set("a", 1)).toBe("OK"));
    await opening.next();
    await server.close();
  });
});

test("what a replica refuses is sent again once in a while, and to others nothing", () => {
  let now = 0;
  const reconnect = createFailover(() => now);
  const refused = new Error("READONLY You can't write against a read only replica.");
  expect([reconnect(refused), reconnect(refused), reconnect(new Error("ERR READONLY "))]).toEqual([2, 1, false]);
  now = 5_001;
  expect(reconnect(refused)).toBe(2);
});

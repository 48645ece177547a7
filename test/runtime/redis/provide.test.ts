// The client of ioredis that functions can ask for: there when the server starts, or the reason why it does not.
import { afterEach, describe, expect, test, vi } from "vitest";
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
});

// The connection that a process shares, against a Redis server that is frozen, killed and started again.
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { countServer } from "../../../templates/runtime/lifecycle/resources.js";
import { useRedis, type RedisConnection } from "../../../templates/runtime/redis/connection.js";
import { hasRedis, startRedis, type RedisServer } from "../support/redis-server.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

const patient = { timeout: 20_000, interval: 20 };

function opened(): RedisConnection {
  const connection = useRedis();
  if (connection === undefined) throw new Error("REDIS_URL is not set");
  return connection;
}

const ping = async () => opened().run((client) => client.ping());
const eventually = (work: () => unknown) => vi.waitFor(work, patient);

test("without REDIS_URL there is none", () => {
  vi.stubEnv("REDIS_URL", "");
  expect(useRedis()).toBeUndefined();
  vi.unstubAllEnvs();
});

describe.runIf(hasRedis)("with a server", () => {
  let server: RedisServer;
  let close: () => Promise<void>;

  beforeEach(async () => {
    server = await startRedis();
    vi.stubEnv("REDIS_URL", server.url);
    close = countServer();
  });
  afterEach(async () => {
    await close();
    vi.unstubAllEnvs();
    await server.close();
  });

  test("is one for all, until the servers are closed", async () => {
    const first = useRedis();
    expect(useRedis()).toBe(first);
    await eventually(() => expect(ping()).resolves.toBe("PONG"));
    await close();
    close = countServer();
    expect(useRedis()).not.toBe(first);
  });

  test("a frozen server costs a moment, then nothing, until it answers again", async () => {
    await eventually(() => expect(ping()).resolves.toBe("PONG"));
    const returned = vi.fn();
    opened().onReturn(returned);
    server.freeze();
    const codes = async () => ping().catch((error: unknown) => (error as { code: string }).code);
    expect([await codes(), await codes(), await codes(), await codes()]).toEqual([
      ...["ETIMEDOUT", "ETIMEDOUT", "ETIMEDOUT"],
      "ECONNREFUSED",
    ]);
    expect(returned).not.toHaveBeenCalled();
    server.thaw();
    await eventually(() => expect(ping()).resolves.toBe("PONG"));
    expect(returned).toHaveBeenCalledTimes(1);
  });

  test("a refusal is an answer: it does not count against the server", async () => {
    await eventually(() => expect(ping()).resolves.toBe("PONG"));
    for (let round = 0; round < 5; round += 1)
      await expect(opened().run((client) => client.eval("return nonsense(", 0))).rejects.toThrow("ERR");
    expect(await ping()).toBe("PONG");
  });

  test("a killed server is refused at once, and found again", async () => {
    await eventually(() => expect(ping()).resolves.toBe("PONG"));
    const returned = vi.fn();
    opened().onReturn(returned);
    await server.kill();
    await eventually(() => expect(ping()).rejects.toMatchObject({ code: "ECONNREFUSED" }));
    await server.start();
    await eventually(() => expect(ping()).resolves.toBe("PONG"));
    expect(returned).toHaveBeenCalledTimes(1);
  });

  test("who listens hears what others say, and where something may have been missed", async () => {
    const heard: string[] = [];
    opened().subscribe("news", { message: (text) => heard.push(text), start: () => heard.push("(start)") });
    await eventually(() => expect(heard).toEqual(["(start)"]));
    await opened().run((client) => client.publish("news", "one"));
    await eventually(() => expect(heard).toEqual(["(start)", "one"]));
    await server.kill();
    await server.start();
    await eventually(() => expect(heard).toEqual(["(start)", "one", "(start)"]));
    await eventually(() => opened().run((client) => client.publish("news", "two")));
    await eventually(() => expect(heard.at(-1)).toBe("two"));
  });
});

describe.runIf(hasRedis)("a server that refuses", () => {
  const users = ["default on >secret ~* &* +@all", "bare on >bare ~* &* +ping", "fixed on >fixed ~* &* +@all -select"];
  const options = users.flatMap((user) => ["--user", ...user.split(" ")]);

  test.each([
    ["the database of the URL", ":secret@", "/99"],
    ["the password", ":wrong@", ""],
    ["a user without a password", "", ""],
    ["a user without the right to choose a database", "fixed:fixed@", "/1"],
    ["what a user has no right to", "bare:bare@", ""],
  ])("%s: as good as down, and nothing is written anywhere", async (_, user, database) => {
    const server = await startRedis(options);
    vi.stubEnv("REDIS_URL", server.url.replace("//", `//${user}`) + database);
    const close = countServer();
    for (let round = 0; round < 20; round += 1) {
      await expect(opened().run((client) => client.set("a", 1))).rejects.toMatchObject({ code: "ECONNREFUSED" });
      await setTimeout(10);
    }
    await close();
    vi.unstubAllEnvs();
    await server.close();
  });
});

describe.runIf(hasRedis)("without a server", () => {
  test("the first calls wait a moment, the others not at all; when there is one, it is used", async () => {
    const server = await startRedis();
    await server.kill();
    vi.stubEnv("REDIS_URL", server.url);
    const close = countServer();
    await expect(ping()).rejects.toMatchObject({ code: "ECONNREFUSED" });
    await server.start();
    await eventually(() => expect(ping()).resolves.toBe("PONG"));
    await close();
    vi.unstubAllEnvs();
    await server.close();
  });
});

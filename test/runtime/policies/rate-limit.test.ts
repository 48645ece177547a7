// So many calls in a period: for each caller, for all, in one process or in several that share a Redis.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { classifyError } from "../../../templates/runtime/errors/classify.js";
import { countServer } from "../../../templates/runtime/lifecycle/resources.js";
import { composePolicies } from "../../../templates/runtime/policies/compose.js";
import type { Next } from "../../../templates/runtime/call/tool-call.js";
import type { Policy } from "../../../templates/runtime/policies/policy.js";
import { rateLimit } from "../../../templates/runtime/policies/rate-limit.js";
import { useRedis } from "../../../templates/runtime/redis/connection.js";
import { hasRedis, startRedis, type RedisServer } from "../support/redis-server.js";
import { callWith, done, tool } from "./calls.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

let close: () => Promise<void>;
beforeEach(() => {
  close = countServer();
});
afterEach(async () => {
  await close();
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const compose = (policy: Policy, name: string = tool.name): Next =>
  composePolicies({ policies: [policy], tool: { ...tool, name }, inner: () => Promise.resolve(done) });

/** How many of so many calls at the same time got through. */
async function passed(run: Next, count: number, caller?: string): Promise<number> {
  const call = callWith(caller === undefined ? {} : { caller });
  const outcomes = await Promise.allSettled(Array.from({ length: count }, () => run(call)));
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

test("as many as it says, then refused with an error that says when to come back", async () => {
  const run = compose(rateLimit({ limit: 5, per: "1m" }));
  expect(await passed(run, 20)).toBe(5);
  const error: unknown = await run(callWith()).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  const failure = classifyError(error);
  expect(failure).toMatchObject({
    kind: "rateLimited",
    exposed: true,
    message: "`lookup` takes at most 5 calls in 60 s.",
  });
  expect(failure.retryAfter).toBeGreaterThan(0);
  expect(failure.retryAfter).toBeLessThanOrEqual(60);
});

test("a call that is made again with the client's answers counts once, as often as that is worth", async () => {
  const run = compose(rateLimit({ limit: 1, per: "1h" }));
  const again = (round: string, wire = {}) => run(callWith({ round, wire }));
  expect(await passed(run, 1)).toBe(1);
  await expect(again("first")).resolves.toBe(done);
  await expect(again("second")).resolves.toBe(done);
  await expect(again("second")).rejects.toThrow("takes at most 1 calls");
  await expect(run(callWith())).rejects.toThrow("takes at most 1 calls");
});

test("each caller has as many, the nameless share theirs; `all` is all; tools count apart", async () => {
  const each = compose(rateLimit({ limit: 3, per: "1h" }));
  expect(await passed(each, 5, "ann")).toBe(3);
  expect(await passed(each, 5, "bob")).toBe(3);
  expect(await passed(each, 5)).toBe(3);
  expect(await passed(each, 5)).toBe(0);
  const all = compose(rateLimit({ limit: 3, per: "1h", by: "all" }), "other");
  expect(await passed(all, 2, "ann")).toBe(2);
  expect(await passed(all, 2, "bob")).toBe(1);
});

test("a period ends, shorter ones than a second and longer ones than Node's timers too", async () => {
  const short = compose(rateLimit({ limit: 2, per: "500ms" }), "short");
  const long = compose(rateLimit({ limit: 2, per: "30d" }), "long");
  // Loads the library, in real time.
  expect(await passed(long, 5)).toBe(2);
  vi.useFakeTimers();
  expect(await passed(short, 9)).toBe(4);
  await vi.advanceTimersByTimeAsync(999);
  expect(await passed(short, 9)).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(await passed(short, 9)).toBe(4);
  expect(await passed(long, 5)).toBe(0);
});

test("the count is forgotten with the last server", async () => {
  const run = compose(rateLimit({ limit: 2, per: "1h" }));
  expect(await passed(run, 5)).toBe(2);
  await close();
  close = countServer();
  expect(await passed(run, 5)).toBe(2);
});

test.each([0, -1, 1.5])("%d is not a number of calls", (limit) => {
  expect(() => rateLimit({ limit, per: "1s" })).toThrow(RangeError);
});

describe.skipIf(!hasRedis)("with Redis", () => {
  let redis: RedisServer;
  beforeEach(async () => {
    redis = await startRedis();
    vi.stubEnv("REDIS_URL", redis.url);
    // Calls from before it is connected are counted in memory.
    await vi.waitFor(() => useRedis()!.run((client) => client.ping()), 10_000);
  });
  afterEach(async () => redis.close());

  test("processes count together; each of them alone while Redis is away", async () => {
    const policy = () => compose(rateLimit({ limit: 10, per: "1h" }));
    const [one, other] = [policy(), policy()];
    expect((await passed(one, 7, "ann")) + (await passed(other, 7, "ann"))).toBe(10);
    await redis.kill();
    await vi.waitFor(async () => expect(await passed(one, 1, "bob")).toBe(1));
    expect(await passed(one, 20, "bob")).toBe(9);
    expect(await passed(other, 20, "bob")).toBe(10);
  });

  test("a refusal is an answer of Redis, not a failure: it goes on being asked", async () => {
    const run = compose(rateLimit({ limit: 1, per: "1h" }));
    expect(await passed(run, 1)).toBe(1);
    for (let index = 0; index < 20; index += 1) expect(await passed(run, 1)).toBe(0);
    const fresh = compose(rateLimit({ limit: 1, per: "1h" }));
    expect(await passed(fresh, 1)).toBe(0);
  });
});

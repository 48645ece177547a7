// `coalesce=cluster`: one process computes, the others wait for it, but never long.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { hasRedis, startRedis, type RedisServer } from "../support/redis-server.js";
import { bootProcess, type Process } from "./processes.js";
import { fail, gate, numbered } from "./serving.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

const options = { ttl: "1m", coalesce: "cluster" } as const;
const times = <T>(count: number, work: () => T): T[] => Array.from({ length: count }, work);
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.runIf(hasRedis)("with Redis", () => {
  let server: RedisServer;
  let [a, b]: Process[] = [];

  beforeAll(async () => {
    server = await startRedis();
  });
  beforeEach(async () => {
    vi.stubEnv("REDIS_URL", server.url);
    [a, b] = [await bootProcess(), await bootProcess()];
    await a.run("FLUSHALL");
  });
  afterAll(() => server.close());

  test("a thousand cold calls in two processes are one computation", async () => {
    const { opened, open } = gate();
    const number = numbered();
    const work = async () => (await opened, number());
    const tools = [a!.cached(options, work), b!.cached(options, work)];
    const answers = times(500, () => tools.map((tool) => tool({ id: 1 }))).flat();
    await sleep(300);
    open();
    expect(new Set((await Promise.all(answers)).map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"run":1}']),
    );
    expect(tools.map((tool) => tool.runs()).sort()).toEqual([0, 1]);
  });

  test("a failure is that of all who wait, in both; the next call computes again", async () => {
    const { opened, open } = gate();
    const error = Object.assign(fail(409, "Somebody was faster."), { expose: true });
    const work = async () => opened.then(() => Promise.reject(error));
    const tools = [a!.cached(options, work), b!.cached(options, work)];
    const ask = async (tool: (typeof tools)[number]) => tool().catch((reason: unknown) => reason);
    const answers = times(500, () => tools.map(ask)).flat();
    await sleep(300);
    open();
    for (const answer of await Promise.all(answers))
      expect(answer).toMatchObject({ status: 409, message: "Somebody was faster.", expose: true });
    expect(tools.map((tool) => tool.runs()).sort()).toEqual([0, 1]);
    await Promise.all([a!.settled(), b!.settled()]);
    await expect(tools[0]?.()).rejects.toBe(error);
  });

  test("words that a client may not see do not leave the process", async () => {
    const { opened, open } = gate();
    const work = async () => opened.then(() => Promise.reject(new TypeError("secret")));
    const tools = [a!.cached(options, work), b!.cached(options, work)];
    const answers = tools.map(async (tool) => tool().catch((reason: unknown) => String(reason)));
    await sleep(300);
    open();
    expect((await Promise.all(answers)).filter((text) => String(text).includes("secret"))).toHaveLength(1);
  });

  test("a holder that hangs is not waited for", async () => {
    const { opened, open } = gate();
    const hanging = a!.cached(options, async () => (await opened, { from: "a" }));
    const other = b!.cached(options, () => ({ from: "b" }));
    const hung = hanging();
    await vi.waitFor(() => expect(hanging.runs()).toBe(1));
    const started = performance.now();
    expect(await Promise.all([other(), other()])).toEqual([{ from: "b" }, { from: "b" }]);
    const waited = performance.now() - started;
    expect(waited).toBeGreaterThan(1_900);
    expect(waited).toBeLessThan(6_000);
    expect(other.runs()).toBe(1);
    open();
    expect(await hung).toEqual({ from: "a" });
  });

  test("a holder that dies leaves its place: the lease ends by itself", async () => {
    const other = b!.cached(options, numbered());
    const holding = a!.cached(options, async () => new Promise(() => undefined));
    void holding().catch(() => undefined);
    await vi.waitFor(() => expect(holding.runs()).toBe(1));
    const [lease = ""] = (await a!.run("KEYS", "mcpgen:1:shop:#lease:*")) as string[];
    expect(Number(await a!.run("PTTL", lease))).toBeLessThanOrEqual(10_000);
    await a!.run("PEXPIRE", lease, "20");
    const started = performance.now();
    await other();
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  test("a holder whom everybody leaves gives its place away; those who wait elsewhere are not cancelled", async () => {
    const controller = new AbortController();
    const holding = a!.cached(options, async ({ signal }) => {
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    });
    const held = holding({}, { signal: controller.signal });
    await vi.waitFor(() => expect(holding.runs()).toBe(1));
    const other = b!.cached(options, numbered());
    const waiting = other();
    await sleep(200);
    expect(other.runs()).toBe(0);
    controller.abort(new Error("left"));
    await expect(held).rejects.toThrow("left");
    expect(await waiting).toEqual({ run: 1 });
  });

  test("one who waits for another process can leave", async () => {
    const { opened, open } = gate();
    const holding = a!.cached(options, async () => (await opened, { from: "a" }));
    const held = holding();
    await vi.waitFor(() => expect(holding.runs()).toBe(1));
    const controller = new AbortController();
    const other = b!.cached(options, numbered());
    const waiting = other({}, { signal: controller.signal });
    await sleep(100);
    controller.abort(new Error("left"));
    await expect(waiting).rejects.toThrow("left");
    open();
    await held;
    await sleep(200);
    expect(other.runs()).toBe(0);
  });

  test("where an old result may be given, it is, instead of waiting for long", async () => {
    const { opened, open } = gate();
    const dated = { ...options, ttl: "1s", staleIfError: "1m" } as const;
    const results = [{ run: 1 }];
    const holding = a!.cached(dated, async () => results.shift() ?? (await opened, { run: 2 }));
    const other = b!.cached(dated, () => ({ from: "b" }));
    await holding();
    await a!.settled();
    expect(await other()).toEqual({ run: 1 });
    await sleep(1_050);
    const held = holding();
    await vi.waitFor(() => expect(holding.runs()).toBe(2));
    expect(await other()).toEqual({ run: 1 });
    expect(other.runs()).toBe(0);
    open();
    expect(await held).toEqual({ run: 2 });
  });

  test("without Redis each process computes for itself, at once", async () => {
    server.freeze();
    const { opened, open } = gate();
    const tools = [a!, b!].map((each) => each.cached(options, async () => (await opened, { run: 1 })));
    const answers = times(50, () => tools.map((tool) => tool())).flat();
    await vi.waitFor(() => expect(tools.map((tool) => tool.runs())).toEqual([1, 1]));
    open();
    await Promise.all(answers);
    expect(tools.map((tool) => tool.runs())).toEqual([1, 1]);
    server.thaw();
  });
});

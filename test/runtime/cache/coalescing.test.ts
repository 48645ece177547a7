// Many ask for the same at the same time: one computation, shared, whatever becomes of it and of those who wait.
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { currentScope } from "../../../templates/runtime/call/scope.js";
import { forwardMetrics } from "../../../templates/runtime/metrics/registry.js";
import { countsOf } from "../support/metrics.js";
import { cached, fail, gate, numbered, serve, writing } from "./serving.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

beforeEach(() => {
  vi.stubEnv("REDIS_URL", "");
  serve();
});

const times = <T>(count: number, work: () => T): T[] => Array.from({ length: count }, work);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a thousand cold calls are one computation", async () => {
  const before = countsOf("cache_requests_total");
  const { opened, open } = gate();
  const tool = cached({ ttl: "1m" }, async () => (await opened, { run: 1 }), { tool: { name: "stampede" } });
  const answers = times(1_000, () => tool({ id: 1 }));
  await turn();
  open();
  expect(new Set((await Promise.all(answers)).map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"run":1}']));
  expect(tool.runs()).toBe(1);
  await tool({ id: 1 });
  expect(countsOf("cache_requests_total", before)).toEqual({
    "stampede coalesced": 999,
    "stampede hit_l1": 1,
    "stampede miss": 1,
  });
});

test("a failing computation fails all who wait, once, and the next call computes again", async () => {
  const before = countsOf("cache_requests_total");
  const { opened, open } = gate();
  const error = fail(503);
  const tool = cached({ ttl: "1m" }, async () => opened.then(() => Promise.reject(error)), { tool: { name: "sick" } });
  const answers = times(1_000, () => tool().catch((reason: unknown) => reason));
  await turn();
  open();
  expect(new Set(await Promise.all(answers))).toEqual(new Set([error]));
  expect(tool.runs()).toBe(1);
  await expect(tool()).rejects.toBe(error);
  expect(tool.runs()).toBe(2);
  expect(countsOf("cache_requests_total", before)).toEqual({ "sick coalesced": 999, "sick error": 2 });
});

test("whoever is cancelled leaves alone, the first included; the others are served", async () => {
  const { opened, open } = gate();
  const seen: AbortSignal[] = [];
  const tool = cached({ ttl: "1m" }, async ({ signal }) => {
    seen.push(signal);
    await opened;
    return { run: 1 };
  });
  const first = new AbortController();
  const second = new AbortController();
  const leaving = [tool({}, { signal: first.signal }), tool({}, { signal: second.signal })];
  const staying = [tool(), tool()];
  await turn();
  first.abort(new Error("first left"));
  second.abort(new Error("second left"));
  await expect(leaving[0]).rejects.toThrow("first left");
  await expect(leaving[1]).rejects.toThrow("second left");
  expect(seen[0]?.aborted).toBe(false);
  open();
  expect(await Promise.all(staying)).toEqual([{ run: 1 }, { run: 1 }]);
  expect(tool.runs()).toBe(1);
});

test("when the last one leaves, the computation is aborted, and nobody joins it any more", async () => {
  const { opened, open } = gate();
  const number = numbered();
  const seen: AbortSignal[] = [];
  const tool = cached({ ttl: "1m" }, async ({ signal }) => {
    seen.push(signal);
    await opened;
    return number();
  });
  const controller = new AbortController();
  const left = [tool({}, { signal: controller.signal }), tool({}, { signal: controller.signal })];
  await turn();
  controller.abort(new Error("left"));
  await Promise.allSettled(left);
  expect(seen[0]?.aborted).toBe(true);
  const next = tool();
  await turn();
  open();
  await next;
  expect(tool.runs()).toBe(2);
  expect(seen[1]?.aborted).toBe(false);
});

test("a call that is cancelled before it begins computes nothing", async () => {
  const tool = cached({ ttl: "1m" }, numbered());
  await expect(tool({}, { signal: AbortSignal.abort(new Error("gone")) })).rejects.toThrow("gone");
  await turn();
  expect(tool.runs()).toBe(0);
});

test("a deadline ends the waiting of the one whose it is; the computation has limits of its own", async () => {
  const { opened, open } = gate();
  const scopes: unknown[] = [];
  const tool = cached({ ttl: "1m" }, async (call) => {
    scopes.push(call.deadline, currentScope()?.deadline, currentScope()?.requestId);
    await opened;
    return { run: 1 };
  });
  const hurried = tool({}, { deadline: performance.now() + 30, requestId: "hurried" });
  const patient = tool();
  await expect(hurried).rejects.toMatchObject({ name: "TimeoutError" });
  open();
  expect(await patient).toEqual({ run: 1 });
  expect(scopes).toEqual([undefined, undefined, "hurried"]);
});

test("with `off`, everybody computes, and everybody else has the result afterwards", async () => {
  const { opened, open } = gate();
  const tool = cached({ ttl: "1m", coalesce: "off" }, async () => (await opened, { run: 1 }));
  const answers = times(10, () => tool());
  await turn();
  open();
  await Promise.all(answers);
  await tool();
  expect(tool.runs()).toBe(10);
});

test("what is invalidated while it is computed is not kept, and not joined by those who come later", async () => {
  let source = "old";
  const gates = { old: gate(), new: gate() };
  const tool = cached({ ttl: "1m", tags: ["user:{id}"] }, async () => {
    const read = source;
    await gates[read as keyof typeof gates].opened;
    return { read };
  });
  const reader = tool({ id: "1" });
  const other = tool({ id: "2" });
  await turn();
  const write = writing(["user:{id}"], () => {
    source = "new";
    return {};
  });
  await write({ id: "1" });
  const later = tool({ id: "1" });
  gates.new.open();
  expect(await later).toEqual({ read: "new" });
  gates.old.open();
  expect(await reader).toEqual({ read: "old" });
  await other;
  expect(await tool({ id: "1" })).toEqual({ read: "new" });
  await tool({ id: "2" });
  expect(tool.runs()).toBe(3);
});

test("what is counted: answers, how long computing took, what memory holds; a sink that throws changes nothing", async () => {
  const throwing = () => {
    throw new Error("full");
  };
  onTestFinished(forwardMetrics({ increment: throwing, record: throwing, gauge: throwing }));
  const before = { took: countsOf("cache_compute_seconds"), entries: countsOf("cache_entries")[""] ?? 0 };
  const tool = cached({ ttl: "1m", tags: ["users"] }, () => ({ text: "x".repeat(1_000) }), {
    tool: { name: "counted" },
  });
  await tool({ id: 1 });
  await tool({ id: 2 });
  expect(Object.keys(countsOf("cache_compute_seconds", before.took))).toEqual(["counted"]);
  expect(countsOf("cache_entries")[""]).toBe(2);
  expect(countsOf("cache_bytes")[""]).toBeGreaterThan(4_000);
  await writing(["users"])();
  expect(countsOf("cache_entries")[""] ?? 0).toBe(0);
});

test("memory holds so much and no more; what was not asked for the longest goes first", async () => {
  const tool = cached({ ttl: "1m" }, () => ({ text: "x".repeat(1_000_000) }));
  for (let id = 0; id < 40; id += 1) await tool({ id });
  expect(countsOf("cache_bytes")[""]).toBeLessThanOrEqual(64 * 1024 ** 2);
  expect(countsOf("cache_evictions")[""]).toBeGreaterThan(0);
  await tool({ id: 39 });
  expect(tool.runs()).toBe(40);
  await tool({ id: 0 });
  expect(tool.runs()).toBe(41);
});

test("those who join do not share an object with the one who computed", async () => {
  const { opened, open } = gate();
  const tool = cached({ ttl: "1m" }, async () => (await opened, { list: [1] }));
  const [first, second] = [tool(), tool()];
  await turn();
  open();
  ((await first) as { list: number[] }).list.push(2);
  expect(await second).toEqual({ list: [1] });
});

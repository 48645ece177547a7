// Results kept in memory: what is the same call, how long a result is given, to whom, and what nobody can change.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { waitUntilIdle } from "../../../templates/runtime/lifecycle/running.js";
import { cached, fail, numbered, serve, writing } from "./serving.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

beforeEach(() => {
  vi.stubEnv("REDIS_URL", "");
  // The jitter takes nothing off.
  vi.spyOn(Math, "random").mockReturnValue(0);
  serve();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("the same call is computed once, in whatever order its arguments come", async () => {
  const tool = cached({ ttl: "1m" }, numbered());
  expect(await tool({ a: 1, b: { c: [1], d: null } })).toEqual({ run: 1 });
  expect(await tool({ b: { d: null, c: [1] }, a: 1 })).toEqual({ run: 1 });
  expect(await tool({ a: "1", b: { c: [1], d: null } })).toEqual({ run: 2 });
  expect(tool.runs()).toBe(2);
});

test("leaving a default out and stating it is the same call", async () => {
  const inputSchema = {
    type: "object",
    properties: { city: { type: "string" }, days: { type: "number", default: 3 } },
  };
  const tool = cached({ ttl: "1m" }, numbered(), { tool: { inputSchema } });
  await tool({ city: "Oslo" });
  await tool({ city: "Oslo", days: 3 });
  await tool({ days: 4, city: "Oslo" });
  expect(tool.runs()).toBe(2);
});

test("what is given cannot be changed, and changes nothing that is kept", async () => {
  const answer = { user: { name: "Ada" }, tags: ["a"] };
  const tool = cached({ ttl: "1m" }, () => answer);
  const first = (await tool()) as typeof answer;
  first.user.name = "Eve";
  answer.tags.push("b");
  const second = (await tool()) as typeof answer;
  expect(second).toEqual({ user: { name: "Ada" }, tags: ["a"] });
  expect(() => {
    second.user.name = "Eve";
  }).toThrow(TypeError);
  expect(await tool()).toEqual({ user: { name: "Ada" }, tags: ["a"] });
});

test("two callers never share, nor do they with those who give no name; `public` is for all", async () => {
  const mine = cached({ ttl: "1m" }, numbered());
  const all = [{ caller: "ada" }, { caller: "eve" }, {}];
  for (const members of [...all, ...all]) await mine({}, members);
  expect(mine.runs()).toBe(3);
  const ours = cached({ ttl: "1m", scope: "public" }, numbered(), { tool: { name: "getNews" } });
  for (const members of all) await ours({}, members);
  expect(ours.runs()).toBe(1);
});

test("with a key, only what it names tells calls apart", async () => {
  const tool = cached({ ttl: "1m", key: "{userId}" }, numbered());
  await tool({ userId: "1", trace: "a" });
  await tool({ userId: "1", trace: "b" });
  await tool({ userId: 1 });
  expect(tool.runs()).toBe(2);
});

test("another tool, another server, another shape of the result: another result", async () => {
  const parts = [
    {},
    { name: "getOrder" },
    { server: "bank" },
    { outputSchema: { type: "object" } },
    { outputSchema: { type: "object", required: ["id"] } },
  ];
  const tools = parts.map((tool) => cached({ ttl: "1m" }, numbered(), { tool }));
  for (const tool of [...tools, ...tools]) await tool({ id: 1 });
  expect(tools.map(({ runs }) => runs())).toEqual([1, 1, 1, 1, 1]);
});

test("a result lives for its time, less up to a tenth", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const tool = cached({ ttl: "10s" }, numbered());
  await tool();
  vi.advanceTimersByTime(9_999);
  await tool();
  expect(tool.runs()).toBe(1);
  vi.advanceTimersByTime(1);
  vi.mocked(Math.random).mockReturnValue(0.5);
  await tool();
  expect(tool.runs()).toBe(2);
  vi.advanceTimersByTime(9_499);
  await tool();
  expect(tool.runs()).toBe(2);
  vi.advanceTimersByTime(1);
  await tool();
  expect(tool.runs()).toBe(3);
});

test("within `swr` the old result is given, and one new one computed after the answer, in a request of its own", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const seen: string[] = [];
  const number = numbered();
  const tool = cached({ ttl: "10s", swr: "5s" }, ({ requestId }) => {
    seen.push(requestId);
    return number();
  });
  await tool();
  vi.advanceTimersByTime(12_000);
  const asked = { requestId: "trigger" };
  expect(await Promise.all([tool({}, asked), tool({}, asked), tool({}, asked)])).toEqual([
    { run: 1 },
    { run: 1 },
    { run: 1 },
  ]);
  await waitUntilIdle(1_000);
  expect(tool.runs()).toBe(2);
  expect(seen[1]).toMatch(/^[0-9a-f-]{36}$/);
  expect(await tool()).toEqual({ run: 2 });
  vi.advanceTimersByTime(15_000);
  expect(await tool()).toEqual({ run: 3 });
});

test("a computation that fails in the background leaves the old result", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const answers = [() => ({ run: 1 }), () => Promise.reject(fail(503)), () => ({ run: 3 })];
  const tool = cached({ ttl: "10s", swr: "5s" }, () => answers.shift()?.());
  await tool();
  vi.advanceTimersByTime(12_000);
  expect(await tool()).toEqual({ run: 1 });
  await waitUntilIdle(1_000);
  expect(await tool()).toEqual({ run: 1 });
  await waitUntilIdle(1_000);
  expect(await tool()).toEqual({ run: 3 });
});

test.each([
  ["unavailable", fail(503), true],
  ["rate limited", fail(429), true],
  ["too late", Object.assign(new Error("late"), { name: "TimeoutError" }), true],
  ["refused", Object.assign(new Error("open"), { code: "CIRCUIT_OPEN" }), true],
  ["a mistake of ours", new TypeError("x is undefined"), false],
  ["a mistake of the caller's", fail(400), false],
  ["not allowed any more", fail(403), false],
  ["gone", fail(404), false],
])("`staleIfError` answers a failure with the old result where that is right: %s", async (_, error, isAnswered) => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const answers = [() => ({ run: 1 })];
  const tool = cached({ ttl: "10s", staleIfError: "1m" }, () => answers.shift()?.() ?? Promise.reject(error));
  await tool();
  vi.advanceTimersByTime(30_000);
  if (isAnswered) expect(await tool()).toEqual({ run: 1 });
  else await expect(tool()).rejects.toBe(error);
  vi.advanceTimersByTime(41_000);
  await expect(tool()).rejects.toBe(error);
});

test("null is a value; an error as a result is not kept", async () => {
  const text = (value: string) => ({ content: [{ type: "text", text: value }] });
  const nothing = cached({ ttl: "1m" }, () => text("null"));
  await nothing();
  expect(await nothing()).toEqual(text("null"));
  expect(nothing.runs()).toBe(1);
  const failing = cached({ ttl: "1m" }, () => ({ ...text("no"), isError: true }), { tool: { name: "f" } });
  await failing();
  await failing();
  expect(failing.runs()).toBe(2);
});

test("what is too large is given and not kept", async () => {
  const tool = cached({ ttl: "1m" }, () => ({ text: "é".repeat(1.5e6) }));
  await tool();
  await tool();
  expect(tool.runs()).toBe(2);
});

test("`negative` keeps what was not found, and null, for that long", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const lost = Object.assign(fail(404, "No such user."), { expose: true });
  const missing = cached({ ttl: "1m", negative: "5s" }, () => Promise.reject(lost));
  const absent = cached({ ttl: "1m", negative: "5s" }, () => ({ content: [{ type: "text", text: "null" }] }), {
    tool: { name: "findUser" },
  });
  for (let round = 0; round < 2; round += 1) {
    await expect(missing()).rejects.toMatchObject({ status: 404, message: "No such user.", expose: true });
    await absent();
  }
  expect([missing.runs(), absent.runs()]).toEqual([1, 1]);
  vi.advanceTimersByTime(5_001);
  await expect(missing()).rejects.toThrow("No such user.");
  await absent();
  expect([missing.runs(), absent.runs()]).toEqual([2, 2]);
});

test("without `negative` a failure is never kept", async () => {
  const tool = cached({ ttl: "1m" }, () => Promise.reject(fail(404)));
  await expect(tool()).rejects.toThrow("no");
  await expect(tool()).rejects.toThrow("no");
  expect(tool.runs()).toBe(2);
});

test("tags drop what has them, and nothing else", async () => {
  const page = cached({ ttl: "1m", tags: ["users"] }, numbered());
  const user = cached({ ttl: "1m", tags: ["user:{id}", "users"] }, numbered(), { tool: { name: "getOne" } });
  const other = cached({ ttl: "1m" }, numbered(), { tool: { name: "getOther" } });
  const all = async () => {
    for (const n of [1, 2, 3]) await page({ page: n });
    for (const id of ["1", "2"]) await user({ id });
    await other({});
    return [page.runs(), user.runs(), other.runs()];
  };
  expect(await all()).toEqual([3, 2, 1]);
  await writing(["user:{id}"])({ id: "2" });
  expect(await all()).toEqual([3, 3, 1]);
  await writing(["users"])();
  expect(await all()).toEqual([6, 5, 1]);
});

test("a write that fails drops nothing; one that nobody knows the end of does", async () => {
  const tool = cached({ ttl: "1m", tags: ["users"] }, numbered());
  await tool();
  await writing(["users"], () => Promise.reject(fail(409)))().catch(() => undefined);
  await writing(["users"], () => ({ content: [], isError: true }))();
  await tool();
  expect(tool.runs()).toBe(1);
  const late = Object.assign(new Error("late"), { name: "TimeoutError" });
  await writing(["users"], () => Promise.reject(late))().catch(() => undefined);
  await tool();
  expect(tool.runs()).toBe(2);
});

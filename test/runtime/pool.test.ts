// Pools: never more open than allowed, each given back whatever happens, the broken ones replaced.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { defineContainer } from "../../templates/runtime/container/container.js";
import { waitUntilIdle } from "../../templates/runtime/lifecycle/running.js";
import { currentScope, runInScope } from "../../templates/runtime/call/scope.js";
import { openPool, type Pool, type PoolOptions } from "../../templates/runtime/pool/pool.js";
import type { Contracts } from "../../templates/runtime/call/tool-call.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

let open: Connection[] = [];
let most = 0;
let opened = 0;

beforeEach(() => {
  open = [];
  most = 0;
  opened = 0;
});
afterEach(() => vi.useRealTimers());

class Connection {
  readonly id = ++opened;
  works = true;
  validate = vi.fn(() => this.works);
  readonly openedIn = currentScope()?.requestId;
}

async function* connect(): AsyncGenerator<Connection> {
  await pause();
  const connection = new Connection();
  open.push(connection);
  most = Math.max(most, open.length);
  yield connection;
  await pause();
  open = open.filter((other) => other !== connection);
}

const pause = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const openConnections = (options: PoolOptions = {}) => openPool("connection", { generator: connect }, options);
const close = async (pool: Pool<unknown>): Promise<void> => pool[Symbol.asyncDispose]();

/** As calls have it: made for each, closed when the call has settled. */
function serve(pool: Pool<Connection>) {
  const opened = defineContainer({
    providers: { connection: { provider: "connect (a.ts)", needs: [], scope: "request" } },
    openRequest: async (opening) => ({ connection: await opening.lease("connection", pool) }),
  }).open([{ name: "t", needs: ["connection"] }]);
  const supply = opened.supply(["connection"]);
  return async <T>(work: (connection: Connection) => Promise<T>): Promise<T> =>
    supply({} as Contracts, async (given) => work((given as unknown as { connection: Connection }).connection));
}

test("a thousand calls share ten, a hundred failures lose none", async () => {
  const pool = await openConnections({ max: 10, acquire: "60s" });
  const call = serve(pool);
  const busy = new Set<Connection>();
  const use = async (connection: Connection, fail: boolean): Promise<number> => {
    expect(busy.has(connection)).toBe(false);
    busy.add(connection);
    await pause();
    busy.delete(connection);
    if (fail) throw new Error("broken");
    return connection.id;
  };
  // At most a hundred wait at a time: the rest of them come when some have gone.
  const outcomes: PromiseSettledResult<number>[] = [];
  const lanes = Array.from({ length: 100 }, async (_, lane) => {
    for (let turn = 0; turn < 10; turn += 1) {
      const work = call((connection) => use(connection, lane % 10 === turn));
      outcomes.push(...(await Promise.allSettled([work])));
    }
  });
  await Promise.all(lanes);
  expect(outcomes).toHaveLength(1_000);
  expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(100);
  expect(most).toBe(10);
  expect(opened).toBeGreaterThan(100);
  expect(await waitUntilIdle(5_000)).toBe(true);

  const all = await Promise.all(Array.from({ length: 10 }, async () => pool.lease()));
  expect(new Set(all.map(({ value }) => value)).size).toBe(10);
  await Promise.all(all.map(async (leased) => leased.giveBack()));
  await close(pool);
  expect(open).toEqual([]);
}, 60_000);

test("more than a hundred that wait are refused at once, with a hint", async () => {
  const pool = await openConnections({ max: 1 });
  const first = await pool.lease();
  const waiting = Array.from({ length: 100 }, async () => pool.lease());
  await expect(pool.lease()).rejects.toMatchObject({ code: "POOL_EXHAUSTED", retryAfter: 1, expose: true });
  const order: number[] = [];
  const turns = waiting.map(async (turn, index) => {
    const leased = await turn;
    order.push(index);
    await leased.giveBack();
  });
  await first.giveBack();
  await Promise.all(turns);
  expect(order).toEqual(waiting.map((_, index) => index));
  await close(pool);
});

test("who waits too long is refused, and takes nothing from those behind", async () => {
  const pool = await openConnections({ max: 1, acquire: 30 });
  const first = await pool.lease();
  await expect(pool.lease()).rejects.toMatchObject({ code: "POOL_EXHAUSTED" });
  await first.giveBack();
  const next = await pool.lease();
  expect(next.value).toBe(first.value);
  await next.giveBack();
  await close(pool);
});

test("who is cancelled waits no longer", async () => {
  const pool = await openConnections({ max: 1 });
  const first = await pool.lease();
  const controller = new AbortController();
  const scope = { requestId: "r", tool: "t", signal: controller.signal };
  const waiting = runInScope(scope, async () => pool.lease());
  controller.abort(new DOMException("gone", "AbortError"));
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  await first.giveBack();
  await close(pool);
  expect(open).toEqual([]);
});

test("one that comes too late for its call is there for the next", async () => {
  let arrive = (): void => undefined;
  const made = [new Connection(), new Connection()];
  const make = vi.fn(async () => {
    if (make.mock.calls.length > 1) await new Promise<void>((resolve) => (arrive = resolve));
    return made[make.mock.calls.length - 1];
  });
  const pool = await openPool("connection", { make }, { max: 2, acquire: 20 });
  const first = await pool.lease();
  await expect(pool.lease()).rejects.toMatchObject({ code: "POOL_EXHAUSTED" });
  arrive();
  const second = await pool.lease();
  expect(second.value).toBe(made[1]);
  expect(make).toHaveBeenCalledTimes(2);
  await Promise.all([first.giveBack(), second.giveBack()]);
  await close(pool);
});

test("a call that fails leaves no broken one behind; one that refuses its arguments does", async () => {
  const pool = await openConnections();
  const call = serve(pool);
  const failWith = async (error: Error): Promise<number> => {
    let id = 0;
    await call(async (connection) => {
      id = connection.id;
      await pause();
      throw error;
    }).catch(() => undefined);
    expect(await waitUntilIdle(1_000)).toBe(true);
    return id;
  };
  expect(await failWith(Object.assign(new Error("no such city"), { status: 404 }))).toBe(1);
  expect(await failWith(Object.assign(new Error("reset"), { code: "ECONNRESET" }))).toBe(1);
  expect(await failWith(new TypeError("a bug"))).toBe(2);
  expect(await failWith(new Error("last"))).toBe(3);
  await close(pool);
  expect(open).toEqual([]);
});

test("after a rest it is asked whether it still works, and replaced where it does not", async () => {
  const pool = await openConnections();
  const first = await pool.lease();
  await first.giveBack();
  const again = await pool.lease();
  expect(again.value).toBe(first.value);
  expect(first.value.validate).not.toHaveBeenCalled();
  await again.giveBack();
  first.value.works = false;
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 1_500);
  const next = await pool.lease();
  vi.restoreAllMocks();
  expect(next.value.id).toBe(2);
  expect(open).toEqual([next.value]);
  await next.giveBack();
  await close(pool);
});

test("one that lies idle is closed", async () => {
  const pool = await openConnections({ idle: 20 });
  await vi.waitFor(() => expect(open).toEqual([]));
  const next = await pool.lease();
  expect(next.value.id).toBe(2);
  await next.giveBack();
  await close(pool);
});

test("what cannot be opened is the call's failure, and costs no place", async () => {
  let refuse = false;
  const make = (): Connection => {
    if (refuse) throw Object.assign(new Error("down"), { code: "ECONNREFUSED" });
    return new Connection();
  };
  const pool = await openPool("connection", { make }, { max: 1 });
  await (await pool.lease()).giveBack({ error: new Error("broken") });
  refuse = true;
  await expect(pool.lease()).rejects.toThrow("down");
  refuse = false;
  await (await pool.lease()).giveBack();
  await close(pool);
  refuse = true;
  await expect(openPool("connection", { make })).rejects.toThrow("down");
});

test("closing waits for those in use, refuses those that wait, opens none", async () => {
  const pool = await openConnections({ max: 1 });
  const first = await pool.lease();
  const waiting = pool.lease();
  const closed = close(pool);
  await expect(waiting).rejects.toThrow("shutting down");
  await expect(pool.lease()).rejects.toThrow("shutting down");
  expect(open).toEqual([first.value]);
  await first.giveBack();
  await closed;
  expect(open).toEqual([]);
});

test("it belongs to no call, whichever it is opened in", async () => {
  const pool = await openConnections({ max: 2 });
  const first = await pool.lease();
  const scope = { requestId: "r", tool: "t", signal: new AbortController().signal };
  const second = await runInScope(scope, async () => pool.lease());
  expect(second.value.openedIn).toBeUndefined();
  await Promise.all([first.giveBack(), second.giveBack()]);
  await close(pool);
});

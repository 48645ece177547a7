// What stands in for a dependency in a project's tests notes its calls and fails when it is told to.
import { expect, expectTypeOf, test } from "vitest";
import { mockCache } from "../../templates/runtime/cache/mock.js";
import type { Cache } from "../../templates/runtime/contracts/index.js";
import { mockOf } from "../../templates/runtime/testing/mock.js";

interface Stock {
  readonly place: string;
  find(id: string): Promise<number>;
  count(): number;
}

const down = new Error("down");

test("notes the arguments of each call, by method and with their types", async () => {
  const stock = mockOf<Stock>({ place: "Oslo", find: async (id) => Promise.resolve(id.length) });
  expect([await stock.find("abc"), await stock.find("d")]).toEqual([3, 1]);
  expect(stock.calls.find).toEqual([["abc"], ["d"]]);
  expect(stock.calls.count).toEqual([]);
  expect(stock.place).toBe("Oslo");
  expectTypeOf(stock).toExtend<Stock>();
  expectTypeOf(stock.calls).toEqualTypeOf<{
    readonly find: readonly [id: string][];
    readonly count: readonly [][];
  }>();
});

test("fails once, for a method, always, and not any more", async () => {
  const stock = mockOf<Stock>({ find: async () => Promise.resolve(1), count: () => 2 });
  stock.failNext(down);
  await expect(stock.find("a")).rejects.toBe(down);
  expect(await stock.find("a")).toBe(1);
  stock.failNext(down, "count");
  expect(await stock.find("a")).toBe(1);
  expect(() => stock.count()).toThrow(down);
  stock.failAlways(down);
  expect(() => stock.count()).toThrow(down);
  await expect(stock.find("a")).rejects.toBe(down);
  stock.recover();
  expect([await stock.find("a"), stock.count()]).toEqual([1, 2]);
  expect(stock.calls.find).toHaveLength(5);
});

test("says what it has not, and is no promise", async () => {
  const stock = mockOf<Stock>();
  expect(() => stock.count()).toThrow("The mock has no `count`.");
  expect(await Promise.resolve(stock)).toBe(stock);
});

test("counts and fails around an implementation that works", async () => {
  const cache = mockOf<Cache>(mockCache());
  await cache.set("a", 1, { ttl: "1m" });
  expect(await cache.get("a")).toBe(1);
  cache.failNext(down, "get");
  await expect((async () => cache.get("a"))()).rejects.toBe(down);
  expect([cache.calls.get.length, cache.calls.set.length]).toEqual([2, 1]);
});

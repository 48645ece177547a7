// Pages of a stream and all of it in one answer: how much is pulled, and whose a cursor is.
/* eslint-disable @typescript-eslint/require-await -- Generators are asynchronous here because streams are. */
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { defineCollection } from "../../templates/runtime/streams/collect.js";
import { counter, input, pages, serve, useFakeTime, type Answer, type Work } from "./support/streams.js";

useFakeTime();

const again = "Call again without a cursor.";

describe("pages", () => {
  test("follow each other to the end; one item more is pulled than was delivered, and the last page has no cursor", async () => {
    const { seen, work } = counter();
    const call = pages(work);
    const items: number[] = [];
    let cursor: string | undefined;
    do {
      const answer: Answer = await call({ to: 10, limit: 4, ...(cursor !== undefined && { cursor }) });
      items.push(...(answer.items ?? []));
      expect(seen.pulled).toBeLessThanOrEqual(items.length + 1);
      cursor = answer.nextCursor;
    } while (cursor !== undefined);
    expect(items).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(seen).toEqual({ pulled: 10, begun: 1, ended: 1 });
  });

  test("a page that is exactly full is the last one where nothing follows", async () => {
    const { seen, work } = counter();
    expect(await pages(work)({ to: 3 })).toEqual({ items: [1, 2, 3] });
    expect(seen.ended).toBe(1);
  });

  test("a page ends where its bytes do; an item that no page can hold is refused and ends the stream", async () => {
    const { work } = counter();
    expect(await pages(work, { maxBytes: 3 })({ to: 9, limit: 9 })).toMatchObject({ items: [1, 2] });
    const { seen, work: large } = counter();
    const thousands: Work = async function* (given, contracts) {
      for await (const n of large(given, contracts)) yield n * 1_000;
    };
    const answer = await pages(thousands, { maxBytes: 3 })({ to: 9 });
    expect(answer.error).toBe("Item 1 of `count` has 4 bytes, more than the 3 an answer may have.");
    expect(seen.ended).toBe(1);
  });

  test("a failure comes after the items before it, and says how many there were", async () => {
    const work: Work = async function* ({ to }) {
      yield to;
      yield to;
      throw Object.assign(new Error("Broken."), { status: 400 });
    };
    const call = pages(work);
    const { items, nextCursor } = await call({ to: 7 });
    expect(items).toEqual([7, 7]);
    expect(await call({ to: 7, cursor: nextCursor })).toEqual({ error: "Broken. This was after 2 items." });
    expect((await call({ to: 7, cursor: nextCursor })).error).toContain("expired");
  });

  test("an item that its type does not allow fails, and the stream ends", async () => {
    const { seen, work } = counter();
    const texts: Work = async function* (given, contracts) {
      for await (const n of work(given, contracts)) yield String(n) as unknown as number;
    };
    expect((await pages(texts)({ to: 5 })).error).toContain("is not what its type says");
    expect(seen).toMatchObject({ pulled: 1, ended: 1 });
  });
});

describe("a cursor", () => {
  const begin = async () => {
    const { seen, work } = counter();
    const call = pages(work);
    const caller = { id: "ann", scopes: [], claims: {} };
    const wire = { requestId: "1", sessionId: "s1", transport: "tcp" } as const;
    const { nextCursor = "" } = await call({ to: 9 }, { caller, wire });
    return { seen, call, caller, wire, nextCursor };
  };

  test("that is forged, or of another server, is none of ours", async () => {
    const { call, caller, wire, nextCursor } = await begin();
    const flipped = nextCursor.slice(0, -3) + (nextCursor.endsWith("AAA") ? "BBB" : "AAA");
    for (const cursor of ["", "x", flipped, nextCursor.slice(1), "A".repeat(48)])
      expect((await call({ to: 9, cursor }, { caller, wire })).error, cursor).toBe(
        `This cursor is none that this server has given since it was started. ${again}`,
      );
    expect(await call({ to: 9, cursor: nextCursor }, { caller, wire })).toMatchObject({ items: [4, 5, 6] });
  });

  test("is its caller's and its session's: for others it is refused, and stays", async () => {
    const { seen, call, caller, wire, nextCursor } = await begin();
    const foreign = `This cursor was given to another caller. ${again}`;
    const bob = { id: "bob", scopes: [], claims: {} };
    expect(await call({ to: 9, cursor: nextCursor }, { caller: bob, wire })).toEqual({ error: foreign });
    expect(await call({ to: 9, cursor: nextCursor }, { wire })).toEqual({ error: foreign });
    const elsewhere = { ...wire, sessionId: "s2" };
    expect(await call({ to: 9, cursor: nextCursor }, { caller, wire: elsewhere })).toEqual({ error: foreign });
    expect(seen).toMatchObject({ pulled: 4, ended: 0 });
    expect(await call({ to: 9, cursor: nextCursor }, { caller, wire })).toMatchObject({ items: [4, 5, 6] });
  });

  test("goes on with the arguments of the first call, and with its own tool", async () => {
    const { call, caller, wire, nextCursor } = await begin();
    expect((await call({ to: 8, cursor: nextCursor }, { caller, wire })).error).toContain("other arguments");
    const other = pages(counter().work, { name: "other" });
    expect(await other({ to: 9, cursor: nextCursor }, { caller, wire })).toEqual({
      error: `This cursor is one of \`count\`. ${again}`,
    });
  });

  test("is used once", async () => {
    const { call, caller, wire, nextCursor } = await begin();
    const both = await Promise.all([1, 2].map(() => call({ to: 9, cursor: nextCursor }, { caller, wire })));
    expect(both.map(({ items, error }) => items ?? error?.slice(0, 23))).toEqual([
      [4, 5, 6],
      "This cursor has expired",
    ]);
  });

  test("expires, and its stream's `finally` runs", async () => {
    const { seen, call, caller, wire, nextCursor } = await begin();
    await vi.advanceTimersByTimeAsync(299_000);
    expect(seen.ended).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen.ended).toBe(1);
    const { error } = await call({ to: 9, cursor: nextCursor }, { caller, wire });
    expect(error).toBe(
      `This cursor has expired: each can be used once, within 5 min, while there are not too many. ${again}`,
    );
  });

  test("of the stream that has waited longest gives way where too many wait", async () => {
    vi.stubEnv("MCP_MAX_STREAMS", "2");
    const { seen, work } = counter();
    const call = pages(work);
    const [first, second, third] = [await call({ to: 9 }), await call({ to: 9 }), await call({ to: 9 })];
    vi.unstubAllEnvs();
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toMatchObject({ begun: 3, ended: 1 });
    expect((await call({ to: 9, cursor: first.nextCursor })).error).toContain("expired");
    expect((await call({ to: 9, cursor: second.nextCursor })).items).toEqual([4, 5, 6]);
    expect((await call({ to: 9, cursor: third.nextCursor })).items).toEqual([4, 5, 6]);
  });
});

describe("all in one answer", () => {
  const collect = (work: Work, sizes: { max?: number; maxBytes?: number } = {}) =>
    serve(
      defineCollection({ name: "count", input, output: z.number(), max: 5, maxBytes: 1_000, ...sizes, call: work }),
    );

  test.each([
    [{ to: 4 }, {}, { items: [1, 2, 3, 4], truncated: false }, 4],
    [{ to: 5 }, {}, { items: [1, 2, 3, 4, 5], truncated: false }, 5],
    [{ to: 9 }, {}, { items: [1, 2, 3, 4, 5], truncated: true }, 6],
    [{ to: 9 }, { maxBytes: 5 }, { items: [1, 2, 3], truncated: true }, 4],
  ])("%j with %j", async (given, sizes, answer, pulled) => {
    const { seen, work } = counter();
    expect(await collect(work, sizes)(given)).toEqual(answer);
    expect(seen).toEqual({ pulled, begun: 1, ended: 1 });
  });

  test("an item that no answer could hold, and a failure: after how many", async () => {
    const { work } = counter();
    expect((await collect(work, { maxBytes: 0 })({ to: 1 })).error).toContain("Item 1 of `count` has 1 bytes");
    const broken: Work = async function* () {
      yield 1;
      throw Object.assign(new Error("Broken."), { status: 400 });
    };
    expect(await collect(broken)({ to: 1 })).toEqual({ error: "Broken. This was after 1 item." });
  });

  test("a client that cancels ends it in the middle", async () => {
    const { seen, work } = counter();
    const stuck: Work = async function* (given, contracts) {
      for await (const n of work(given, contracts)) {
        yield n;
        await new Promise((_resolve, reject) => {
          contracts.signal.addEventListener("abort", () => reject(contracts.signal.reason as Error));
        });
      }
    };
    const client = new AbortController();
    const answer = collect(stuck)({ to: 9 }, { signal: client.signal });
    await vi.advanceTimersByTimeAsync(10);
    client.abort(new DOMException("Enough.", "AbortError"));
    expect(await answer).toEqual({ kind: "cancelled" });
    expect(seen).toEqual({ pulled: 1, begun: 1, ended: 1 });
  });
});

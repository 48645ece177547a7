// Pages of a stream and all of it in one answer: how much is pulled, whose a cursor is, and what ends a stream.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { CallEnvironment, ProgressReport } from "../../templates/runtime/call/environment.js";
import { currentScope } from "../../templates/runtime/call/scope.js";
import type { Contracts } from "../../templates/runtime/call/tool-call.js";
import { defineContainer } from "../../templates/runtime/container/container.js";
import { createContextCall } from "../../templates/runtime/context/call.js";
import type { CallParts } from "../../templates/runtime/dispatch/plain-call.js";
import { waitUntilIdle } from "../../templates/runtime/lifecycle/running.js";
import type { Policy } from "../../templates/runtime/policies/policy.js";
import { timeout } from "../../templates/runtime/policies/timeout.js";
import { defineCollection } from "../../templates/runtime/streams/collect.js";
import { definePages } from "../../templates/runtime/streams/pages.js";
import type { ToolDefinition } from "../../templates/runtime/tools/definition.js";

beforeEach(() => vi.useFakeTimers());
afterEach(async () => {
  // Nothing that a test leaves behind may wait in the next one.
  const idle = waitUntilIdle(10_000);
  await vi.advanceTimersByTimeAsync(10_000);
  await idle;
  vi.useRealTimers();
});

const input = z.strictObject({ to: z.number() });
type Work = (given: { readonly to: number }, contracts: Contracts) => AsyncIterable<number>;

interface Answer {
  readonly items?: readonly number[];
  readonly nextCursor?: string;
  readonly truncated?: boolean;
  /** Of a failed call. */
  readonly error?: string;
  readonly kind?: string;
}

type Options = Partial<Pick<CallParts, "supply">> & {
  readonly policies?: readonly Policy[];
  readonly name?: string;
  readonly maxBytes?: number;
};

function serve(tool: ToolDefinition, { supply }: Options = {}) {
  const surface = { inputSchema: { type: "object", properties: { to: {}, cursor: {}, limit: {} } }, outputSchema: {} };
  const call = createContextCall({ tool, surface, server: "shop", supply });
  return async (given: object, environment: Partial<CallEnvironment> = {}): Promise<Answer> => {
    const reply = await call(given, { signal: new AbortController().signal, ...environment });
    if (reply.kind !== "result") return { kind: reply.kind };
    const { content, structuredContent, isError } = reply.result as {
      content: readonly [{ text: string }];
      structuredContent?: Answer;
      isError?: boolean;
    };
    if (isError) return { error: content[0].text };
    expect(JSON.parse(content[0].text)).toEqual(structuredContent);
    return structuredContent ?? {};
  };
}

function pages(work: Work, { policies, name = "count", maxBytes = 90_000, ...options }: Options = {}) {
  const own = { name, input, output: z.number(), size: 3, max: 10, maxBytes, ttl: "5m", call: work } as const;
  return serve(definePages({ ...own, ...(policies && { policies }) }), options);
}

/** Counts what is pulled of it, and its ends. */
function counter() {
  const seen = { pulled: 0, begun: 0, ended: 0 };
  const work: Work = async function* ({ to }, _given) {
    seen.begun += 1;
    try {
      for (let n = 1; n <= to; n += 1) {
        seen.pulled += 1;
        yield n;
      }
    } finally {
      seen.ended += 1;
    }
  };
  return { seen, work };
}

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
    const caller = { id: "ann", scopes: [] };
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
    const foreign = `This cursor was given to somebody else. ${again}`;
    const bob = { id: "bob", scopes: [] };
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

describe("what ends a stream", () => {
  test("the end of the server, which does not wait for its next page", async () => {
    const { seen, work } = counter();
    await pages(work)({ to: 9 });
    expect(await waitUntilIdle(1_000)).toBe(true);
    expect(seen.ended).toBe(1);
  });

  test("the end of the server, while a page is being made: the page is answered", async () => {
    const { seen, work } = counter();
    const slow: Work = async function* (given, contracts) {
      for await (const n of work(given, contracts)) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        yield n;
      }
    };
    const answer = pages(slow)({ to: 9 });
    const idle = waitUntilIdle(10_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await answer).items).toEqual([1, 2, 3]);
    expect(await idle).toBe(true);
    expect(seen.ended).toBe(1);
  });

  /** Waits where it is for longer than anybody has patience, unless its signal is aborted. */
  function waiter() {
    const seen = { aborted: undefined as unknown, ended: 0 };
    const work: Work = async function* (_given, { signal }) {
      try {
        yield 1;
        await new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            seen.aborted = signal.reason;
            reject(signal.reason as Error);
          });
        });
      } finally {
        seen.ended += 1;
      }
    };
    return { seen, work };
  }

  test("the client, who cancels a page", async () => {
    const { seen, work } = waiter();
    const client = new AbortController();
    const answer = pages(work)({ to: 9 }, { signal: client.signal });
    await vi.advanceTimersByTimeAsync(10);
    client.abort(new DOMException("Enough.", "AbortError"));
    expect(await answer).toEqual({ kind: "cancelled" });
    expect(seen).toMatchObject({ aborted: client.signal.reason, ended: 1 });
  });

  test("a page that takes too long; the next may take as long again", async () => {
    const { seen, work } = waiter();
    const answer = pages(work, { policies: [timeout({ total: "1s" })] })({ to: 9 });
    await vi.advanceTimersByTimeAsync(1_100);
    expect((await answer).error).toContain("did not finish within 1 s");
    expect(seen.ended).toBe(1);

    const steady: Work = async function* ({ to }) {
      for (let n = 1; n <= to; n += 1) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        yield n;
      }
    };
    const call = pages(steady, { policies: [timeout({ total: "1s" })] });
    const first = call({ to: 9 });
    await vi.advanceTimersByTimeAsync(900);
    const { nextCursor } = await first;
    const second = call({ to: 9, cursor: nextCursor });
    await vi.advanceTimersByTimeAsync(900);
    expect((await second).items).toEqual([4, 5, 6]);
  });

  test("a call that opens nothing leaves nothing", async () => {
    const work: Work = () => {
      throw Object.assign(new Error("Closed today."), { status: 409, expose: true });
    };
    expect(await pages(work)({ to: 1 })).toEqual({ error: "Closed today." });
    expect(await waitUntilIdle(0)).toBe(true);
  });
});

describe("what a stream has", () => {
  test("its signal, its request id and its deadline, from the first page to the last", async () => {
    const seen: unknown[] = [];
    const work: Work = async function* ({ to }, contracts) {
      for (let n = 1; n <= to; n += 1) {
        const { requestId, deadline } = currentScope() ?? {};
        seen.push([contracts.signal.aborted, requestId === contracts.requestInfo.requestId, typeof deadline]);
        yield n;
      }
    };
    const call = pages(work, { policies: [timeout({ total: "1s" })] });
    const { nextCursor } = await call({ to: 5 });
    await call({ to: 5, cursor: nextCursor });
    expect(seen).toEqual(Array.from({ length: 5 }, () => [false, true, "number"]));
  });

  test("what was made for it, which is closed after its `finally`", async () => {
    const order: string[] = [];
    const container = defineContainer<object, { connection: { read(n: number): number } }>({
      providers: { connection: { provider: "open", scope: "request", needs: [] } },
      openRequest: async (open) => ({
        connection: await open.generator("connection", async function* () {
          let isOpen = true;
          yield {
            read: (n: number) => {
              if (!isOpen) throw new Error("The connection is closed.");
              return n;
            },
          };
          isOpen = false;
          order.push("closed");
        }),
      }),
    });
    const opened = container.open([{ name: "count", needs: ["connection"] }]);
    await opened.ready;
    const work: Work = async function* ({ to }, given) {
      const { connection } = given as unknown as { connection: { read(n: number): number } };
      try {
        for (let n = 1; n <= to; n += 1) yield connection.read(n);
      } finally {
        connection.read(0);
        order.push("finally");
      }
    };
    const call = pages(work, { supply: opened.supply(["connection"]) });
    const { nextCursor } = await call({ to: 5 });
    expect(order).toEqual([]);
    expect(await call({ to: 5, cursor: nextCursor })).toEqual({ items: [4, 5] });
    expect(order).toEqual(["finally", "closed"]);
    await call({ to: 9 });
    await vi.advanceTimersByTimeAsync(301_000);
    expect(order).toEqual(["finally", "closed", "finally", "closed"]);
  });

  test("progress in items, to whoever asks for the page; the function's own in place of it", async () => {
    const sent: ProgressReport[][] = [[], []];
    const { work } = counter();
    const call = pages(work);
    const { nextCursor } = await call({ to: 5 }, { sendProgress: (report) => void sent[0]?.push(report) });
    await call({ to: 5, cursor: nextCursor }, { sendProgress: (report) => void sent[1]?.push(report) });
    expect(sent.map((reports) => reports.map(({ progress, total }) => [progress, total]))).toEqual([
      [
        [1, 3],
        [2, 3],
        [3, 3],
      ],
      [
        [1, 3],
        [2, 3],
      ],
    ]);
    const own: ProgressReport[] = [];
    const reporting: Work = async function* ({ to }, { progress }) {
      for (let n = 1; n <= to; n += 1) {
        progress(n * 10, to * 10, `row ${String(n)}`);
        yield n;
      }
    };
    await pages(reporting)({ to: 2 }, { sendProgress: (report) => void own.push(report) });
    expect(own).toEqual([
      { progress: 10, total: 20, message: "row 1" },
      { progress: 20, total: 20, message: "row 2" },
    ]);
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

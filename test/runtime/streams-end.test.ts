// What a stream has as long as it lives, and what ends it.
/* eslint-disable @typescript-eslint/require-await -- Generators are asynchronous here because streams are. */
import { describe, expect, test, vi } from "vitest";
import type { ProgressReport } from "../../templates/runtime/call/environment.js";
import { currentScope } from "../../templates/runtime/call/scope.js";
import { defineContainer } from "../../templates/runtime/container/container.js";
import { waitUntilIdle } from "../../templates/runtime/lifecycle/running.js";
import { timeout } from "../../templates/runtime/policies/timeout.js";
import { counter, pages, useFakeTime, type Work } from "./support/streams.js";

useFakeTime();

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

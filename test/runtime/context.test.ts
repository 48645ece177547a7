// One call's context: its id, its signal, its progress; and what outlives it.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createProgress } from "../../templates/runtime/context/progress.js";
import { runRequest } from "../../templates/runtime/context/request.js";
import { abortCalls, waitUntilIdle } from "../../templates/runtime/lifecycle/running.js";
import { currentScope } from "../../templates/runtime/call/scope.js";
import type { ProgressReport } from "../../templates/runtime/call/environment.js";

const environment = () => ({ signal: new AbortController().signal });

describe("progress", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function record() {
    const sent: ProgressReport[] = [];
    return { sent, ...createProgress((report) => sent.push(report)) };
  }

  test("grows strictly; what does not grow is dropped", () => {
    const { sent, report } = record();
    for (const value of [1, 1, 0, Number.NaN, 2, Number.POSITIVE_INFINITY, 1.5, 3])
      report(value, 3, `at ${String(value)}`);
    expect(sent.map(({ progress }) => progress)).toEqual([1, 2, 3]);
    expect(sent[0]).toEqual({ progress: 1, total: 3, message: "at 1" });
  });

  test("total and message are left out when there are none", () => {
    const { sent, report } = record();
    report(1);
    report(2, Number.NaN);
    expect(sent).toEqual([{ progress: 1 }, { progress: 2 }]);
  });

  test("at most ten within any second; the latest wins", () => {
    const { sent, report } = record();
    const times: number[] = [];
    for (let step = 1; step <= 5_000; step += 1) {
      const before = sent.length;
      report(step);
      vi.advanceTimersByTime(1);
      if (sent.length > before) times.push(step);
    }
    vi.advanceTimersByTime(2_000);
    for (const time of times)
      expect(times.filter((other) => other >= time && other < time + 999).length).toBeLessThanOrEqual(10);
    expect(sent.length).toBeGreaterThanOrEqual(50);
    expect(sent.at(-1)?.progress).toBe(5_000);
  });

  test("nothing after the end", () => {
    const progress = record();
    const { sent, report } = progress;
    for (let step = 1; step <= 20; step += 1) report(step);
    progress.stop();
    report(100);
    vi.advanceTimersByTime(5_000);
    expect(sent).toHaveLength(10);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the signal", () => {
  test("is aborted once the call has settled, either way", async () => {
    const signals: AbortSignal[] = [];
    await runRequest({ tool: "t" }, environment(), ({ contracts }) => Promise.resolve(signals.push(contracts.signal)));
    const failing = runRequest({ tool: "t" }, environment(), ({ contracts }) => {
      signals.push(contracts.signal);
      return Promise.reject(new Error("x"));
    });
    await expect(failing).rejects.toThrow("x");
    expect(signals.map((signal) => signal.aborted)).toEqual([true, true]);
  });

  test("follows the client's, with its reason, and shutdown's", async () => {
    const client = new AbortController();
    const cancelled = runRequest({ tool: "t" }, { signal: client.signal }, ({ contracts }) =>
      untilAborted(contracts.signal),
    );
    const stopped = runRequest({ tool: "t" }, environment(), ({ contracts }) => untilAborted(contracts.signal));
    client.abort("enough");
    expect(await cancelled).toBe("enough");
    abortCalls("shutdown");
    expect(await stopped).toBe("shutdown");
  });

  test("is aborted from the start when the client was faster", async () => {
    const aborted = await runRequest({ tool: "t" }, { signal: AbortSignal.abort("gone") }, ({ contracts }) =>
      Promise.resolve(contracts.signal.aborted),
    );
    expect(aborted).toBe(true);
  });

  test("leaves no listener on a signal that lives longer", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await runRequest({ tool: "t" }, { signal }, () => Promise.resolve());
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });
});

describe("the scope", () => {
  test("is each call's own across awaits, timers, events and abort listeners", async () => {
    const runs = Array.from({ length: 50 }, () =>
      runRequest({ tool: "t" }, environment(), async ({ requestId, contracts }) => {
        const seen: (string | undefined)[] = [];
        const note = () => void seen.push(currentScope()?.requestId);
        contracts.signal.addEventListener("abort", note);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
        note();
        await new Promise<void>((resolve) => setImmediate(resolve)).then(note);
        process.nextTick(note);
        return { requestId, seen };
      }),
    );
    const results = await Promise.all(runs);
    await new Promise((resolve) => setImmediate(resolve));
    expect(new Set(results.map(({ requestId }) => requestId)).size).toBe(50);
    for (const { requestId, seen } of results) expect(seen).toEqual([requestId, requestId, requestId, requestId]);
    expect(currentScope()).toBeUndefined();
  });
});

describe("what shutdown waits for", () => {
  test("running calls, and background work that they leave behind", async () => {
    expect(await waitUntilIdle(0)).toBe(true);
    let finish = (): void => undefined;
    await runRequest({ tool: "t" }, environment(), ({ contracts }) => {
      contracts.context.waitUntil(new Promise<void>((resolve) => (finish = resolve)));
      return Promise.resolve();
    });
    expect(await waitUntilIdle(10)).toBe(false);
    const idle = waitUntilIdle(5_000);
    finish();
    expect(await idle).toBe(true);
  });
});

test("background work that is a function goes on in the call's scope, without its signal and its deadline", async () => {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const seen: unknown[] = [];
  const requestId = await runRequest({ tool: "t" }, environment(), ({ contracts, requestId: id }) => {
    contracts.context.waitUntil(async (signal) => {
      await released;
      seen.push(signal.aborted, currentScope()?.signal === signal, currentScope()?.requestId);
    });
    return Promise.resolve(id);
  });
  expect(await waitUntilIdle(10)).toBe(false);
  release();
  expect(await waitUntilIdle(5_000)).toBe(true);
  expect(seen).toEqual([false, true, requestId]);
});

async function untilAborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(signal.reason)));
}

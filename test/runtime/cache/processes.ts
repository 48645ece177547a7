/** Processes of a server that share a Redis: each is a module graph of its own, so that their steps take any order. */
import { expect, onTestFinished, vi } from "vitest";

const bus = "mcpgen:1:shop:#bus";
export const patient = { timeout: 20_000, interval: 20 };

let processes = 0;

export type Process = Awaited<ReturnType<typeof bootProcess>>;

export async function bootProcess() {
  vi.resetModules();
  const { cached, writing, serve } = await import("./serving.js");
  const { useRedis } = await import("../../../templates/runtime/redis/connection.js");
  const { waitUntilIdle } = await import("../../../templates/runtime/lifecycle/running.js");
  const { countsOf } = await import("../support/metrics.js");
  const { useCache } = await import("../../../templates/runtime/cache/tiers.js");
  const { openCache } = await import("../../../templates/runtime/cache/provide.js");
  const { runInScope } = await import("../../../templates/runtime/call/scope.js");
  const { nameServer } = await import("../../../templates/runtime/lifecycle/resources.js");
  nameServer("shop");
  const close = serve();
  const run = async (...command: [string, ...string[]]) => useRedis()?.run((client) => client.call(...command));
  const listeners = async () => ((await run("PUBSUB", "NUMSUB", bus)) as [string, number])[1];
  useCache("shop");
  processes += 1;
  let isOpen = true;
  const end = async () => {
    await close();
    if (isOpen) processes -= 1;
    isOpen = false;
  };
  onTestFinished(end);
  // It can be used, and what is said there is heard.
  await vi.waitFor(async () => expect(await listeners()).toBeGreaterThanOrEqual(processes), patient);
  await run("PING");
  return {
    cached,
    writing,
    openCache,
    runInScope,
    close: end,
    countsOf,
    run,
    /** What was on its way to Redis has arrived. */
    settled: () => waitUntilIdle(5_000),
  };
}

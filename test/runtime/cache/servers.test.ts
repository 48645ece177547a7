// Two server processes and a Redis that does not stay well: what clients see of it.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { hasRedis, startRedis } from "../support/redis-server.js";
import { createFiles, type Answer } from "./server-processes.js";

const patient = { timeout: 20_000, interval: 200 };

async function begin() {
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  const files = createFiles();
  const servers = await files.startTwo(redis.url);
  // Both have found Redis once one has what the other has computed.
  await vi.waitFor(async () => {
    const topic = `warm ${String(performance.now())}`;
    const before = files.computations();
    for (const server of servers) await server.call("report", { topic });
    expect(files.computations()).toBe(before + 1);
  }, patient);
  return { redis, files, servers };
}

const textsOf = (answers: readonly Answer[]): readonly string[] => [...new Set(answers.map(({ text }) => text))];

describe.runIf(hasRedis)("two servers", () => {
  test("a thousand cold calls are one computation in all, whether it fails or not, and take as long as one", async () => {
    const { files, servers } = await begin();
    for (const [topic, text] of [
      ["sales", "sales"],
      ["broken", "There is no such report."],
    ] as const) {
      const before = files.computations();
      const answers = await Promise.all(
        servers.flatMap((server) => Array.from({ length: 500 }, () => server.call("report", { topic }))),
      );
      expect(textsOf(answers)).toEqual([text]);
      expect(files.computations() - before).toBe(1);
      const longest = Math.max(...answers.map(({ took }) => took));
      console.info(`${topic}: ${longest.toFixed(0)} ms for what takes 1500`);
      // Not twice.
      expect(longest).toBeLessThan(2_900);
    }
  });

  test("with a Redis frozen, killed, started again and again: no error, no long waiting, nothing old in the end", async () => {
    const { redis, servers } = await begin();
    const ids = ["1", "2", "3", "4"];
    const answers: Answer[] = [];
    const written = new Map<string, string>();
    let isOver = false;
    const ask = async (index: number): Promise<void> => {
      for (let round = index; !isOver; round += 1) {
        const server = servers[round % 2 === 0 ? 0 : 1];
        const id = ids[round % ids.length] ?? "";
        answers.push(await server.call("read", { id }));
      }
    };
    const change = async (): Promise<void> => {
      for (let round = 0; !isOver; round += 1) {
        const id = ids[round % ids.length] ?? "";
        const value = `v${String(round)}`;
        answers.push(await servers[round % 3 === 0 ? 0 : 1].call("write", { id, value }));
        written.set(id, value);
        await sleep(20);
      }
    };
    const load = Promise.all([...Array.from({ length: 16 }, (_, index) => ask(index)), change()]);
    await sleep(500);
    redis.freeze();
    await sleep(1_000);
    redis.thaw();
    await sleep(500);
    await redis.kill();
    await sleep(1_000);
    await redis.start();
    for (let round = 0; round < 5; round += 1) {
      await sleep(300);
      await redis.kill();
      await redis.start();
      redis.freeze();
      await sleep(150);
      redis.thaw();
    }
    isOver = true;
    await load;

    const took = answers.map((answer) => answer.took).sort((a, b) => a - b);
    const p99 = took[Math.floor(took.length * 0.99)] ?? 0;
    console.info(`${String(took.length)} calls, p99 ${p99.toFixed(0)} ms, longest ${(took.at(-1) ?? 0).toFixed(0)} ms`);
    expect(answers.filter(({ isError }) => isError)).toEqual([]);
    expect(p99).toBeLessThan(1_000);
    expect(written.size).toBe(ids.length);
    for (const [id, value] of written)
      for (const server of servers)
        await vi.waitFor(async () => expect((await server.call("read", { id })).text).toBe(value), patient);
    // And it stays so: nothing that was under way brings an old one back.
    await sleep(2_500);
    for (const [id, value] of written)
      for (const server of servers) expect((await server.call("read", { id })).text).toBe(value);
  });
});

// Readers and writers of two processes, their steps in any order, messages lost in between: when all is done, nobody is
// given what was before the last write.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hasRedis, startRedis, type RedisServer } from "../support/redis-server.js";
import { bootProcess } from "./processes.js";
import { gate, type Gate } from "./serving.js";

vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "silent";
});

type Step =
  | { readonly kind: "read" | "write"; readonly by: 0 | 1; readonly id: "1" | "2" }
  /** One of the computations under way goes on. */
  | { readonly kind: "finish"; readonly which: number }
  /** What is said from now until the next connection is heard by nobody. */
  | { readonly kind: "deafen" }
  /** Redis forgets, as it does when it is full. */
  | { readonly kind: "evict"; readonly id: "1" | "2" };

const by = fc.constantFrom<0 | 1>(0, 1);
const id = fc.constantFrom<"1" | "2">("1", "2");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("read"), by, id }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("write"), by, id }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("finish"), which: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("deafen") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("evict"), id }) },
);

const l1 = 40;

describe.runIf(hasRedis)("two processes", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
    vi.stubEnv("REDIS_URL", server.url);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
  });
  afterAll(() => server.close());

  test("never leave an old value behind", async () => {
    const processes = [await bootProcess(), await bootProcess()] as const;
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
        round += 1;
        await play(processes, steps, `r${String(round)}`);
      }),
      { numRuns: 60 },
    );
  });
});

type Processes = readonly [Awaited<ReturnType<typeof bootProcess>>, Awaited<ReturnType<typeof bootProcess>>];

/** Each round has a tool and tags of its own. */
async function play(processes: Processes, steps: readonly Step[], round: string): Promise<void> {
  const values: Record<string, number> = { "1": 0, "2": 0 };
  const gates: Gate[] = [];
  let isOver = false;
  const tools = processes.map(({ cached, writing }) => ({
    read: cached(
      { ttl: "1m", l1, tags: [`${round}:{id}`] },
      async ({ wire }) => {
        const value = values[String(wire["id"])];
        const waiting = gate();
        if (!isOver) gates.push(waiting);
        if (!isOver) await waiting.opened;
        return { value };
      },
      { tool: { name: round } },
    ),
    write: writing([`${round}:{id}`], ({ wire }) => {
      const key = String(wire["id"]);
      values[key] = (values[key] ?? 0) + 1;
      return {};
    }),
  }));
  const reading: Promise<unknown>[] = [];
  for (const each of steps) {
    if (each.kind === "read") reading.push(tools[each.by]!.read({ id: each.id }));
    else if (each.kind === "write") await tools[each.by]!.write({ id: each.id });
    else if (each.kind === "finish") gates.splice(each.which % Math.max(1, gates.length), 1)[0]?.open();
    else if (each.kind === "deafen") await processes[0].run("CLIENT", "KILL", "TYPE", "pubsub");
    else await processes[0].run("DEL", `mcpgen:1:shop:#tag:${round}:${each.id}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  isOver = true;
  for (const { open } of gates) open();
  await Promise.all(reading);
  await Promise.all(processes.map(({ settled }) => settled()));
  // What was lost on the way is made good by the time that memory may go unasked.
  await new Promise((resolve) => setTimeout(resolve, l1 + 1));
  for (const { read } of tools)
    for (const key of ["1", "2"]) expect(await read({ id: key })).toEqual({ value: values[key] });
}

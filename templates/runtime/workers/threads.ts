// The threads of this process: begun when a call needs one, as many as there are cores, with a bounded line in front.
// A thread whose call is cancelled is ended, one that crashes fails its call alone; the next call gets another. What is
// printed in them comes out of this process, which decides where it goes.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Piscina } from "piscina";
import { runOutsideCalls } from "../call/scope.js";
import { createRefusal } from "../errors/refusal.js";
import { keepWhileServing } from "../lifecycle/per-run.js";
import { closeWithServers } from "../lifecycle/resources.js";
import { log } from "../logging/logger.js";
import { metrics } from "../metrics/metrics.js";
import { describeMetric } from "../metrics/registry.js";
import { createGate, type Gate, type GateState } from "../resilience/gate.js";
import type { Outcome, Task } from "./define.js";
import { unpackFailure } from "./failure.js";
import { isStray } from "./strays.js";

/** The bundle of generated/workers.ts, beside the bundle that this module is part of. */
const file = fileURLToPath(new URL("./workers.js", import.meta.url));

/** How many calls may wait for a thread. */
const queue = 256;

/** How long a thread without work is kept. */
const idleTimeout = 60_000;

describeMetric("mcp_worker_waiting", "Calls that wait for a worker thread.");
describeMetric("mcp_worker_wait_seconds", "How long calls waited for a worker thread, in seconds.");

interface Threads {
  readonly max: number;
  readonly gate: Gate;
  readonly pool: () => Promise<Piscina>;
}

const useThreads = keepWhileServing((): Threads => {
  const max = readMax(process.env["WORKER_THREADS"] ?? "");
  const gate = createGate({
    max,
    queue,
    onWaiting: (waiting) => metrics.gauge("mcp_worker_waiting", waiting),
    onWaited: (milliseconds) => metrics.record("mcp_worker_wait_seconds", milliseconds / 1_000),
  });
  let pool: Promise<Piscina> | undefined;
  closeWithServers(async () => (await pool?.catch((): undefined => undefined))?.destroy());
  // It outlives the call that begins it.
  return { max, gate, pool: () => (pool ??= runOutsideCalls(() => startPool(max))) };
});

export async function runInThread(task: Task, signal: AbortSignal): Promise<Outcome> {
  const { max, gate, pool } = useThreads();
  const full = ({ waiting, usualStay }: GateState): Error => {
    const message = `All threads are busy: this call of \`${task.tool}\` was not started.`;
    return createRefusal({ code: "OVERLOADED", message, retryAfter: ((waiting / max + 1) * usualStay) / 1_000 });
  };
  return gate.run({ signal, full }, async () => {
    const threads = await pool();
    try {
      return (await threads.run(task, { filename: file, name: "run", signal })) as Outcome;
    } catch (cause) {
      signal.throwIfAborted();
      throw new Error(`\`${task.tool}\` was lost with its thread: ${reasonOf(cause)}`, { cause });
    }
  });
}

/** What Node throws when a value cannot be copied arrives as an empty object. */
function reasonOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  return typeof cause === "string" ? cause : "what it returned or threw could not be copied";
}

async function startPool(max: number): Promise<Piscina> {
  if (!existsSync(file))
    throw new Error(`${file} is missing: build.mjs has to bundle generated/workers.ts too, and leave out piscina.`);
  const { Piscina } = await import("piscina");
  const pool = new Piscina({ minThreads: 0, maxThreads: max, idleTimeout });
  pool.on("error", (error: unknown) => {
    log.error("a worker thread has failed beside its calls", { error });
    // It may be that no thread can be begun: what waits for one is not to wait for ever.
    if (pool.threads.length === 0) void pool.destroy();
  });
  pool.on("message", (message: unknown) => {
    if (!isStray(message)) return;
    const { what, tool, failure } = message;
    log.error(`${what} in a worker thread`, { worker: tool, error: unpackFailure(failure) });
  });
  return pool;
}

/** More threads than cores only take turns. */
function readMax(text: string): number {
  const cores = availableParallelism();
  const max = text === "" ? cores : Number(text);
  if (Number.isInteger(max) && max > 0) return Math.min(max, cores);
  throw new Error(`WORKER_THREADS is ${JSON.stringify(text)}, not a number of threads.`);
}

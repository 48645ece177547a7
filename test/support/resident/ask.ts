/**
 * Commands of mcpgen where what is asked for is what they say, return and write, and not that each is a process: one
 * process, which has loaded the command line of dist/, takes all that the test files of a worker ask. What tells whether a
 * process ends, what it loads, or what it leaves to the next one is asked of `runMcpgen`.
 */
import { join } from "node:path";
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from "node:worker_threads";
import type { Place, Ran } from "../fixtures/process.js";

interface Resident {
  readonly port: MessagePort;
  /** 1 once there is an answer. */
  readonly answered: Int32Array<SharedArrayBuffer>;
}

const longest = 60_000;
let started: Resident | undefined;

export function askMcpgen({ cwd, environment }: Place, ...args: readonly string[]): Ran {
  const { port, answered } = (started ??= start());
  Atomics.store(answered, 0, 0);
  const env = { ...process.env, NO_COLOR: "1", LOG_LEVEL: "silent", ...environment };
  port.postMessage({ cwd, env, program: "mcpgen", args });
  Atomics.wait(answered, 0, 0, longest);
  const received = receiveMessageOnPort(port) as { readonly message: Ran } | undefined;
  if (received === undefined) throw new Error(`no answer within a minute: mcpgen ${args.join(" ")}`);
  return received.message;
}

function start(): Resident {
  const { port1: port, port2: theirs } = new MessageChannel();
  const answered = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const { MCPGEN_RESIDENTS: path, VITEST_POOL_ID: worker } = process.env;
  if (path === undefined) throw new Error("no resident process: this test's project starts none");
  const workerData = { port: theirs, answered, path, worker };
  new Worker(join(import.meta.dirname, "bridge.js"), { workerData, transferList: [theirs] }).unref();
  return { port, answered };
}

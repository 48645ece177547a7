// What the code of a call does in its thread beside giving a value or throwing: a rejection that nobody awaits, an
// exception in a timer, the end of the process. The thread goes on with the calls of others; what happened is told to
// the server, and a call that still runs fails by its own exception.
import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import { parentPort } from "node:worker_threads";
import { packFailure, type CarriedFailure } from "./failure.js";

/** What the thread sends to the server beside outcomes. */
export interface Stray {
  readonly kind: "stray";
  readonly what: "unhandled rejection" | "uncaught exception";
  /** Whose code it was, where that is known. */
  readonly tool?: string;
  readonly failure: CarriedFailure;
}

export function isStray(message: unknown): message is Stray {
  return typeof message === "object" && message !== null && (message as { kind?: unknown }).kind === "stray";
}

interface RunningTask {
  readonly tool: string;
  /** Does nothing once the task has settled. */
  readonly fail: (reason: unknown) => void;
  isSettled: boolean;
}

const tasks = new AsyncLocalStorage<RunningTask>();

/** Call once, in a thread. */
export function surviveStrays(): void {
  const exit = process.exit.bind(process);
  process.on("unhandledRejection", (reason) => tell("unhandled rejection", reason));
  process.on("uncaughtException", (error) => {
    const task = tasks.getStore();
    // An outcome that cannot be copied: its call fails with the thread, or it would wait for ever.
    if (task === undefined && error instanceof DOMException) {
      process.exit = exit;
      throw error;
    }
    if (task === undefined || task.isSettled) tell("uncaught exception", error);
    else task.fail(error);
  });
  process.exit = (code) => {
    const given = code === undefined ? "" : String(code);
    throw new Error(`process.exit(${given}) was called in a tool, which cannot end its thread`);
  };
  syncBuiltinESMExports();
}

function tell(what: Stray["what"], reason: unknown): void {
  const tool = tasks.getStore()?.tool;
  const stray: Stray = { kind: "stray", what, ...(tool !== undefined && { tool }), failure: packFailure(reason) };
  parentPort?.postMessage(stray);
}

/** Runs one task, so that what it leaves behind is known to be its own. */
export async function runTask<T>(tool: string, work: () => T): Promise<Awaited<T>> {
  const { promise, fail } = createFailing();
  const task: RunningTask = { tool, fail, isSettled: false };
  try {
    return await Promise.race([promise, tasks.run(task, work)]);
  } finally {
    task.isSettled = true;
  }
}

function createFailing(): { promise: Promise<never>; fail: (reason: unknown) => void } {
  let fail = (_: unknown): void => undefined;
  const promise = new Promise<never>((_, reject) => {
    fail = reject;
  });
  return { promise, fail };
}

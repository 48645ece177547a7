// Everything that shutdown has to wait for: calls that have not been answered, and the background
// work that calls left behind. One table for the process, whatever the number of sessions.
import { log } from "../logging/logger.js";

interface RunningCall {
  /** Absent for what a call has left behind. */
  readonly tool?: string;
  abort(reason: unknown): void;
}

const calls = new Set<RunningCall>();
const background = new Set<Promise<void>>();
const waiting = new Set<() => void>();

/** The tools whose functions have been called and have neither returned nor thrown, the innermost last. */
const inside: string[] = [];

/** Runs a function that returns at once what it has, if only a promise. */
export function runCall<T>(tool: string, work: () => T): T {
  inside.push(tool);
  try {
    return work();
  } finally {
    inside.pop();
  }
}

/** The tool whose function is on the stack, else all that have calls which are not answered yet. */
export function runningTools(): readonly string[] {
  const innermost = inside.at(-1);
  if (innermost !== undefined) return [innermost];
  return [...new Set([...calls].flatMap(({ tool }) => tool ?? []))];
}

export function addCall(call: RunningCall): void {
  calls.add(call);
}

export function removeCall(call: RunningCall): void {
  calls.delete(call);
  announceIdle();
}

/** Keeps the process alive for `work` at shutdown. A rejection is logged: nobody else is left to see it. */
export function addBackground(work: Promise<unknown>): void {
  const settled = Promise.resolve(work).then(
    (): void => undefined,
    (error: unknown) => log.error("background work failed", { error }),
  );
  background.add(settled);
  void settled.then(() => {
    background.delete(settled);
    announceIdle();
  });
}

/** Aborts the signals of all running calls; background work has none and goes on. */
export function abortCalls(reason: unknown): void {
  for (const call of calls) call.abort(reason);
}

/** Resolves to true once nothing runs, or to false when that takes longer than `milliseconds`. */
export async function waitUntilIdle(milliseconds: number): Promise<boolean> {
  if (isIdle()) return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      waiting.delete(onIdle);
      resolve(false);
    }, milliseconds);
    const onIdle = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    waiting.add(onIdle);
  });
}

function isIdle(): boolean {
  return calls.size === 0 && background.size === 0;
}

function announceIdle(): void {
  if (!isIdle()) return;
  const resolvers = [...waiting];
  waiting.clear();
  for (const resolve of resolvers) resolve();
}

/** A process of ours: how it ends, and that it does. */
import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";

export interface Run {
  readonly args: readonly string[];
  /** Where it runs. */
  readonly folder: string;
  readonly stdio: StdioOptions;
  readonly env?: Readonly<Record<string, string>>;
  /** Ends it at once. */
  readonly givenUp?: AbortSignal;
}

export interface RunningProcess {
  readonly child: ChildProcess;
  /** Resolves when it has ended and all that it wrote has been read, with how, in words. */
  readonly ended: Promise<string>;
  /** Lets it come to its end once `goodbye` has been said; what does not end is ended. Resolves when it has. */
  end(goodbye: () => void): Promise<void>;
  kill(): void;
}

/** A server that has calls to finish gets so long, and the same again for what it closes. */
const patience = 3_000;

const running = new Set<ChildProcess>();

/** None outlives this process, however that exits. */
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export function runProcess({ args, folder, stdio, env, givenUp }: Run): RunningProcess {
  const child = spawn(process.execPath, [...args], {
    ...{ cwd: folder, stdio, env: { ...process.env, ...env } },
    // Apart from the terminal: it would send Ctrl-C to the server too, and ours would be the second, which ends it at once.
    detached: process.platform !== "win32",
  });
  running.add(child);
  const end = (): boolean => child.kill("SIGKILL");
  if (givenUp?.aborted) end();
  else givenUp?.addEventListener("abort", end, { once: true });
  // What it has not read is lost with it.
  child.stdin?.on("error", () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once("error", ({ message }) => {
      resolve(message);
    });
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve(signal ?? `exit code ${code ?? 0}`);
    });
  });
  return {
    child,
    ended,
    kill: () => child.kill("SIGKILL"),
    end: async (goodbye) => {
      goodbye();
      const timers = [
        setTimeout(() => child.kill("SIGTERM"), patience),
        setTimeout(() => child.kill("SIGKILL"), 2 * patience),
      ];
      await ended;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

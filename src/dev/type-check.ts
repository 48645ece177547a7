/** What a change makes of the types: said beside the server, of the newest change alone. It stops nothing. */
import { runProcess, type RunningProcess } from "./process.js";

export interface TypeCheck {
  check(output: string): void;
  /** What is known by then is out of date: it would only slow the next build down. */
  stop(): void;
  close(): Promise<void>;
}

export function createTypeCheck(): TypeCheck {
  let running: RunningProcess | undefined;
  const stop = (): void => running?.kill();
  return {
    stop,
    check: (output) => {
      stop();
      // Our stdout is the protocol's: what it prints goes to stderr.
      running = runProcess({ args: ["build.mjs", "--check"], folder: output, stdio: ["ignore", 2, 2] });
    },
    close: async () => {
      stop();
      await running?.ended;
    },
  };
}

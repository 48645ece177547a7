/** Resident processes for tests that run side by side: each takes one command at a time. */
import { fork } from "node:child_process";
import { join } from "node:path";
import { roomyEngine } from "../engine.js";
import type { Place, Ran } from "../fixtures/process.js";

export interface Resident {
  /** `program`: `mcpgen`, `tsc`, or a module that is run anew. */
  readonly run: (place: Place, program: string, ...args: readonly string[]) => Promise<Ran>;
  readonly end: () => void;
}

export function startResident(): Resident {
  const child = fork(join(import.meta.dirname, "serve-programs.js"), { execArgv: [...roomyEngine] });
  return {
    run: ({ cwd, environment }, program, ...args) =>
      new Promise((resolve, reject) => {
        const ended = (): void => reject(new Error(`the resident process has ended: ${program} ${args.join(" ")}`));
        child.once("exit", ended);
        child.once("message", (ran) => {
          child.off("exit", ended);
          resolve(ran as Ran);
        });
        child.send({ cwd, env: { ...process.env, NO_COLOR: "1", ...environment }, program, args });
      }),
    end: () => child.disconnect(),
  };
}

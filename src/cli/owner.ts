/** This process, as the lock of the output folder wants to know it. */
import type { GenerateRequest } from "../pipeline.js";

export const thisProcess: GenerateRequest["owner"] = {
  pid: process.pid,
  patienceMs: 5_000,
  isAlive: (pid) => {
    try {
      // Signal 0 asks whether the process is there, and does nothing to it.
      process.kill(pid, 0);
      return true;
    } catch (cause) {
      // It is there, but it is another user's.
      return cause instanceof Error && "code" in cause && cause.code === "EPERM";
    }
  },
};

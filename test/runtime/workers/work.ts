// What the threads of the tests do; bundled, as generated/workers.ts is.
import { spawnSync } from "node:child_process";
import { writeSync } from "node:fs";
import { threadId } from "node:worker_threads";
import { defineWorkers } from "../../../templates/runtime/workers/define.js";

class NotThere extends Error {
  override readonly name = "NotThere";
  readonly status = 404;
  get expose(): boolean {
    return true;
  }
}

const failures: Readonly<Record<string, () => unknown>> = {
  notFound: () => new NotThere("There is no such number."),
  rateLimited: () => Object.assign(new Error("slow down"), { statusCode: 429, headers: { "retry-after": "7" } }),
  unavailable: () => new Error("no answer", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) }),
  timeout: () => new DOMException("too late", "TimeoutError"),
  text: () => "only a text",
  nothing: () => undefined,
};

/** Until the flag is set by another thread, or for ever. */
function spin(flag?: Int32Array): number {
  while (!flag || Atomics.load(flag, 0) === 0);
  return threadId;
}

function fail(kind: string): never {
  throw failures[kind]?.();
}

export const run = defineWorkers({
  spin,
  fail,
  echo: (...values: unknown[]) => values,
  where: () => threadId,
  exit: (code: number) => process.exit(code),
  /** Prints where the server speaks, by itself and by children, which read all that they are given. */
  greedy: () => {
    writeSync(1, "by itself\n");
    const { status } = spawnSync("sh", ["-c", "echo by a child; cat"], { stdio: "inherit" });
    return status;
  },
  strayError: async () => {
    setTimeout(() => {
      throw new Error("stray");
    });
    return new Promise(() => undefined);
  },
  /** Settles, and leaves behind what fails during the next call. */
  careless: (what: string) => {
    const leftovers: Readonly<Record<string, () => void>> = {
      rejection: () => void Promise.reject(new Error("nobody awaits this")),
      exception: () => {
        throw new Error("nobody catches this");
      },
      exit: () => process.exit(4),
    };
    setTimeout(() => leftovers[what]?.(), 20);
    return threadId;
  },
  careful: async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return threadId;
  },
  uncopyable: () => () => 1,
});

// The contract `Lock`, as the server provides it: in this process, or with `REDIS_URL` among all that share it.
import { setMaxListeners } from "node:events";
import { currentScope, narrowScope } from "../call/scope.js";
import type { Lock } from "../contracts/index.js";
import { createRefusal } from "../errors/refusal.js";
import { describeMilliseconds, toMilliseconds } from "../time/duration.js";
import { runExclusively } from "./exclusive.js";
import { createKeyedMutex } from "./keyed-mutex.js";

const longestLine = 256;
/** Of work that belongs to no call. */
const neverAborted = new AbortController().signal;
setMaxListeners(0, neverAborted);

export async function* openLock(): AsyncGenerator<Lock> {
  const mutex = createKeyedMutex({ queue: longestLine });
  yield await Promise.resolve<Lock>({
    async run(key, work, { timeout = "2s" } = {}) {
      const { signal = neverAborted, deadline = Infinity } = currentScope() ?? {};
      const patience = toMilliseconds(timeout);
      const refuse = (): Error => {
        const message = `What is needed was still locked by another call after ${describeMilliseconds(patience)}.`;
        return createRefusal({ code: "OVERLOADED", message, retryAfter: 1 });
      };
      const limit = { milliseconds: Math.min(patience, deadline - performance.now()), error: refuse };
      const wait = { signal, limit, full: refuse };
      return runExclusively({ mutex, key, scope: "cluster", wait }, (holder) =>
        narrowScope({ signal: holder.signal }, () => work(holder.fence)),
      );
    },
  });
}

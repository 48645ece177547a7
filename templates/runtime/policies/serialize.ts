// `@serialize key={accountId}`: calls of a server that fill the key with the same values run one after the other.
import type { Duration } from "../contracts/index.js";
import { createRefusal } from "../errors/refusal.js";
import { keepWhileServing } from "../lifecycle/per-run.js";
import { runExclusively } from "../lock/exclusive.js";
import { createKeyedMutex } from "../lock/keyed-mutex.js";
import { measureWaiting } from "../resilience/wait-metrics.js";
import { describeMilliseconds, toMilliseconds } from "../time/duration.js";
import type { PolicyCall } from "../call/tool-call.js";
import type { Policy } from "./policy.js";
import { fillTemplate } from "./template.js";

export interface SerializeOptions {
  /** A template of arguments: `account:{accountId}`. Tools with the same text exclude each other. */
  readonly key: string;
  /** How long a call waits for its turn; default 2 s. */
  readonly timeout?: Duration;
  /** `cluster`: among all processes that share the Redis of `REDIS_URL`; default `process`. */
  readonly scope?: "process" | "cluster";
}

const longestLine = 256;

/** One for all tools of the process: what two of them do to the same account must not overlap either. */
const mutexOf = keepWhileServing(() => createKeyedMutex({ queue: longestLine }));

export function serialize({ key, timeout = "2s", scope = "process" }: SerializeOptions): Policy {
  const patience = toMilliseconds(timeout);
  return {
    kind: "serialize",
    bind({ name: tool, server }) {
      const refuse = (): Error => {
        const message = `\`${tool}\` was not started: another call with the same ${key} was still running after ${describeMilliseconds(patience)}.`;
        return createRefusal({ code: "OVERLOADED", message, retryAfter: 1 });
      };
      const { onWaited } = measureWaiting(tool, "serialize");
      return (call, next) => {
        const since = performance.now();
        const limit = { milliseconds: Math.min(patience, untilDeadline(call)), error: refuse };
        const wait = { signal: call.signal, limit, full: refuse };
        const exclusive = { mutex: mutexOf(), key: `${server}\n${fillTemplate(key, call.wire)}`, scope, wait };
        return runExclusively(exclusive, ({ signal }) => {
          onWaited(performance.now() - since);
          return next(signal === call.signal ? call : { ...call, signal });
        });
      };
    },
  };
}

const untilDeadline = ({ deadline = Infinity }: PolicyCall): number => deadline - performance.now();

// `@rateLimit 100/min by=caller`: so many calls in a period, for each caller or for all together; the others are
// refused at once and told when to come back.
import { createHash } from "node:crypto";
import type { Duration } from "../contracts/index.js";
import { keepWhileServing } from "../lifecycle/per-run.js";
import { createRateCounter } from "../resilience/rate-counter.js";
import { describeMilliseconds, toMilliseconds } from "../time/duration.js";
import type { PolicyCall } from "../call/tool-call.js";
import type { Policy } from "./policy.js";

export interface RateLimitOptions {
  readonly limit: number;
  readonly per: Duration;
  /** Whose calls are counted together; default `caller`, and callers without a name are one. */
  readonly by?: "caller" | "all";
}

export function rateLimit({ limit, per, by = "caller" }: RateLimitOptions): Policy {
  const milliseconds = toMilliseconds(per);
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`${String(limit)} is no number of calls`);
  if (milliseconds === 0) throw new RangeError(`${JSON.stringify(per)} is no period`);
  return {
    kind: "rateLimit",
    bind({ name: tool, server }) {
      const counterOf = keepWhileServing(() => createRateCounter({ limit, milliseconds }));
      return async (call, next) => {
        const counted = by === "caller" ? nameOf(call) : "all";
        const wait = await counterOf().use([server, tool, counted].join(":"));
        if (wait === 0) return next(call);
        throw refusal(
          `\`${tool}\` takes at most ${String(limit)} calls in ${describeMilliseconds(milliseconds)}.`,
          wait,
        );
      };
    },
  };
}

/** Who calls is nobody's business in Redis. */
function nameOf({ caller }: PolicyCall): string {
  return caller === undefined ? "anonymous" : createHash("sha256").update(caller).digest("base64url");
}

function refusal(message: string, milliseconds: number): Error {
  const retryAfter = Math.ceil(milliseconds / 1_000);
  return Object.assign(new Error(message), { name: "RateLimitError", status: 429, expose: true, retryAfter });
}

// A key of Redis as a lock among processes: held for ten seconds at a time and renewed while the work goes on. What
// loses it, because Redis has forgotten it or cannot be reached for too long, is stopped.
import { createHash, randomUUID } from "node:crypto";
import { log } from "../logging/logger.js";
import type { RedisConnection } from "../redis/connection.js";
import { pause } from "../resilience/pause.js";
import { startTimer } from "../time/timer.js";
import { releaseScript, renewScript, takeScript } from "./lease-scripts.js";

export interface Lease {
  readonly fence: bigint;
  /** Calls back at most once, when it cannot be known any more that nobody else holds the key. */
  onLost(listener: () => void): void;
  release(): Promise<void>;
}

export interface LeaseOptions {
  readonly signal: AbortSignal;
  /** How long Redis keeps it for a holder that is not heard of any more; default 10 s. */
  readonly milliseconds?: number;
}

const longestPause = 200;
/** Redis may be about to be connected, or back in a moment. */
const longestSilence = 1_000;

/**
 * Asks until it is free; rejects when `signal` is aborted, or where Redis does not answer for a second: without it nobody can
 * know who holds what. One waiter for each key and process should ask.
 */
export async function takeLease(
  redis: RedisConnection,
  key: string,
  { signal, milliseconds = 10_000 }: LeaseOptions,
): Promise<Lease> {
  const name = `mcpgen:lock:{${createHash("sha256").update(key).digest("base64url")}}`;
  const holding: Holding = { redis, name, token: randomUUID(), milliseconds };
  let silentSince: number | undefined;
  try {
    for (let longest = 10; ; longest = Math.min(longest * 2, longestPause)) {
      const asked = performance.now();
      try {
        const fence = await ask(holding);
        if (fence !== undefined && !signal.aborted) return keep(holding, { fence, until: asked + milliseconds });
        if (fence !== undefined) await giveBack(holding);
        silentSince = undefined;
      } catch (error) {
        silentSince ??= asked;
        if (performance.now() - silentSince >= longestSilence) throw unreachable(error);
      }
      // At any moment of the pause, so that processes do not ask in step.
      await pause(Math.random() * longest, signal);
    }
  } catch (error) {
    if (silentSince !== undefined) holding.withdraw?.();
    throw error;
  }
}

/** Undefined where another one holds it. */
async function ask(holding: Holding): Promise<bigint | undefined> {
  const { redis, name, token, milliseconds } = holding;
  const fence = await redis.run((client) => {
    holding.withdraw = () => void client.eval(releaseScript, 1, name, token).catch((): undefined => undefined);
    return client.eval(takeScript, 2, name, `${name}:fence`, token, milliseconds);
  });
  return typeof fence === "string" ? BigInt(fence) : undefined;
}

function unreachable(cause: unknown): Error {
  const message = "What is needed cannot be locked at the moment.";
  return Object.assign(new Error(message, { cause }), { status: 503, expose: true });
}

interface Holding {
  readonly redis: RedisConnection;
  readonly name: string;
  readonly token: string;
  readonly milliseconds: number;
  /** Sent after what has got no answer: when Redis wakes up and does the one, it does the other too. */
  withdraw?: () => void;
}

interface Taken {
  readonly fence: bigint;
  /** On our clock, from before Redis was asked. */
  readonly until: number;
}

function keep(holding: Holding, taken: Taken): Lease {
  const { redis, name, token, milliseconds } = holding;
  // Ends a little earlier here than in Redis, whose clock is not ours.
  const margin = milliseconds / 10;
  let { until } = taken;
  let isOver = false;
  let lost: (() => void) | undefined;
  let stopTimer = (): void => undefined;

  const lose = (): void => {
    isOver = true;
    lost?.();
  };

  const renew = async (): Promise<void> => {
    const asked = performance.now();
    const renewed = await redis
      .run((client) => client.eval(renewScript, 1, name, token, milliseconds))
      .catch((): undefined => undefined);
    if (isOver) return;
    if (renewed === 1) until = asked + milliseconds;
    if (renewed === 0 || performance.now() >= until - margin) lose();
    else planRenewal();
  };

  /** A third of the way, then as often as it takes. */
  const planRenewal = (): void => {
    const left = until - margin - performance.now();
    stopTimer = startTimer(Math.max(0, Math.min(milliseconds / 3, left / 2)) + 1, () => void renew());
  };

  planRenewal();
  return {
    fence: taken.fence,
    onLost(listener) {
      lost = listener;
    },
    async release() {
      isOver = true;
      stopTimer();
      await giveBack(holding);
    },
  };
}

/** What cannot be given back ends by itself. */
async function giveBack({ redis, name, token }: Holding): Promise<void> {
  await redis
    .run((client) => client.eval(releaseScript, 1, name, token))
    .catch((error: unknown) => log.debug("a lock could not be given back", { error }));
}

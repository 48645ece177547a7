// The one connection to Redis that a process has, where `REDIS_URL` is set. It never makes a call wait long and never
// ends a process: without Redis, whoever asks is told so at once and does without.
import type { Redis, RedisOptions } from "ioredis";
import { runOutsideCalls } from "../call/scope.js";
import { closeWithServers, openWithServers } from "../lifecycle/resources.js";
import { log } from "../logging/logger.js";
import { createBreaker, type Breaker } from "./breaker.js";
import { waitBriefly } from "./patience.js";
import { describeRefusal, readRedisUrl } from "./settings.js";
import { createSubscriber, type Listener, type Subscriber } from "./subscriber.js";

export interface RedisConnection {
  /**
   * Runs one exchange with Redis. Rejects at once while Redis is known to be down, else after 100 ms at the latest:
   * what was sent may still be carried out later.
   */
  run<T>(exchange: (client: Redis) => Promise<T>): Promise<T>;
  /** Listens on a channel for as long as the process has servers. */
  subscribe(channel: string, listener: Listener): void;
  /** Called each time when Redis answers again after it could not be reached: it may have missed what was sent. */
  onReturn(listener: () => void): void;
}

let shared: RedisConnection | undefined;

// What is wrong with it is said at the start, not by the first call.
openWithServers(() => void readRedisUrl(process.env));

/** Undefined without `REDIS_URL`. Opened on first use, closed with the servers; ask each time rather than keep it. */
export function useRedis(): RedisConnection | undefined {
  const url = readRedisUrl(process.env);
  if (url === undefined) return undefined;
  return (shared ??= runOutsideCalls(() => openConnection(url)));
}

/** How `useRedis` is handed on. */
export type Connect = () => RedisConnection | undefined;

/** With the defaults a hung server costs a call 42 seconds. */
const options: RedisOptions = {
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  connectTimeout: 2_000,
  // `waitBriefly` gives up earlier; this frees what was sent.
  commandTimeout: 1_000,
  // A replica now, after a failover: by a new connection the name leads to whoever has taken over.
  reconnectOnError: ({ message }) => (message.startsWith("READONLY ") ? 2 : false),
  retryStrategy: (attempts) => Math.min(1_000, 50 * 2 ** Math.min(attempts, 8)) * (0.5 + Math.random() / 2),
};

/** What listens waits for as long as it takes. */
const subscriberOptions: Partial<RedisOptions> = { autoResubscribe: false };

interface Opening {
  readonly client: Promise<Redis>;
  readonly breaker: Breaker;
  /** Settles when it is known whether Redis is there, or has not been found out for too long. */
  readonly decided: Promise<unknown>;
  isDecided: boolean;
}

function openConnection(url: string): RedisConnection {
  const returned: (() => void)[] = [];
  const opening = connect(
    url,
    watchHealth(() => returned.forEach((listener) => listener())),
  );
  let subscriber: Promise<Subscriber> | undefined;

  closeWithServers(async () => {
    shared = undefined;
    (await opening.client).disconnect();
    (await subscriber)?.close();
  });
  return {
    run: (exchange) => run(opening, exchange),
    subscribe(channel, listener) {
      subscriber ??= opening.client.then((client) => createSubscriber(client.duplicate(subscriberOptions)));
      void subscriber.then((made) => made.listen(channel, listener));
    },
    onReturn(listener) {
      returned.push(listener);
    },
  };
}

function connect(url: string, health: Health): Opening {
  const client = import("ioredis").then(({ default: Client }) => new Client(url, options));
  const attempted = client.then(
    (made) =>
      new Promise<void>((resolve) => {
        made.on("ready", () => health.up("connection"));
        made.on("ready", resolve);
        made.on("close", () => health.down("connection"));
        made.on("close", resolve);
        // Without a listener an error would end the process; that the connection is lost is told by `close`.
        made.on("error", tellError());
      }),
  );
  const opening: Opening = {
    client,
    breaker: createBreaker({
      failures: 3,
      pauseMilliseconds: 1_000,
      onOpen: () => health.down("answers"),
      onClose: () => health.up("answers"),
    }),
    decided: waitBriefly(attempted).catch((): void => undefined),
    isDecided: false,
  };
  void opening.decided.then(() => {
    opening.isDecided = true;
  });
  return opening;
}

/** What only whoever runs the server can mend is said once, plainly. */
function tellError(): (error: unknown) => void {
  const told = new Set<string>();
  return (error) => {
    const refusal = describeRefusal(error);
    if (refusal === undefined || told.has(refusal)) return log.debug("Redis connection failed", { error });
    told.add(refusal);
    log.error(refusal);
  };
}

async function run<T>(opening: Opening, exchange: (client: Redis) => Promise<T>): Promise<T> {
  if (!opening.isDecided) await opening.decided;
  const client = await opening.client;
  const ticket = client.status === "ready" ? opening.breaker.admit(performance.now()) : undefined;
  if (ticket === undefined) throw Object.assign(new Error("Redis is not available."), { code: "ECONNREFUSED" });
  try {
    const answer = await waitBriefly(exchange(client));
    ticket.succeed();
    return answer;
  } catch (error) {
    // A refusal is an answer too.
    if (error instanceof Error && error.name === "ReplyError") ticket.succeed();
    else ticket.fail(performance.now());
    throw error;
  }
}

interface Health {
  up(what: Sign): void;
  down(what: Sign): void;
}

/** What tells that Redis is there: that a connection stands, and that it answers. */
type Sign = "connection" | "answers";

/** Says in the log when Redis is lost and when it is back, once each. */
function watchHealth(onReturn: () => void): Health {
  const missing = new Set<Sign>();
  return {
    down(what) {
      if (missing.size === 0) log.warn("Redis cannot be reached: the server goes on without it");
      missing.add(what);
    },
    up(what) {
      if (!missing.delete(what) || missing.size > 0) return;
      log.info("Redis is back");
      onReturn();
    },
  };
}

/** What `mcpgen explain @TAG` tells of the tags of policies, as data. Each example is built and called by a test. */
import type { PolicyTagName } from "../../model/policy-tags.js";
import { batchPage } from "./batch-page.js";
import { fromPage } from "./from-page.js";
import type { PolicyPage } from "./policy-page.js";
import { streamPage } from "./stream-page.js";

const onProviders =
  "Above a provider it guards each asynchronous method of what the provider makes; synchronous methods and properties stay as they are.";

/** `worker` is a flag, a policy without sizes that no environment switches off; `from` is about an argument. */
export type PageName = PolicyTagName | "worker" | "from";

export const policyPages: Readonly<Record<PageName, PolicyPage>> = {
  cache: {
    title: "keep results",
    text: [
      "Keeps the results of a tool and gives them again to the same arguments. In memory, and in Redis where REDIS_URL is set; Redis being down or slow costs no call more than a moment and fails none. Only for tools that are `@readonly` or provably change nothing, and only results that have passed all checks are kept, in the form in which they are sent.",
      "Calls for the same key that come while one is being computed wait for it and share its result or its failure; failures are not kept.",
      'A function that can see who calls (it, or a provider that it needs, takes `Caller`, `Context`, `RequestInfo`, `Elicit`, `Sample` or `Cache`) has its results kept for each caller apart. All others share theirs, which the generated tool shows as `scope: "public"`.',
      "Templates name arguments in braces, `user:{userId}` or `{user.id}`; `@invalidates` drops what was kept under a tag.",
    ],
    keys: {
      ttl: "how long a result is kept (required; may stand without its key)",
      l1: "how long this process keeps it in memory without asking Redis (30s, or ttl where that is shorter)",
      swr: "for how long after that it is still given while it is computed anew (not at all)",
      staleIfError: "for how long after that it is still given when computing it fails (not at all)",
      negative: 'how long "not found", and null, is kept ("not found" not at all, null for its ttl)',
      tags: "what it can be invalidated by, between blanks (nothing)",
      scope: "`private`: for each caller apart; `public`: for all callers (see above)",
      key: "a template of what tells calls apart (all arguments)",
      coalesce: "who shares a computation: `process`, `cluster` (all that share the Redis) or `off` (process)",
    },
    example: `/**
 * Finds the capital of a country.
 *
 * @readonly
 * @cache 5m l1=30s tags="country:{country}"
 */
export function findCapital(country: string): string {
  return country === "Norway" ? "Oslo" : "unknown";
}`,
    calls: [
      { tool: "findCapital", arguments: { country: "Norway" }, answer: "Oslo" },
      { tool: "findCapital", arguments: { country: "Norway" }, answer: "Oslo" },
    ],
  },
  invalidates: {
    title: "drop kept results",
    text: [
      "After the function has succeeded, everything that `@cache` kept under these tags is dropped, in all processes that share the Redis. After a failure nothing is, except after a timeout or a cancellation, when it is unknown what happened. If the tags cannot be dropped, the call still succeeds, and they are dropped later.",
      "A computation that began before the drop is not kept. Templates are those of `@cache`; a tag that no `@cache` has is warned of.",
    ],
    keys: { tags: "the tags, between blanks (required; may stand without the key)" },
    example: `export interface Plan {
  read(): string;
  write(text: string): void;
}

/** @provider */
export function openPlan(): Plan {
  let plan = "none";
  return { read: () => plan, write: (text) => void (plan = text) };
}

/**
 * Reads the plan.
 *
 * @readonly
 * @cache 1h tags=plan
 */
export function readPlan(plan: Plan): string {
  return plan.read();
}

/**
 * Replaces the plan.
 *
 * @invalidates plan
 */
export function writePlan(text: string, plan: Plan): string {
  plan.write(text);
  return "written";
}`,
    calls: [
      { tool: "readPlan", answer: "none" },
      { tool: "writePlan", arguments: { text: "rest" }, answer: "written" },
      { tool: "readPlan", answer: "rest" },
    ],
  },
  retry: {
    title: "try again",
    text: [
      "Calls the function again when it fails with what may be over by then: a service that is unavailable, a timeout, a rate limit. Never after bad arguments, a bug or a cancellation, and never after a circuit or a queue has refused.",
      "Before each further attempt it waits a random time, at most `base`, doubled each time up to `cap`, or as long as the failure itself asks for (Retry-After). It gives up when the deadline comes first, or when too many of the latest calls were retries already. Only for tools that are `@readonly` or `@idempotent`.",
      onProviders,
    ],
    keys: {
      attempts: "how often in all, the first one included (required; may stand without its key)",
      base: "the longest first wait (100ms)",
      cap: "the longest wait (5s)",
      on: "what is retried: unavailable, timeout, rateLimited, conflict, notFound, error (beside the default, any `Error` of no other kind), statuses such as 409, codes such as ECONNRESET (unavailable,timeout,rateLimited)",
    },
    example: `export interface Service {
  ask(): number;
}

/**
 * A service that answers only the second question.
 *
 * @provider
 */
export function openService(): Service {
  let asked = 0;
  return {
    ask() {
      asked += 1;
      if (asked === 1) throw Object.assign(new Error("Not now."), { status: 503 });
      return asked;
    },
  };
}

/**
 * Asks the service.
 *
 * @readonly
 * @retry 3 base=10ms
 */
export function askService(service: Service): string {
  return \`asked \${service.ask()} times\`;
}`,
    calls: [{ tool: "askService", answer: "asked 2 times" }],
  },
  timeout: {
    title: "limit the time",
    text: [
      "Ends a call, or an attempt of it, that takes too long: the call fails at once, its AbortSignal is aborted, and what the function still does is not waited for. Waiting in queues and between attempts counts against `total`.",
      onProviders,
    ],
    keys: {
      each: "for each attempt (no limit; may stand without its key)",
      total: "for the whole call (no limit). One of the two is required",
    },
    example: `import { setTimeout as wait } from "node:timers/promises";

/**
 * Answers when the time is over.
 *
 * @timeout 2s total=10s
 */
export async function answerAfter(milliseconds: number, signal: AbortSignal): Promise<string> {
  return wait(milliseconds, "done", { signal });
}`,
    calls: [{ tool: "answerAfter", arguments: { milliseconds: 1 }, answer: "done" }],
  },
  circuit: {
    title: "stop asking what is down",
    text: [
      "Counts the failures of the latest calls. When at least `min` calls were made within `window` and `rate` of them failed, the circuit opens: calls are refused at once and told when to come back. After `reset` one call is let through as a probe; if it succeeds the circuit closes, if it fails it stays open for twice as long, up to 5 minutes.",
      "Only failures of the dependency count: bad arguments, refusals and cancellations do not. With `@retry` every attempt is counted.",
      onProviders + " All of them share one circuit.",
    ],
    keys: {
      rate: "the percentage of failures that opens it (50%)",
      window: "how far back calls count (10s)",
      min: "how many calls it takes (10)",
      reset: "how long it stays open at first (30s)",
      name: "tools with the same name and the same options share a circuit (one of its own)",
    },
    example: `/**
 * Asks a service that is down.
 *
 * @readonly
 * @circuit min=1 reset=1h
 */
export function askService(): string {
  throw Object.assign(new Error("The service is down."), { status: 503, expose: true });
}`,
    calls: [{ tool: "askService", answer: "The service is down.", fails: true }],
  },
  concurrency: {
    title: "limit what runs at once",
    text: [
      "Runs at most `max` calls of the tool at once and lets at most `queue` wait, first come, first served. All others are refused at once, with the time to come back. A call that is cancelled leaves the queue; waiting counts against the deadline.",
      onProviders + " All of them share one queue.",
    ],
    keys: {
      max: "how many run at once (required; may stand without its key)",
      queue: "how many may wait (256)",
    },
    example: `/**
 * Draws a picture.
 *
 * @concurrency 2 queue=8
 */
export async function draw(what: string): Promise<string> {
  return \`a picture of \${what}\`;
}`,
    calls: [{ tool: "draw", arguments: { what: "a cat" }, answer: "a picture of a cat" }],
  },
  rateLimit: {
    title: "limit how often",
    text: [
      "Allows a number of calls in a duration and refuses all others at once, with the time to come back. Counted in this process, or in Redis for all processes that share it where REDIS_URL is set.",
    ],
    keys: {
      limit: "a number of calls and a duration: 10/s, 100/min, 1000/h, 5/10s (required; may stand without its key)",
      by: "`caller`: for each caller apart; `all`: for all together (caller)",
    },
    example: `/**
 * Sends a greeting.
 *
 * @rateLimit 1/h by=all
 */
export function greet(name: string): string {
  return \`Hello, \${name}!\`;
}`,
    calls: [{ tool: "greet", arguments: { name: "Ann" }, answer: "Hello, Ann!" }],
  },
  serialize: {
    title: "one after the other",
    text: [
      "Calls that fill the key with the same values run one after the other, in the order in which they came; calls with different values do not wait for each other. Tools with the same key exclude each other. What reads, computes and writes back needs it: what another call writes in between would be lost.",
    ],
    keys: {
      key: "a template of arguments, `{accountId}` or `account:{accountId}` (required)",
      timeout: "how long a call waits for its turn before it is refused (2s)",
      scope: "`process`, or `cluster`: all processes that share the Redis of REDIS_URL (process)",
    },
    example: `/**
 * Books a seat.
 *
 * @serialize key=flight:{flight}
 */
export async function bookSeat(flight: string): Promise<string> {
  return \`a seat on \${flight}\`;
}`,
    calls: [{ tool: "bookSeat", arguments: { flight: "SK1" }, answer: "a seat on SK1" }],
  },
  worker: {
    title: "compute in a thread",
    text: [
      "Runs the function in a thread of its own, so that other calls are answered while it computes. There are at most as many threads as cores, or WORKER_THREADS where that is less; 256 calls may wait for one, all others are refused at once.",
      "When the call is cancelled or its time is up, the thread is ended in the middle of whatever it does: the function needs no `AbortSignal`. A thread that crashes or runs out of memory fails its call alone.",
      "Arguments and results are copied from thread to thread: data only, nothing that is injected, no `URL` and no `Buffer`. Each thread has the variables of modules for itself.",
    ],
    keys: {},
    example: `/**
 * Adds up the numbers below a limit, one by one.
 *
 * @worker
 */
export function addUp(limit: number): number {
  let sum = 0;
  for (let number = 1; number < limit; number += 1) sum += number;
  return sum;
}`,
    calls: [{ tool: "addUp", arguments: { limit: 1000 }, answer: "499500" }],
  },
  batch: batchPage,
  from: fromPage,
  stream: streamPage,
};

/** What is done about failures, and about what takes too long. */
import { count, duration, onMethods, type PolicyRow } from "./policy.js";

export const failures = {
  retry: {
    onProviders: true,
    grammar: {
      positions: ["attempts"],
      keys: {
        attempts: {
          kind: "integer",
          least: 2,
          means: "how often in all, the first one included (required; may stand without its key)",
        },
        base: { kind: "duration", zero: true, means: "the longest first wait (100ms)" },
        cap: { ...duration, means: "the longest wait (5s)" },
        on: {
          kind: "failures",
          means:
            "what is retried: unavailable, timeout, rateLimited, conflict, notFound, error (beside the default, any `Error` of no other kind), statuses such as 409, codes such as ECONNRESET (unavailable,timeout,rateLimited)",
        },
      },
      required: ["attempts"],
      shortest: "@retry 3",
    },
    layers: [{ kind: "retry", place: 70, module: "retry", title: "retry" }],
    within: [["base", "cap"]],
    demands: [
      {
        code: "MG420",
        otherwise: "is retried, but nothing says that it is idempotent",
        isMet: ({ readonly, idempotent }) => readonly || idempotent,
      },
    ],
    page: {
      title: "try again",
      text: [
        "Calls the function again when it fails with what may be over by then: a service that is unavailable, a timeout, a rate limit. Never after bad arguments, a bug or a cancellation, and never after a circuit or a queue has refused.",
        "Before each further attempt it waits a random time, at most `base`, doubled each time up to `cap`, or as long as the failure itself asks for (Retry-After). It gives up when the deadline comes first, or when too many of the latest calls were retries already. Only for tools that are `@readonly` or `@idempotent`.",
        onMethods,
      ],
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
  },
  timeout: {
    onProviders: true,
    grammar: {
      positions: ["each"],
      keys: {
        each: { ...duration, means: "for each attempt (no limit; may stand without its key)" },
        total: { ...duration, means: "for the whole call (no limit). One of the two is required" },
      },
      required: ["each", "total"],
      shortest: "@timeout 2s",
    },
    layers: [
      { kind: "timeout", place: 60, module: "timeout", title: "timeout", key: "total" },
      { kind: "attemptTimeout", place: 90, module: "attempt-timeout", title: "attempt timeout", key: "each" },
    ],
    within: [["each", "total"]],
    demands: [],
    page: {
      title: "limit the time",
      text: [
        "Ends a call, or an attempt of it, that takes too long: the call fails at once, its AbortSignal is aborted, and what the function still does is not waited for. Waiting in queues and between attempts counts against `total`.",
        onMethods,
      ],
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
  },
  circuit: {
    onProviders: true,
    grammar: {
      positions: [],
      keys: {
        rate: { kind: "percentage", means: "the percentage of failures that opens it (50%)" },
        window: { ...duration, means: "how far back calls count (10s)" },
        min: { ...count, means: "how many calls it takes (10)" },
        reset: { ...duration, means: "how long it stays open at first (30s)" },
        name: { kind: "name", means: "tools with the same name and the same options share a circuit (one of its own)" },
      },
      required: [],
      shortest: "@circuit",
    },
    layers: [{ kind: "circuit", place: 80, module: "circuit", title: "circuit" }],
    demands: [],
    page: {
      title: "stop asking what is down",
      text: [
        "Counts the failures of the latest calls. When at least `min` calls were made within `window` and `rate` of them failed, the circuit opens: calls are refused at once and told when to come back. After `reset` one call is let through as a probe; if it succeeds the circuit closes, if it fails it stays open for twice as long, up to 5 minutes.",
        "Only failures of the dependency count: bad arguments, refusals and cancellations do not. With `@retry` every attempt is counted.",
        onMethods + " All of them share one circuit.",
      ],
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
  },
} as const satisfies Readonly<Record<string, PolicyRow>>;

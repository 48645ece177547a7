/** Results that are kept, and dropped. */
import { tellingTypes } from "../injected/injected.js";
import { choice, duration, type PolicyRow } from "./policy.js";

export const results = {
  cache: {
    onProviders: false,
    grammar: {
      positions: ["ttl"],
      keys: {
        ttl: { ...duration, means: "how long a result is kept (required; may stand without its key)" },
        l1: {
          ...duration,
          means: "how long this process keeps it in memory without asking Redis (30s, or ttl where that is shorter)",
        },
        swr: { ...duration, means: "for how long after that it is still given while it is computed anew (not at all)" },
        staleIfError: {
          ...duration,
          means: "for how long after that it is still given when computing it fails (not at all)",
        },
        negative: {
          ...duration,
          means: 'how long "not found", and null, is kept ("not found" not at all, null for its ttl)',
        },
        tags: { kind: "templates", means: "what it can be invalidated by, between blanks (nothing)" },
        scope: {
          ...choice("private", "public"),
          means: "`private`: for each caller apart; `public`: for all callers (see above)",
        },
        key: { kind: "template", means: "a template of what tells calls apart (all arguments)" },
        coalesce: {
          ...choice("process", "cluster", "off"),
          means: "who shares a computation: `process`, `cluster` (all that share the Redis) or `off` (process)",
        },
      },
      required: ["ttl"],
      shortest: "@cache 5m",
    },
    layers: [{ kind: "cache", place: 50, module: "cache", title: "cache" }],
    within: [["l1", "ttl"]],
    demands: [
      {
        code: "MG411",
        otherwise: "is cached, but nothing says that it is read-only",
        isMet: ({ readonly }) => readonly,
      },
      { code: "MG412", otherwise: "is cached, but returns nothing", isMet: ({ result }) => result !== "empty" },
      {
        code: "MG413",
        otherwise: "is cached for all callers, but can see who calls",
        key: "scope",
        isMet: ({ readsCaller }, written) => !readsCaller || written("scope") !== "public",
      },
    ],
    page: {
      title: "keep results",
      text: [
        "Keeps the results of a tool and gives them again to the same arguments. In memory, and in Redis where REDIS_URL is set; Redis being down or slow costs no call more than a moment and fails none. Only for tools that are `@readonly` or provably change nothing, and only results that have passed all checks are kept, in the form in which they are sent.",
        "Calls for the same key that come while one is being computed wait for it and share its result or its failure; failures are not kept.",
        `A function that can see who calls (it, or a provider that it needs, takes ${tellingTypes}) has its results kept for each caller apart. All others share theirs, which the generated tool shows as \`scope: "public"\`.`,
        "Templates name arguments in braces, `user:{userId}` or `{user.id}`; `@invalidates` drops what was kept under a tag.",
      ],
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
  },
  invalidates: {
    onProviders: false,
    grammar: {
      positions: ["tags"],
      keys: {
        tags: { kind: "templates", means: "the tags, between blanks (required; may stand without the key)" },
      },
      required: ["tags"],
      shortest: "@invalidates users",
    },
    layers: [{ kind: "invalidates", place: 40, module: "invalidates", title: "invalidates" }],
    demands: [],
    page: {
      title: "drop kept results",
      text: [
        "After the function has succeeded, everything that `@cache` kept under these tags is dropped, in all processes that share the Redis. After a failure nothing is, except after a timeout or a cancellation, when it is unknown what happened. If the tags cannot be dropped, the call still succeeds, and they are dropped later.",
        "A computation that began before the drop is not kept. Templates are those of `@cache`; a tag that no `@cache` has is warned of.",
      ],
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
  },
} as const satisfies Readonly<Record<string, PolicyRow>>;
